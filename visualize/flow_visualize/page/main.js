/** Puts the parts together: one state, and what has to be done when some of it changes. */

import { createCamera, firstLook, fit, onStage, panned, settledAt, shown, zoomStep } from "./camera.js";
import { announce, byId, plain } from "./dom.js";
import { detail, drawn } from "./draw.js";
import { savePng, saveSvg } from "./exporting.js";
import { ancestors, indexed, isGroup, standIn } from "./graph.js";
import { hostTheme, inEditor, onHostSelect, tellHost } from "./host.js";
import { fillHelp, keysOf, listen } from "./keys.js";
import { lighted, lit, matching, statesAfter, statusOf } from "./lights.js";
import { fillPanel, spoken } from "./panel.js";
import { createPlayer, playOrPause, shownEvent, stepEvent } from "./player.js";
import { duration, readPicture } from "./reading.js";
import { allGroups, closedAtFirst, sceneOf } from "./scene.js";
import { clearSearch, createSearch, nextMatch } from "./search.js";
import { createTip } from "./tip.js";
import { createStore, fromAddress, toAddress } from "./store.js";

const NEAR = 0.3; // the zoom from which on text can be read
const FAR = [["far", NEAR], ["farther", 0.14], ["farthest", 0.06]];
const AT_ONCE = 250; // boxes that get their text in one frame

function start() {
  const picture = readPicture(byId("picture").textContent);
  const graph = indexed(picture);
  const page = { picture, graph, store: createStore(), stage: byId("stage"), root: byId("drawing") };
  page.opened = { frame: picture.frames.length - 1, collapsed: closedAtFirst(picture, graph) };
  page.store.change({ ...page.opened, ...addressed(page) });
  page.status = (id) => statusOf(graph, picture, page.states, id);
  page.act = actions(page);
  page.camera = createCamera(page.stage, page.root, cameraTold(page));
  headed(page);
  refreshed(page);
  page.search = createSearch({ graph, store: page.store, act: page.act, status: page.status });
  page.player = createPlayer(page);
  createTip(page.stage, { graph, status: page.status, wanted: () => page.camera.k < NEAR });
  if (picture.frames.length) shownEvent(page.player, page.store.state, { playing: true });
  buttons(page);
  watched(page);
  rearranged(page);
  themed(page);
  firstLook(page.camera, page.parts.nodes.values().next().value?.box);
  if (page.store.state.chosen) opened(page);
  document.documentElement.dataset.ready = "yes";
}

function addressed(page) {
  const { graph, opened: first, picture } = page;
  return fromAddress(location.hash, { graph, opened: first, frames: picture.frames.length });
}

/** A step that the address names: seen and in the middle. */
function opened(page) {
  const { chosen } = page.store.state;
  unfolded(page, chosen);
  paneled(page);
  const part = page.parts.nodes.get(chosen);
  if (part) shown(page.camera, part.box, true);
}

/** What follows from the state and is asked for often. */
function refreshed(page) {
  const { query, frame } = page.store.state;
  page.states = statesAfter(page.picture, frame);
  page.matched = matching(query, page.graph, page.status);
}

function lightedNow(page) {
  const { graph, picture, states, matched } = page;
  lighted(page.parts, { graph, picture, state: page.store.state, matched, states });
  summed(page);
}

/** Draws anew; a box that stays keeps its place on the screen. */
function rearranged(page, anchor) {
  const before = anchor && page.parts?.nodes.get(anchor)?.box;
  const old = before && onStage(page.camera, before);
  const focused = document.activeElement?.dataset?.id;
  const { graph, picture, matched } = page;
  const scene = sceneOf({ graph, picture, state: page.store.state, matched });
  page.parts = drawn(page.root, graph, scene, {
    chosen: (id) => page.act.choose(id),
    toggled: (id) => page.act.toggle(id),
    focused: (id) => tabbable(page, id),
  });
  const { width, height, margin } = page.parts;
  Object.assign(page.camera, { width, height, margin });
  lightedNow(page);
  tabbable(page, currentId(page));
  const after = old && page.parts.nodes.get(anchor)?.box;
  if (after) {
    const now = onStage(page.camera, after);
    settledAt(page.camera, { x: page.camera.x + old.x - now.x, y: page.camera.y + old.y - now.y });
  }
  if (focused && page.parts.nodes.has(focused)) focus(page, focused);
  settledAt(page.camera, {});
}

/** The box that the tab key leads to: one of all, as in every composite control. */
function tabbable(page, id) {
  page.parts.nodes.get(page.tabbed)?.element.setAttribute("tabindex", "-1");
  page.tabbed = id;
  page.parts.nodes.get(id)?.element.setAttribute("tabindex", "0");
}

function currentId(page) {
  for (const id of [page.tabbed, page.store.state.chosen]) {
    const there = id && standIn(page.graph, page.store.state.collapsed, id);
    if (page.parts.nodes.has(there)) return there;
  }
  return page.parts.nodes.keys().next().value;
}

function focus(page, id) {
  const part = page.parts.nodes.get(id);
  if (!part) return;
  part.element.focus({ preventScroll: true });
  shown(page.camera, part.box);
}

