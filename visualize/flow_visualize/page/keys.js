/** The keyboard: every key in one table, from which the help is made too. */

import { html } from "./dom.js";

/** The keys of the whole page: what is pressed, what it does, and in which words. */
export function keysOf(act) {
  return [
    [["/"], "search and filter", act.search],
    [["n"], "next match", () => act.match(1)],
    [["N"], "previous match", () => act.match(-1)],
    [["+", "="], "zoom in", () => act.zoom(1)],
    [["-", "_"], "zoom out", () => act.zoom(-1)],
    [["0"], "fit all", act.fit],
    [["z"], "centre the chosen step", act.centerChosen],
    [["x"], "collapse or expand the group", act.toggleChosen],
    [["C"], "collapse all", act.collapseAll],
    [["E"], "expand all", act.expandAll],
    [["u"], "light what it waits for", () => act.trace("up")],
    [["d"], "light what waits for it", () => act.trace("down")],
    [["c"], "critical path", act.critical],
    [["o"], "only what is lit", act.only],
    [["p"], "play or pause", act.play],
    [["."], "next event", () => act.event(1)],
    [[","], "previous event", () => act.event(-1)],
    [["t"], "light or dark", act.theme],
    [["s"], "save as SVG", act.save],
    [["?"], "this help", act.help],
    [["Escape"], "back: close, clear", act.back],
  ];
}

const MOVES = [
  ["Arrow keys", "along the edges, and to the steps beside"],
  ["Shift and arrow keys", "move the picture"],
  ["Enter, Space", "choose the step; again, go to its panel"],
  ["Home, End", "first and last step"],
  ["Wheel, pinch, drag", "zoom and move"],
  ["Double click", "collapse or expand"],
];

export function fillHelp(table, keys) {
  const row = ([name, what]) => html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, what));
  const named = keys.map(([names, what]) => [names.join(" "), what]);
  table.replaceChildren(...[...MOVES, ...named].map(row));
}

export function listen({ act, keys, graph, parts, stage }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    const key = keys.find(([names]) => names.includes(event.key));
    if (!key) return;
    event.preventDefault();
    key[2]();
  });
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (onStageKey(event, { act, graph, parts: parts() })) event.preventDefault();
  });
}

/** Whether keys belong to what is being filled in; Escape always is ours. */
function typing(event) {
  if (document.querySelector("dialog[open]")) return true;
  const field = event.target.closest?.("input, select, textarea");
  if (!field || event.key === "Escape") return false;
  return field.type !== "checkbox" && field.type !== "range";
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onStageKey(event, { act, graph, parts }) {
  const id = event.target.closest?.("[data-id]")?.dataset.id;
  const way = WAYS[event.key];
  if (way && event.shiftKey) act.pan(-120 * way[0], -120 * way[1]);
  else if (way) act.focus(nextBox(graph, parts, id ?? act.current(), way));
  else if (event.key === "Home" || event.key === "End") act.focus(lastBox(parts, event.key === "End"));
  else if ((event.key === "Enter" || event.key === " ") && id) act.enter(id);
  else return false;
  return true;
}

function lastBox(parts, end) {
  const ids = [...parts.nodes.keys()];
  return end ? ids[ids.length - 1] : ids[0];
}

/** The box that an arrow key leads to: a neighbour by an edge on that side, else the nearest box. */
function nextBox(graph, parts, id, way) {
  const from = parts.nodes.get(id);
  if (!from) return lastBox(parts, false);
  const joined = parts.edges.flatMap(({ edge }) =>
    edge.source === id ? [edge.target] : edge.target === id ? [edge.source] : [],
  );
  return nearest(parts, from, joined, way) ?? nearest(parts, from, parts.nodes.keys(), way) ?? id;
}

function nearest(parts, from, ids, [right, down]) {
  let best;
  for (const id of ids) {
    const to = parts.nodes.get(id);
    if (!to || to === from) continue;
    const [x, y] = [middle(to.box, "x", "width") - middle(from.box, "x", "width"), middle(to.box, "y", "height") - middle(from.box, "y", "height")];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    if (ahead <= 4 || aside > ahead * 3) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}

function middle(box, start, size) {
  return box[start] + box[size] / 2;
}
