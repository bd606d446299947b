/** Puts the parts together: one state, and what has to be done when some of it changes. */

import { actions, closePanel, saved } from "./actions.js";
import { createCamera, firstLook, fit, shown } from "./camera.js";
import { NEAR, cameraTold, currentId, darkNow, lightedNow, rearranged, refreshed, tabbable, unfolded } from "./desk.js";
import { announce, byId, plain } from "./dom.js";
import { detail } from "./draw.js";
import { indexed } from "./graph.js";
import { onHost, tellHost } from "./host.js";
import { fillHelp, keysOf, listen } from "./keys.js";
import { statusOf } from "./lights.js";
import { fillPanel, spoken } from "./panel.js";
import { createPlayer, shownEvent } from "./player.js";
import { duration, readPicture } from "./reading.js";
import { allGroups, closedAtFirst } from "./scene.js";
import { clearSearch, createSearch } from "./search.js";
import { createStore, fromAddress, toAddress } from "./store.js";
import { createTip } from "./tip.js";

function start() {
  const picture = readPicture(JSON.parse(byId("picture").textContent));
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
  onHost({
    select: (id) => page.graph.nodes.has(id) && page.act.go(id),
    replace: (data) => replaced(page, data),
  });
  for (const name of ["beforeprint", "afterprint"]) {
    window.addEventListener(name, () => printed(page, name === "beforeprint"));
  }
}

/** Another picture of the pipeline: what is chosen, closed and in view stays, if it is still there. */
function replaced(page, data) {
  const picture = readPicture(data);
  const graph = indexed(picture);
  const { store } = page;
  if (!graph.nodes.has(store.state.chosen)) store.change({ chosen: "", trace: "" });
  Object.assign(page.picture, picture); // others hold these two
  Object.assign(page.graph, graph);
  headed(page);
  refreshed(page);
  rearranged(page, store.state.chosen);
  paneled(page);
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

function themed(page) {
  document.documentElement.dataset.theme = darkNow(page.store.state) ? "dark" : "light";
  byId("theme").textContent = darkNow(page.store.state) ? "Light" : "Dark";
}

/** Paper is white and near: light, and with the text of all boxes. */
function printed(page, before) {
  if (!before) {
    themed(page);
    page.camera.moved(page.camera);
    return;
  }
  for (const part of page.parts.nodes.values()) detail(page.graph, part);
  lightedNow(page);
  document.documentElement.dataset.theme = "light";
  page.root.classList.remove("far", "farther", "farthest");
}

function headed({ picture, graph }) {
  byId("name").textContent = plain(picture.name);
  const steps = [...graph.nodes.values()].filter((node) => (node.role ?? "step") === "step");
  const size = `${steps.length} step${steps.length === 1 ? "" : "s"}`;
  const elapsed = picture.elapsed ? `, ${duration(picture.elapsed)}` : "";
  byId("size").textContent = plain([size + elapsed, ...picture.notes].join(" · "));
  byId("critical").hidden = !picture.critical.size;
  byId("groups").hidden = !allGroups(graph).size;
  byId("drawing").setAttribute("aria-label", plain(`Graph of ${picture.name}, ${size}`));
}

start();
