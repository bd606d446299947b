/** What is to be drawn for a state: which boxes and edges, and where. */

import { labelWidth, sizeOf } from "./draw.js";
import { isGroup, seen, seenEdges, withAncestors } from "./graph.js";
import { layered } from "./layout.js";
import { lit } from "./lights.js";

const MANY = 400; // boxes beyond which groups are closed when the page opens

/** The groups that are closed at first: those that the picture names, or where it is large, all. */
export function closedAtFirst(picture, graph) {
  if (Array.isArray(picture.collapsed)) {
    return new Set(picture.collapsed.filter((id) => isGroup(graph, id)));
  }
  const marked = picture.nodes.filter((node) => node.collapsed === true && isGroup(graph, node.id));
  if (marked.length) return new Set(marked.map((node) => node.id));
  return graph.nodes.size > MANY ? allGroups(graph) : new Set();
}

export function allGroups(graph) {
  return new Set([...graph.children.keys()].filter(Boolean));
}

export function sceneOf({ graph, picture, state, matched }) {
  const bright = state.only ? lit(graph, picture, state, matched) : undefined;
  const shown = seen(graph, state.collapsed, bright && withAncestors(graph, bright));
  const edges = seenEdges(graph, state.collapsed, shown);
  if (shown.length === graph.nodes.size && shown.every((id) => placed(graph.nodes.get(id)))) {
    return asGiven(graph, picture, shown, edges);
  }
  return layered(graph, shown, edges, {
    direction: picture.direction,
    measure: (id) => sizeOf(graph, id),
    labelled: labelWidth,
  });
}

function placed(node) {
  return [node.x, node.y, node.width, node.height].every(Number.isFinite);
}

/** The places that the picture brought. */
function asGiven(graph, picture, shown, edges) {
  const boxes = new Map();
  const down = picture.direction === "down";
  for (const id of inOrder(graph, shown, down)) {
    const { x, y, width, height } = graph.nodes.get(id);
    boxes.set(id, { x, y, width, height, open: isGroup(graph, id) });
  }
  const all = [...boxes.values()];
  return {
    boxes,
    edges: edges.map((edge) => ({ ...edge, ...wayOf(edge, boxes, down), down })),
    width: Math.max(picture.size?.width ?? 1, ...all.map((box) => box.x + box.width)),
    height: Math.max(picture.size?.height ?? 1, ...all.map((box) => box.y + box.height)),
  };
}

/** From the start of the picture on, so that keys and readers go through it as eyes do. */
function inOrder(graph, shown, down) {
  const [along, across] = down ? ["y", "x"] : ["x", "y"];
  const place = (id) => graph.nodes.get(id);
  return [...shown].sort(
    (one, other) => place(one)[along] - place(other)[along] || place(one)[across] - place(other)[across],
  );
}

/** The points of an edge, or a curve from box to box where it has none. */
function wayOf(edge, boxes, down) {
  const sound = (point) => Array.isArray(point) && point.every(Number.isFinite);
  if (edge.points?.length > 1 && edge.points.every(sound)) {
    return { points: edge.points, given: edge.label_box && edge.points, curved: edge.bends !== false };
  }
  const [from, to] = [boxes.get(edge.source), boxes.get(edge.target)];
  const points = down
    ? [[from.x + from.width / 2, from.y + from.height], [to.x + to.width / 2, to.y]]
    : [[from.x + from.width, from.y + from.height / 2], [to.x, to.y + to.height / 2]];
  return { points, curved: true };
}