/** Text for the boxes in view, some at a time, so that no frame waits for all. */
function detailed(page) {
  const { camera, graph, parts } = page;
  if (camera.k < NEAR) return;
  const { clientWidth: wide, clientHeight: high } = page.stage;
  let left = AT_ONCE;
  for (const part of parts.nodes.values()) {
    if (part.detailed) continue;
    const at = onStage(camera, part.box);
    if (at.x > wide + 200 || at.y > high + 200 || at.x + at.width < -200 || at.y + at.height < -200) continue;
    if (!left--) return requestAnimationFrame(() => detailed(page));
    detail(graph, part);
    part.label = undefined;
  }
  if (left < AT_ONCE) lightedNow(page);
}

function cameraTold(page) {
  return {
    moved: (camera) => {
      for (const [name, zoom] of FAR) page.root.classList.toggle(name, camera.k < zoom);
      byId("zoom").textContent = `${Math.round(camera.k * 100)} %`;
    },
    rested: () => detailed(page),
  };
}

/** Opens the groups around a step, so that it is seen. */
function unfolded(page, id) {
  const { collapsed, only } = page.store.state;
  const around = ancestors(page.graph, id).filter((at) => collapsed.has(at));
  const patch = {};
  if (around.length) patch.collapsed = new Set([...collapsed].filter((at) => !around.includes(at)));
  if (only && !page.parts.nodes.has(id) && !around.length) patch.only = false;
  page.store.change(patch);
}

/** Everything that a button, a key or a message can do. */
function actions(page) {
  const { store, graph, picture } = page;
  const change = (patch) => store.change(patch);
  const act = {
    matched: () => page.matched,
    current: () => currentId(page),
    choose: (id) => change({ chosen: id }),
    focus: (id) => focus(page, id),
    enter: (id) => {
      if (store.state.chosen === id) byId("panel-title")?.focus();
      else change({ chosen: id });
    },
    go: (id, { focus: taking = false } = {}) => {
      unfolded(page, id);
      change({ chosen: id });
      const part = page.parts.nodes.get(id);
      if (part) shown(page.camera, part.box);
      if (taking) part?.element.focus({ preventScroll: true });
    },
    toggle: (id) => {
      if (isGroup(graph, id)) change({ collapsed: flipped(store.state.collapsed, id) });
    },
    toggleChosen: () => act.toggle(document.activeElement?.dataset?.id ?? store.state.chosen),
    collapseAll: () => change({ collapsed: allGroups(graph) }),
    expandAll: () => change({ collapsed: new Set() }),
    trace: (way) => traced(page, way),
    critical: () => {
      if (picture.critical.size) change({ critical: !store.state.critical });
      else announce("no critical path is known");
    },
    only: () => change({ only: !store.state.only }),
    center: (id) => {
      unfolded(page, id);
      shown(page.camera, page.parts.nodes.get(id).box, true);
    },
    centerChosen: () => store.state.chosen && act.center(store.state.chosen),
    zoom: (way) => zoomStep(page.camera, way),
    fit: () => fit(page.camera),
    pan: (x, y) => panned(page.camera, x, y),
    search: () => byId("query").select(),
    match: (way) => nextMatch(page.search, way),
    play: () => playOrPause(page.player),
    event: (way) => stepEvent(page.player, way),
    theme: () => change({ theme: darkNow(store.state) ? "light" : "dark" }),
    save: () => saved(page, "svg", "whole"),
    help: () => byId("help").showModal(),
    back: () => back(page),
    open: (node, event) => {
      if (inEditor()) event.preventDefault();
      tellHost({ type: "flow.open", id: node.id, file: node.file, line: node.line });
    },
  };
  return act;
}

