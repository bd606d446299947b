/** What is lit and what is dimmed: the classes that a state gives to boxes and edges. */

import { plain } from "./dom.js";
import { descendants, isGroup, reach, standIn, withAncestors } from "./graph.js";

/** The states of all nodes after an event, from the changes of all events up to it. */
export function statesAfter(picture, frame) {
  const states = new Map();
  for (let at = 0; at <= frame && at < picture.frames.length; at++) {
    for (const [id, status] of Object.entries(picture.frames[at].states)) states.set(id, status);
  }
  return states;
}

/** A node's status: as told; of a group of which nothing is told, the most telling one inside. */
export function statusOf(graph, picture, states, id) {
  if (!picture.frames.length) return graph.nodes.get(id).painted.status ?? "";
  const own = states.get(id);
  if (own || !isGroup(graph, id)) return own ?? "";
  const inner = new Set(descendants(graph, id).map((at) => states.get(at)).filter(Boolean));
  return ["running", "failed", "succeeded", "recovered"].find((status) => inner.has(status)) ?? "";
}

/** The steps that a query asks for, or undefined where it asks for nothing. */
export function matching(query, graph, status) {
  const parts = query.toLowerCase().match(/\S+/g) ?? [];
  if (!parts.length) return undefined;
  const found = new Set();
  for (const node of graph.nodes.values()) {
    if (parts.every((part) => matches(part, node, status))) found.add(node.id);
  }
  return found;
}

function matches(part, node, status) {
  const [, key, value] = part.match(/^(tag|kind|status):(.*)$/) ?? [];
  if (key === "tag") return node.tags.some((tag) => tag.toLowerCase() === value);
  if (key === "kind") return node.kind.toLowerCase() === value || node.calls.toLowerCase() === value;
  if (key === "status") return (status(node.id) || "none") === value;
  return [node.id, node.name, node.component].some((text) =>
    String(text ?? "").toLowerCase().includes(part),
  );
}

/** What an upstream or downstream question lights, the step itself included. */
export function traced(graph, state) {
  if (!state.trace || !state.chosen) return undefined;
  const ways = state.trace === "both" ? ["up", "down"] : [state.trace];
  const found = new Set([state.chosen, ...descendants(graph, state.chosen)]);
  for (const way of ways) for (const id of reach(graph, state.chosen, way)) found.add(id);
  return found;
}

/** The set that everything else is dimmed for; undefined where nothing is. */
export function lit(graph, picture, state, matched) {
  const sets = [matched, traced(graph, state), state.critical ? picture.critical : undefined];
  const asked = sets.filter((set) => set !== undefined);
  if (!asked.length) return undefined;
  return new Set([...asked[0]].filter((id) => asked.every((set) => set.has(id))));
}

/** Gives every element its classes and its words; only what changed is touched. */
export function lighted(parts, { graph, picture, state, matched, states }) {
  const bright = lit(graph, picture, state, matched);
  const around = bright && withAncestors(graph, bright);
  const up = around && new Set([...around].map((id) => standIn(graph, state.collapsed, id)));
  for (const [id, part] of parts.nodes) {
    const status = statusOf(graph, picture, states, id);
    const atEnd = state.frame === picture.frames.length - 1;
    const classes = [
      !atEnd && "midway",
      status && `is-${status.replace(/[^a-z_]/g, "")}`,
      part.node.painted.certainty && `${part.node.painted.certainty}-run`,
      part.node.painted.change && `is-${part.node.painted.change}`,
      id === state.chosen && "chosen",
      up && !up.has(id) && "dim",
      matched?.has(id) && "match",
      state.critical && picture.critical.has(id) && "critical",
    ];
    classed(part, classes);
    worded(graph, part, status, id === state.chosen);
  }
  for (const part of parts.edges) {
    const { source, target } = part.edge;
    const between = up && up.has(source) && up.has(target);
    const critical = picture.critical.has(source) && picture.critical.has(target);
    const traces = between && (state.trace || state.critical);
    const told = part.edge.status && `is-${part.edge.status}`;
    classed(part, [told, up && !between && "dim", traces && "lit", state.critical && critical && "critical"]);
  }
}

function classed(part, classes) {
  const all = [part.fixed, ...classes.filter(Boolean)].join(" ");
  if (all !== part.last) part.element.setAttribute("class", all);
  part.last = all;
}

const SIGNS = {
  running: "▶",
  succeeded: "✓",
  recovered: "↺",
  failed: "✕",
  skipped: "–",
  cancelled: "⊘",
  waiting: "…",
  added: "+",
  removed: "−",
  changed: "~",
  covered: "✓",
  partly: "◐",
  missed: "✕",
};

function worded(graph, part, status, chosen) {
  const { node, element, sign } = part;
  const marks = node.marks.length ? `${node.marks.length} findings` : "";
  const count = isGroup(graph, node.id) ? "group" : node.kind;
  const label = [node.name, count, node.component, status || node.painted.change, marks];
  const text = label.filter(Boolean).map(plain).join(", ");
  if (part.label !== text) element.setAttribute("aria-label", text);
  part.label = text;
  const mark = SIGNS[status] ?? SIGNS[node.painted.change] ?? "";
  if (sign && sign.textContent !== mark) sign.textContent = mark;
  if (chosen !== part.chosen) element.setAttribute("aria-pressed", String(chosen));
  part.chosen = chosen;
}
