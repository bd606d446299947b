/** The picture as a graph, and answers to questions about it. Nothing is drawn here. */

/** Indexes what came; edges to nowhere and parents that go round in a circle are left out. */
export function indexed(picture) {
  const nodes = new Map();
  for (const node of picture.nodes ?? []) {
    if (!nodes.has(node.id)) nodes.set(node.id, { name: node.id, kind: "step", ...node });
  }
  const graph = { nodes, children: new Map(), into: new Map(), from: new Map(), edges: [] };
  for (const node of nodes.values()) node.parent = soundParent(nodes, node);
  for (const node of nodes.values()) listed(graph.children, node.parent, node.id);
  for (const edge of picture.edges ?? []) {
    if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue;
    graph.edges.push(edge);
    listed(graph.into, edge.target, edge);
    listed(graph.from, edge.source, edge);
  }
  return graph;
}

function listed(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

function soundParent(nodes, node) {
  const seen = new Set([node.id]);
  for (let at = node.parent; nodes.has(at); at = nodes.get(at).parent) {
    if (seen.has(at)) return "";
    seen.add(at);
  }
  return nodes.has(node.parent) ? node.parent : "";
}

export function isGroup(graph, id) {
  return graph.children.has(id);
}

/** What a node stands in, from the nearest outwards. */
export function ancestors(graph, id) {
  const found = [];
  for (let at = graph.nodes.get(id)?.parent; at; at = graph.nodes.get(at).parent) found.push(at);
  return found;
}

export function descendants(graph, id) {
  const found = [];
  const open = [...(graph.children.get(id) ?? [])];
  while (open.length) {
    const at = open.pop();
    found.push(at);
    open.push(...(graph.children.get(at) ?? []));
  }
  return found;
}

/** The node that is seen in its place: itself, or the outermost collapsed group around it. */
export function standIn(graph, collapsed, id) {
  const around = ancestors(graph, id).filter((at) => collapsed.has(at));
  return around.length ? around[around.length - 1] : id;
}

/** The nodes to be seen; `keep`, if given, is the set that was asked for, with what is around it. */
export function seen(graph, collapsed, keep) {
  const found = [];
  const open = [...(graph.children.get("") ?? [])].reverse();
  while (open.length) {
    const id = open.pop();
    if (keep && !keep.has(id)) continue;
    found.push(id);
    if (!collapsed.has(id)) open.push(...[...(graph.children.get(id) ?? [])].reverse());
  }
  return found;
}

/** A set and whatever its members stand in. */
export function withAncestors(graph, ids) {
  const found = new Set(ids);
  for (const id of ids) for (const at of ancestors(graph, id)) found.add(at);
  return found;
}

/** The edges between what is seen; edges of hidden steps end at the group that hides them. */
export function seenEdges(graph, collapsed, shown) {
  const there = new Set(shown);
  const found = new Map();
  for (const edge of graph.edges) {
    const source = standIn(graph, collapsed, edge.source);
    const target = standIn(graph, collapsed, edge.target);
    if (!there.has(source) || !there.has(target)) continue;
    const moved = source !== edge.source || target !== edge.target;
    if (source === target && moved) continue;
    const key = JSON.stringify([source, target]);
    const label = moved ? "" : (edge.label ?? "");
    if (found.has(key)) found.get(key).label ||= label;
    else found.set(key, { ...edge, source, target, label, points: moved ? undefined : edge.points });
  }
  return [...found.values()];
}

/**
 * All that a step waits for ("up") or that waits for it ("down"), itself not included. What holds
 * for a group holds for the steps in it.
 */
export function reach(graph, id, way) {
  const edges = way === "up" ? graph.into : graph.from;
  const end = way === "up" ? "source" : "target";
  const own = new Set([id, ...descendants(graph, id)]);
  const found = new Set();
  const done = new Set();
  const open = [...own];
  while (open.length) {
    const at = open.pop();
    if (!at || done.has(at)) continue;
    done.add(at);
    open.push(graph.nodes.get(at).parent); // its edges count, the steps beside ours do not
    for (const edge of edges.get(at) ?? []) {
      for (const next of [edge[end], ...descendants(graph, edge[end])]) {
        if (!own.has(next)) found.add(next);
        open.push(next);
      }
    }
  }
  for (const around of ancestors(graph, id)) found.delete(around);
  return found;
}

/** The direct neighbours, each once, in the order of the file. */
export function neighbours(graph, id, way) {
  const edges = (way === "up" ? graph.into : graph.from).get(id) ?? [];
  return [...new Set(edges.map((edge) => (way === "up" ? edge.source : edge.target)))];
}