function flipped(set, id) {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Lights one way more or less; with no step chosen, that of the focus. */
function traced(page, way) {
  const { trace, chosen } = page.store.state;
  if (!chosen) page.store.change({ chosen: currentId(page) });
  const other = way === "up" ? "down" : "up";
  const next = { "": way, [way]: "", [other]: "both", both: other };
  page.store.change({ trace: next[trace] });
}

/** Undoes the last thing that is in the way: what is lit, what is searched, the panel. */
function back(page) {
  const { state } = page.store;
  if (byId("export").open) byId("export").open = false;
  else if (state.trace || state.critical || state.only) page.store.change({ trace: "", critical: false, only: false });
  else if (state.query) clearSearch(page.search);
  else if (state.chosen) closePanel(page);
  else byId("drawing").querySelector("[tabindex='0']")?.focus({ preventScroll: true });
}

function closePanel(page) {
  const { chosen } = page.store.state;
  page.store.change({ chosen: "", trace: "" });
  page.parts.nodes.get(chosen)?.element.focus({ preventScroll: true });
}

function buttons(page) {
  const on = (id, run) => byId(id).addEventListener("click", run);
  const { act } = page;
  for (const [id, run] of Object.entries({
    "zoom-in": () => act.zoom(1),
    "zoom-out": () => act.zoom(-1),
    fit: act.fit,
    "collapse-all": act.collapseAll,
    "expand-all": act.expandAll,
    critical: act.critical,
    only: act.only,
    theme: act.theme,
    "show-help": act.help,
    "close-panel": () => closePanel(page),
    "clear-query": () => clearSearch(page.search),
  })) on(id, run);
  for (const button of byId("export").querySelectorAll("button")) {
    button.addEventListener("click", () => saved(page, button.dataset.type, button.dataset.part));
  }
  const keys = keysOf(act);
  fillHelp(byId("keys"), keys);
  listen({ act, keys, graph: page.graph, parts: () => page.parts, stage: page.stage });
}

/** Saves all that is drawn, or what is in the window. */
function saved(page, type, part) {
  byId("export").open = false;
  for (const one of page.parts.nodes.values()) detail(page.graph, one);
  lightedNow(page);
  const { x, y, k, margin } = page.camera;
  const view = [-x / k - margin, -y / k - margin, page.stage.clientWidth / k, page.stage.clientHeight / k];
  const save = type === "png" ? savePng : saveSvg;
  page.root.classList.remove("far");
  return save(page.root, page.picture.name || "pipeline", part === "view" ? view : undefined);
}

function watched(page) {
  const { store } = page;
  store.watch(["query", "frame"], () => refreshed(page));
  store.watch(["collapsed"], (state, before) => {
    const changed = [...state.collapsed, ...before.collapsed].filter(
      (id) => state.collapsed.has(id) !== before.collapsed.has(id),
    );
    rearranged(page, changed.length === 1 ? changed[0] : undefined);
    if (changed.length > 1 && !state.chosen) fit(page.camera);
  });
  store.watch(["only", "query", "trace", "critical", "chosen"], (state, before) => {
    if (!state.only && !before.only) return;
    rearranged(page);
    if (state.only !== before.only) fit(page.camera);
  });
  store.watch(["query", "frame", "chosen", "trace", "critical", "only"], () => lightedNow(page));
  store.watch(["chosen", "trace", "frame", "collapsed"], () => paneled(page));
  store.watch(["chosen"], (state) => chosenTold(page, state));
  store.watch(["theme"], () => themed(page));
  store.watch(["chosen", "trace", "query", "critical", "only", "theme", "frame", "collapsed", "playing"], () => remembered(page));
  window.addEventListener("hashchange", () => readAgain(page));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => themed(page));
  onHostSelect((id) => page.graph.nodes.has(id) && page.act.go(id));
  for (const name of ["beforeprint", "afterprint"]) {
    window.addEventListener(name, () => printed(page, name === "beforeprint"));
  }
}

function paneled(page) {
  const { graph, picture, store, status } = page;
  fillPanel({ graph, picture, state: store.state, status }, page.act);
}

function chosenTold(page, state) {
  const node = page.graph.nodes.get(state.chosen);
  if (!node) return;
  announce(spoken(page.graph, node, page.status(node.id)));
  const box = page.parts.nodes.get(node.id)?.box;
  tabbable(page, currentId(page));
  if (box) requestAnimationFrame(() => shown(page.camera, box)); // the panel may cover it now
  tellHost({ type: "flow.select", id: node.id });
}

/** The address follows the state, so that it can be copied at any time. */
function remembered(page) {
  if (page.store.state.playing) return;
  const address = toAddress(page.store.state, page.opened);
  page.address = address;
  try {
    history.replaceState(null, "", address ? `#${address}` : "#");
  } catch {
    // a page inside an editor has no address of its own
  }
}

function readAgain(page) {
  if (location.hash.replace(/^#/, "") === page.address) return;
  page.store.change({ playing: false, ...addressed(page) });
  if (page.store.state.chosen) opened(page);
}

function darkNow(state) {
  const asked = state.theme === "auto" ? hostTheme() : state.theme;
  return asked ? asked === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function themed(page) {
  document.documentElement.dataset.theme = darkNow(page.store.state) ? "dark" : "light";
  byId("theme").textContent = darkNow(page.store.state) ? "Light" : "Dark";
}

function printed(page, before) {
  if (before) for (const part of page.parts.nodes.values()) detail(page.graph, part);
  lightedNow(page);
}

function headed({ picture, graph }) {
  byId("name").textContent = plain(picture.name);
  const size = `${graph.nodes.size} steps`;
  const elapsed = picture.elapsed ? `, ${duration(picture.elapsed)}` : "";
  byId("size").textContent = plain([size + elapsed, ...picture.notes].join(" · "));
  byId("critical").hidden = !picture.critical.size;
  byId("groups").hidden = !allGroups(graph).size;
  byId("drawing").setAttribute("aria-label", plain(`Graph of ${picture.name}, ${size}`));
}

/** How many are lit, and which switches are on. */
function summed(page) {
  const { state } = page.store;
  const bright = lit(page.graph, page.picture, state, page.matched);
  byId("only").disabled = !bright && !state.only;
  byId("only").setAttribute("aria-pressed", String(state.only));
  byId("critical").setAttribute("aria-pressed", String(state.critical));
  byId("clear-query").hidden = !state.query;
}

start();
