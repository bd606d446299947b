/** The parts of a layered layout that know no pixels but gaps: ranks, orders, and centres. */

const GAP = { across: 22, waypoint: 12 };

/** Links without a circle: an edge back to where the search came from is turned round. */
export function acyclic(ids, joins) {
  const out = new Map(ids.map((id) => [id, []]));
  for (const join of joins) out.get(join.from).push(join);
  const state = new Map();
  const links = [];
  for (const root of ids) {
    const stack = state.has(root) ? [] : [[root, 0]];
    if (stack.length) state.set(root, "open");
    while (stack.length) {
      const top = stack[stack.length - 1];
      const join = out.get(top[0])[top[1]++];
      if (!join) {
        state.set(top[0], "done");
        stack.pop();
        continue;
      }
      if (join.from === join.to) continue;
      const back = state.get(join.to) === "open";
      links.push({ join, back, from: back ? join.to : join.from, to: back ? join.from : join.to });
      if (!state.has(join.to)) {
        state.set(join.to, "open");
        stack.push([join.to, 0]);
      }
    }
  }
  return links;
}

/** The longest way from a start; starts then move up to the first that needs them. */
export function ranks(ids, links) {
  const rank = new Map(ids.map((id) => [id, 0]));
  const missing = new Map(ids.map((id) => [id, 0]));
  const out = new Map(ids.map((id) => [id, []]));
  for (const link of links) {
    out.get(link.from).push(link.to);
    missing.set(link.to, missing.get(link.to) + 1);
  }
  const starts = ids.filter((id) => !missing.get(id));
  const ready = [...starts];
  for (let next = 0; next < ready.length; next++) {
    for (const to of out.get(ready[next])) {
      rank.set(to, Math.max(rank.get(to), rank.get(ready[next]) + 1));
      missing.set(to, missing.get(to) - 1);
      if (!missing.get(to)) ready.push(to);
    }
  }
  for (const id of starts) {
    rank.set(id, Math.max(0, Math.min(...out.get(id).map((to) => rank.get(to))) - 1));
  }
  return rank;
}

/** Cells by rank. A link over several ranks becomes a chain of cells without an id. */
export function layersOf(ids, rank, links) {
  const layers = Array.from({ length: Math.max(...rank.values()) + 1 }, () => []);
  const cells = new Map();
  for (const id of ids) {
    cells.set(id, { id, before: [], after: [] });
    layers[rank.get(id)].push(cells.get(id));
  }
  const chains = links.map((link) => {
    const chain = { ...link, cells: [] };
    let last = cells.get(link.from);
    for (let at = rank.get(link.from) + 1; at < rank.get(link.to); at++) {
      const cell = { before: [], after: [] };
      layers[at].push(cell);
      chain.cells.push(cell);
      last = tied(last, cell);
    }
    tied(last, cells.get(link.to));
    return chain;
  });
  return { layers, chains };
}

function tied(one, other) {
  one.after.push(other);
  other.before.push(one);
  return other;
}

/** Sweeps to and fro, each cell to the mean of its neighbours; the best order seen is kept. */
export function ordered(layers) {
  const many = layers.reduce((sum, layer) => sum + layer.length, 0);
  numbered(layers);
  let best = { crossings: Infinity, order: [] };
  for (let sweep = 0; sweep < (many > 3000 ? 6 : 14) && best.crossings; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) sorted(layer, down ? "before" : "after");
    const crossings = crossed(layers);
    if (crossings < best.crossings) best = { crossings, order: layers.map((layer) => [...layer]) };
  }
  best.order.forEach((layer, at) => layers[at].splice(0, Infinity, ...layer));
  numbered(layers);
}

function numbered(layers) {
  for (const layer of layers) layer.forEach((cell, at) => (cell.place = at));
}

function sorted(layer, side) {
  for (const cell of layer) cell.key = cell[side].length ? mean(cell[side], "place") : cell.place;
  layer.sort((one, other) => one.key - other.key || one.place - other.place);
  numbered([layer]);
}

function mean(cells, key) {
  return cells.reduce((sum, cell) => sum + cell[key], 0) / cells.length;
}

/** How many edges cross between neighbouring layers, counted as inversions with a Fenwick tree. */
function crossed(layers) {
  let found = 0;
  for (const layer of layers) {
    const ends = layer.flatMap((cell) => cell.after.map((to) => to.place).sort((a, b) => a - b));
    const size = Math.max(0, ...ends) + 1;
    const tree = new Uint32Array(size + 1);
    ends.forEach((end, count) => {
      let before = 0;
      for (let at = end + 1; at; at -= at & -at) before += tree[at];
      for (let at = end + 1; at <= size; at += at & -at) tree[at]++;
      found += count - before;
    });
  }
  return found;
}

/** Gives each cell its centre across the ranks, and says how broad all of it is. */
export function positions(layers, broad) {
  for (const layer of layers) {
    let at = 0;
    layer.forEach((cell, index) => {
      at += index ? apart(layer[index - 1], cell, broad) : 0;
      cell.at = at;
    });
    for (const cell of layer) cell.at -= at / 2;
  }
  for (let round = 0; round < 8; round++) {
    const down = round % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) settled(layer, down, broad);
  }
  const cells = layers.flat();
  const low = Math.min(...cells.map((cell) => cell.at - broad(cell) / 2));
  for (const cell of cells) cell.at -= low;
  return Math.max(...cells.map((cell) => cell.at + broad(cell) / 2));
}

function apart(one, other, broad) {
  const gap = one.id && other.id ? GAP.across : GAP.waypoint;
  return (broad(one) + broad(other)) / 2 + gap;
}

/**
 * As near as can be to where the neighbours pull, without changing the order or touching: an
 * isotonic regression, by pooling neighbours that would overlap.
 */
function settled(layer, down, broad) {
  const pools = [];
  let offset = 0;
  layer.forEach((cell, index) => {
    offset += index ? apart(layer[index - 1], cell, broad) : 0;
    const pull = [...(down ? cell.before : cell.after)];
    const weight = cell.id ? 1 : 4;
    const wish = (pull.length ? mean(pull, "at") : cell.at) - offset;
    let pool = { weight, value: wish, cells: [[cell, offset]] };
    while (pools.length && pools[pools.length - 1].value > pool.value) pool = pooled(pools.pop(), pool);
    pools.push(pool);
  });
  for (const pool of pools) for (const [cell, shift] of pool.cells) cell.at = pool.value + shift;
}

function pooled(one, other) {
  const weight = one.weight + other.weight;
  const value = (one.value * one.weight + other.value * other.weight) / weight;
  for (const item of other.cells) one.cells.push(item);
  return { weight, value, cells: one.cells };
}
