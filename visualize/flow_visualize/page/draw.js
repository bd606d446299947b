/**
 * The picture as SVG elements. Boxes are drawn at once, their text when it comes near enough to be
 * read: of 2,000 steps, few are. Elements are kept, and only classes change with the state.
 */

import { isGroup } from "./graph.js";
import { plain, svg } from "./dom.js";
import { words } from "./reading.js";

const LABEL = { title: 13, detail: 11, edge: 10, widest: 150, font: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" };
const MARGIN = 24;
const ruler = document.createElement("canvas").getContext("2d");

export function textWidth(text, size, weight = 400) {
  ruler.font = `${weight} ${size}px ${LABEL.font}`;
  return ruler.measureText(text).width;
}

/** A text that fits, cut at its end where it must be. */
export function fitted(text, room, size, weight) {
  const whole = plain(text);
  if (textWidth(whole, size, weight) <= room) return whole;
  let [low, high] = [0, whole.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${whole.slice(0, middle)}…`, size, weight) <= room) low = middle;
    else high = middle - 1;
  }
  return `${whole.slice(0, low)}…`;
}

/** The short words under the name: what is called, and what makes the step more than a call. */
export function facts(graph, node) {
  const count = (graph.children.get(node.id) ?? []).length;
  const second = node.component || (count ? `${count} step${count === 1 ? "" : "s"}` : node.kind);
  const third = [
    node.for_each && "for each",
    node.repeat && "loop",
    node.retry && "retry",
    node.timeout && words(node.timeout),
    node.when && "when",
  ];
  return { second: words(second), third: third.filter(Boolean).join(" · ") };
}

/** What the signs at the right of the name need. */
function signRoom(graph, id) {
  return isGroup(graph, id) ? 38 : 18;
}

/** Whether the picture says itself what stands in the box, and how large that makes it. */
function written(graph, node) {
  const sized = Number.isFinite(node.width) && Number.isFinite(node.height);
  return node.lines.length > 0 && sized && !isGroup(graph, node.id);
}

/** How large a box has to be for its text. */
export function sizeOf(graph, id) {
  const node = graph.nodes.get(id);
  if (written(graph, node)) return { width: node.width, height: node.height };
  if (node.kind === "choice") return { width: 34, height: 34 };
  const { second, third } = facts(graph, node);
  const wide = Math.max(
    textWidth(plain(node.name), LABEL.title, 600) + 24 + signRoom(graph, id),
    textWidth(plain(second), LABEL.detail) + 26,
    textWidth(plain(third), LABEL.detail) + 26,
  );
  return { width: Math.round(Math.min(240, Math.max(104, wide))), height: third ? 62 : 46 };
}

/** Draws a scene into `root`, and gives back the elements by what they stand for. */
export function drawn(root, graph, scene, listen) {
  const layers = ["groups", "edges", "nodes"].map((name) => svg("g", { class: name }));
  const parts = { nodes: new Map(), edges: [], scene, graph };
  for (const edge of scene.edges) parts.edges.push(drawEdge(layers[1], edge));
  for (const [id, box] of scene.boxes) {
    const part = drawNode(graph, id, box, listen);
    parts.nodes.set(id, part);
    layers[box.open ? 0 : 2].append(part.element);
  }
  const [width, height] = [scene.width + 2 * MARGIN, scene.height + 2 * MARGIN];
  root.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  root.setAttribute("width", width);
  root.setAttribute("height", height);
  root.replaceChildren(...layers);
  return { ...parts, width, height, margin: MARGIN };
}

function drawEdge(layer, edge) {
  const broken = edge.broken ? " broken" : "";
  const element = svg(
    "g",
    { class: `edge ${edge.kind ?? "data"}${broken}` },
    svg("path", { class: "line", d: pathOf(edge.points, edge.curved, edge.down) }),
    svg("path", { class: "head", d: headOf(edge.points, edge.down) }),
  );
  if (edge.label) {
    const [x, y] = edge.given && edge.points === edge.given ? centre(edge.label_box) : middleOf(edge.points);
    const text = fitted(edge.label, LABEL.widest, LABEL.edge);
    const width = labelWidth(edge);
    element.append(
      svg("title", {}, edge.label),
      svg("rect", { class: "plate", x: x - width / 2, y: y - 8, width, height: 16, rx: 4 }),
      svg("text", { class: "label", x, y: y + 3.5, "text-anchor": "middle" }, text),
    );
  }
  layer.append(element);
  return { element, edge, fixed: element.getAttribute("class"), last: "" };
}

/** A smooth way through the points, level where it meets them. */
function pathOf(points, curved, down) {
  const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = `M${at(points[0])}`;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]];
    const half = down ? (to[1] - from[1]) / 2 : (to[0] - from[0]) / 2;
    const [one, other] = down
      ? [[from[0], from[1] + half], [to[0], to[1] - half]]
      : [[from[0] + half, from[1]], [to[0] - half, to[1]]];
    path += curved ? `C${at(one)} ${at(other)} ${at(to)}` : `L${at(to)}`;
  }
  return path;
}

function headOf(points, down) {
  const [x, y] = points[points.length - 1];
  const before = points[points.length - 2] ?? points[0];
  const back = down ? Math.sign(y - before[1]) || 1 : Math.sign(x - before[0]) || 1;
  return down
    ? `M${x - 4} ${y - 7 * back}L${x} ${y}L${x + 4} ${y - 7 * back}Z`
    : `M${x - 7 * back} ${y - 4}L${x} ${y}L${x - 7 * back} ${y + 4}Z`;
}

function centre(box) {
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** What the label of an edge needs between two ranks. */
export function labelWidth(edge) {
  if (!edge.label) return 0;
  return textWidth(fitted(edge.label, LABEL.widest, LABEL.edge), LABEL.edge) + 8;
}

/** The middle of the first stretch: there is room for a label. */
function middleOf([one, other]) {
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}

function drawNode(graph, id, box, listen) {
  const node = graph.nodes.get(id);
  const closed = isGroup(graph, id) && !box.open;
  const element = svg("g", {
    transform: `translate(${box.x.toFixed(1)} ${box.y.toFixed(1)})`,
    role: "button",
    tabindex: "-1",
    "aria-expanded": isGroup(graph, id) ? String(Boolean(box.open)) : undefined,
  });
  element.dataset.id = id;
  const stacked = closed || node.for_each;
  if (stacked) element.append(outline(node, frontOf(graph, node, box), "behind", 4));
  element.append(outline(node, frontOf(graph, node, box), "box", 0));
  element.addEventListener("click", () => listen.chosen(id));
  element.addEventListener("dblclick", () => listen.toggled(id));
  element.addEventListener("focus", () => listen.focused(id));
  const fixed = `node ${box.open ? "open" : "shut"}${closed ? " closed" : ""} kind-${cssWord(node.kind)}`;
  return { element, node, box, fixed: fixed + severity(node), last: "", detailed: false };
}

/** The front of a stack: the picture's sizes have room for what is behind it. */
function frontOf(graph, node, box) {
  if (!node.for_each || !written(graph, node)) return box;
  return { ...box, width: box.width - 4, height: box.height - 4 };
}

function severity(node) {
  const found = new Set(node.marks.map((mark) => mark.severity));
  return found.has("error") ? " has-error" : found.has("warning") ? " has-warning" : "";
}

function cssWord(text) {
  return String(text).replace(/[^a-z]/gi, "");
}

function outline(node, box, name, shift) {
  const { width, height } = box;
  if (node.kind !== "choice" || box.open) {
    return svg("rect", { class: name, x: shift, y: shift, width, height, rx: box.open ? 10 : 7 });
  }
  const points = [[width / 2, 0], [width, height / 2], [width / 2, height], [0, height / 2]];
  return svg("polygon", { class: name, points: points.map((at) => at.join(",")).join(" ") });
}

/** Adds the text of a box, once. */
export function detail(graph, part) {
  if (part.detailed) return;
  part.detailed = true;
  const { node, box, element } = part;
  element.append(svg("title", {}, node.description || node.id));
  if (node.kind === "choice" && !box.open) return;
  if (written(graph, node)) return writtenText(graph, part);
  const { second, third } = facts(graph, node);
  const room = box.width - 26;
  const line = (kind, y, text, size, weight, less = 0) =>
    element.append(svg("text", { class: kind, x: 14, y }, fitted(text, room - less, size, weight)));
  element.append(svg("rect", { class: "band", x: 0, y: box.open ? 10 : 8, width: 4, height: box.open ? 20 : box.height - 16, rx: 2 }));
  line("name", box.open ? 25 : 19, node.name, LABEL.title, 600, signRoom(graph, node.id) - 8);
  if (!box.open) line("sub", 35, second, LABEL.detail);
  if (third && !box.open && box.height > 52) line("sub extra", 51, third, LABEL.detail);
  if (isGroup(graph, node.id)) element.append(svg("path", { class: "fold", d: foldOf(box) }));
  if (node.marks.length) element.append(...flagOf(node, box));
  part.sign = svg("text", { class: "sign", x: box.width - 8, y: box.open ? 25 : 19, "text-anchor": "end" });
  if (isGroup(graph, node.id)) part.sign.setAttribute("x", box.width - 26);
  element.append(part.sign);
}

/** The lines that the picture brought. What they say of a run holds at its end only. */
function writtenText(graph, part) {
  const { node, box, element } = part;
  const kinds = { title: "name", component: "sub", status: "sub at-end" };
  element.append(svg("rect", { class: "band", x: 0, y: 6, width: 4, height: box.height - 12, rx: 2 }));
  for (const { text, style, y } of node.lines) {
    element.append(svg("text", { class: kinds[style] ?? "sub small", x: 10, y }, text));
  }
  if (node.marks.length) element.append(...flagOf(node, box));
  const { width: x, height: y } = frontOf(graph, node, box);
  part.sign = svg("text", { class: "coin-sign", x: x - 1, y: y + 3, "text-anchor": "middle" });
  element.append(svg("circle", { class: "coin", cx: x - 1, cy: y - 1, r: 8 }), part.sign);
}

/** A triangle: pointing on when closed, down when open. */
function foldOf(box) {
  const [x, y] = [box.width - 16, box.open ? 20 : 15];
  return box.open ? `M${x - 5} ${y - 3}h10l-5 6z` : `M${x - 3} ${y - 5}v10l6 -5z`;
}

function flagOf(node, box) {
  const many = String(node.marks.length);
  const width = 8 + 7 * many.length;
  return [
    svg("rect", { class: "flag", x: box.width - width + 5, y: -7, width, height: 15, rx: 7.5 }),
    svg("text", { class: "flag-text", x: box.width - width / 2 + 5, y: 4, "text-anchor": "middle" }, many),
  ];
}
