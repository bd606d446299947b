/**
 * A layered layout, used where the picture brings no positions or groups were opened or closed.
 *
 * Groups are laid out from the inside outwards, each as a box of its parent. Within one box: ranks
 * by the longest way, long edges through waypoints in the ranks they cross, order by barycentres,
 * and positions by least squares. It works along ranks and across them; which of the two is x is
 * the direction's business and is decided at the very end.
 */

import { ancestors } from "./graph.js";
import { acyclic, layersOf, ordered, positions, ranks } from "./ranks.js";

const GAP = { rank: 56, across: 22 };
const PAD = { side: 18, top: 40 };

/** Boxes by id (x, y, width, height) and edges with their points. */
export function layered(graph, shown, edges, { direction, measure, labelled }) {
  const work = { graph, direction, measure, labelled, boxes: new Map(), ways: new Map(), inside: new Map() };
  work.here = new Set(shown);
  work.levels = levelsOf(graph, edges);
  const down = direction === "down";
  const size = placed(work, "");
  moved(work, "", 0, 0);
  return {
    boxes: new Map(shown.map((id) => [id, work.boxes.get(id)])), // in the order of the file
    edges: edges.map((edge) => ({ ...edge, points: pointsOf(work, edge), curved: true, down })),
    width: size.width,
    height: size.height,
  };
}

/** For each group, the edges among its children that the given edges amount to. */
function levelsOf(graph, edges) {
  const levels = new Map();
  for (const edge of edges) {
    const up = [edge.source, ...ancestors(graph, edge.source)];
    const down = [edge.target, ...ancestors(graph, edge.target)];
    if (up.includes(edge.target) || down.includes(edge.source)) continue;
    while (up.length && down.length && up[up.length - 1] === down[down.length - 1]) {
      up.pop();
      down.pop();
    }
    const level = graph.nodes.get(up[up.length - 1]).parent;
    if (!levels.has(level)) levels.set(level, []);
    levels.get(level).push({ edge, from: up[up.length - 1], to: down[down.length - 1] });
  }
  return levels;
}

/** Places the children of a group relative to it, and says how large they are together. */
function placed(work, parent) {
  const ids = (work.graph.children.get(parent) ?? []).filter((id) => work.here.has(id));
  const sizes = new Map(ids.map((id) => [id, sizeOf(work, id)]));
  const joins = work.levels.get(parent) ?? [];
  const joined = new Set(joins.flatMap((join) => [join.from, join.to]));
  const main = ranked(work, parent, { ids: ids.filter((id) => joined.has(id)), sizes, joins });
  const loose = ids.filter((id) => !joined.has(id));
  return tiled(work, loose, sizes, main);
}

function sizeOf(work, id) {
  const open = (work.graph.children.get(id) ?? []).some((child) => work.here.has(child));
  if (!open) return work.measure(id);
  const inner = placed(work, id);
  const least = work.measure(id);
  return {
    width: Math.max(inner.width + 2 * PAD.side, least.width + 24),
    height: inner.height + PAD.top + PAD.side,
    open: true,
  };
}

/** The layers of those that hang together. */
function ranked(work, parent, { ids, sizes, joins }) {
  if (!ids.length) return { width: 0, height: 0 };
  const links = acyclic(ids, joins);
  const rank = ranks(ids, links);
  const { layers, chains } = layersOf(ids, rank, links);
  ordered(layers);
  const down = work.direction === "down";
  const thick = (cell) => (cell.id ? sizes.get(cell.id)[down ? "height" : "width"] : 0);
  const broad = (cell) => (cell.id ? sizes.get(cell.id)[down ? "width" : "height"] : 0);
  const across = positions(layers, broad);
  const gaps = gapsOf(work, layers.length, links, rank);
  let along = 0;
  for (const [at, layer] of layers.entries()) {
    const depth = Math.max(0, ...layer.map(thick));
    for (const cell of layer) {
      cell.along = [along, along + depth];
      if (!cell.id) continue;
      const [a, b] = [along + (depth - thick(cell)) / 2, cell.at - broad(cell) / 2];
      work.boxes.set(cell.id, { ...sizes.get(cell.id), ...(down ? { x: b, y: a } : { x: a, y: b }) });
    }
    along += depth + gaps[at];
  }
  work.inside.set(parent, chains.map((chain) => wayOf(chain, down)));
  along -= gaps[gaps.length - 1];
  return down ? { width: across, height: along } : { width: along, height: across };
}

/** The room after each rank: more where a label has to stand in it. */
function gapsOf(work, many, links, rank) {
  const gaps = new Array(many).fill(GAP.rank);
  if (work.direction === "down") return gaps;
  for (const link of links) {
    const at = link.back ? rank.get(link.to) - 1 : rank.get(link.from);
    gaps[at] = Math.max(gaps[at], work.labelled(link.join.edge) + 28);
  }
  return gaps;
}

/** What no edge touches, in rows below the rest. */
function tiled(work, ids, sizes, main) {
  if (!ids.length) return main;
  const area = ids.reduce((sum, id) => sum + sizes.get(id).width * sizes.get(id).height * 1.6, 0);
  const wide = Math.max(main.width, Math.sqrt(area * 1.6));
  let [x, y, high, width] = [0, main.height ? main.height + GAP.rank : 0, 0, main.width];
  for (const id of ids) {
    const size = sizes.get(id);
    if (x && x + size.width > wide) [x, y, high] = [0, y + high + GAP.across, 0];
    work.boxes.set(id, { ...size, x, y });
    x += size.width + GAP.across;
    high = Math.max(high, size.height);
    width = Math.max(width, x - GAP.across);
  }
  return { width, height: y + high };
}

/** The waypoints of a long edge: in and out of each rank that it crosses. */
function wayOf(chain, down) {
  const points = chain.cells.flatMap((cell) =>
    cell.along.map((along) => (down ? [cell.at, along] : [along, cell.at])),
  );
  return { edge: chain.join.edge, points: chain.back ? points.reverse() : points, back: chain.back };
}

/** From places relative to the group to places on the whole picture. */
function moved(work, parent, x, y) {
  for (const way of work.inside.get(parent) ?? []) {
    way.points = way.points.map(([a, b]) => [a + x, b + y]);
    work.ways.set(way.edge, way);
  }
  for (const id of work.graph.children.get(parent) ?? []) {
    const box = work.boxes.get(id);
    if (!box || !work.here.has(id)) continue;
    box.x += x;
    box.y += y;
    if (box.open) moved(work, id, box.x + PAD.side, box.y + PAD.top);
  }
}

function pointsOf(work, edge) {
  const way = work.ways.get(edge);
  const [from, to] = [work.boxes.get(edge.source), work.boxes.get(edge.target)];
  const ends = endsOf(from, to, work.direction, way?.back || edge.source === edge.target);
  return [ends[0], ...(way?.points ?? []), ends[1]];
}

/** Where an edge leaves one box and enters the other. */
function endsOf(from, to, direction, back) {
  const side = (box, far) =>
    direction === "down"
      ? [box.x + box.width / 2, box.y + (far ? box.height : 0)]
      : [box.x + (far ? box.width : 0), box.y + box.height / 2];
  return back ? [side(from, false), side(to, true)] : [side(from, true), side(to, false)];
}
