/** Everything that a button, a key or a message can do. */

import { fit, panned, shown, zoomStep } from "./camera.js";
import { currentId, darkNow, focus, lightedNow, unfolded } from "./desk.js";
import { announce, byId } from "./dom.js";
import { detail } from "./draw.js";
import { savePng, saveSvg } from "./exporting.js";
import { isGroup } from "./graph.js";
import { inEditor, tellHost } from "./host.js";
import { playOrPause, stepEvent } from "./player.js";
import { allGroups } from "./scene.js";
import { clearSearch, nextMatch } from "./search.js";

export function actions(page) {
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

export function closePanel(page) {
  const { chosen } = page.store.state;
  page.store.change({ chosen: "", trace: "" });
  page.parts.nodes.get(chosen)?.element.focus({ preventScroll: true });
}

/** Saves all that is drawn, or what is in the window. */
export function saved(page, type, part) {
  byId("export").open = false;
  for (const one of page.parts.nodes.values()) detail(page.graph, one);
  lightedNow(page);
  const { x, y, k, margin } = page.camera;
  const view = [-x / k - margin, -y / k - margin, page.stage.clientWidth / k, page.stage.clientHeight / k];
  const save = type === "png" ? savePng : saveSvg;
  page.root.classList.remove("far");
  return save(page.root, page.picture.name || "pipeline", part === "view" ? view : undefined);
}
