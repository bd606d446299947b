/** The picture as it is drawn now: what is lit, what has its text, where the tab key leads. */

import { onStage, settledAt, shown } from "./camera.js";
import { byId } from "./dom.js";
import { detail, drawn } from "./draw.js";
import { ancestors, standIn } from "./graph.js";
import { hostTheme } from "./host.js";
import { lighted, lit, matching, statesAfter } from "./lights.js";
import { sceneOf } from "./scene.js";

export const NEAR = 0.3; // the zoom from which on text can be read
const FAR = [["far", NEAR], ["farther", 0.14], ["farthest", 0.06]];
const AT_ONCE = 250; // boxes that get their text in one frame

/** What follows from the state and is asked for often. */
export function refreshed(page) {
  const { query, frame } = page.store.state;
  page.states = statesAfter(page.picture, frame);
  page.matched = matching(query, page.graph, page.status);
}

export function lightedNow(page) {
  const { graph, picture, states, matched } = page;
  lighted(page.parts, { graph, picture, state: page.store.state, matched, states });
  summed(page);
}

/** Draws anew; a box that stays keeps its place on the screen. */
export function rearranged(page, anchor) {
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
export function tabbable(page, id) {
  page.parts.nodes.get(page.tabbed)?.element.setAttribute("tabindex", "-1");
  page.tabbed = id;
  page.parts.nodes.get(id)?.element.setAttribute("tabindex", "0");
}

export function currentId(page) {
  for (const id of [page.tabbed, page.store.state.chosen]) {
    const there = id && standIn(page.graph, page.store.state.collapsed, id);
    if (page.parts.nodes.has(there)) return there;
  }
  return page.parts.nodes.keys().next().value;
}

export function focus(page, id) {
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

export function cameraTold(page) {
  return {
    moved: (camera) => {
      for (const [name, zoom] of FAR) page.root.classList.toggle(name, camera.k < zoom);
      byId("zoom").textContent = `${Math.round(camera.k * 100)} %`;
    },
    rested: () => detailed(page),
  };
}

/** Opens the groups around a step, so that it is seen. */
export function unfolded(page, id) {
  const { collapsed, only } = page.store.state;
  const around = ancestors(page.graph, id).filter((at) => collapsed.has(at));
  const patch = {};
  if (around.length) patch.collapsed = new Set([...collapsed].filter((at) => !around.includes(at)));
  if (only && !page.parts.nodes.has(id) && !around.length) patch.only = false;
  page.store.change(patch);
}

export function darkNow(state) {
  const asked = state.theme === "auto" ? hostTheme() : state.theme;
  return asked ? asked === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
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
