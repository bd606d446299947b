/** The picture as the page wants it, whoever made it: what is absent gets an empty value. */

/** Sound and complete data from what came. */
export function readPicture(data) {
  const run = data.run ?? {};
  const nodes = [...(data.clusters ?? []), ...(data.nodes ?? [])].map(readNode);
  return {
    name: data.name ?? "",
    description: data.description ?? "",
    version: data.version ?? "",
    inputs: data.inputs ?? [],
    outputs: data.outputs ?? [],
    notes: data.notes ?? [],
    direction: /^(down|tb)$/i.test(data.direction ?? "") ? "down" : "right",
    size: data.size,
    collapsed: data.collapsed,
    nodes,
    edges: data.edges ?? [],
    elapsed: run.elapsed ?? data.elapsed ?? null,
    frames: (run.frames ?? data.frames ?? []).map(readFrame),
    critical: new Set(
      run.critical ?? nodes.filter((node) => node.painted.critical).map((node) => node.id),
    ),
  };
}

function readNode(node) {
  const nested = typeof node.source === "object" && node.source !== null ? node.source : {};
  return {
    ...node,
    ...(node.box ?? {}),
    lines: node.lines ?? [],
    name: node.name || node.id.split(/[/!]/).pop(),
    kind: node.role && node.role !== "step" ? node.role : node.kind || "step",
    calls: node.kind ?? "",
    tags: node.tags ?? [],
    inputs: node.inputs ?? [],
    outputs: node.outputs ?? [],
    marks: node.marks ?? node.findings ?? [],
    painted: node.painted ?? node.overlay ?? {},
    file: nested.file ?? node.file ?? "",
    line: nested.line ?? node.line ?? 0,
    text: typeof node.source === "string" ? node.source : "",
  };
}

function readFrame(frame) {
  return { at: frame.at ?? 0, states: frame.states ?? frame.statuses ?? {} };
}

/** A value in a few words, whether it came as words or as data. */
export function words(value) {
  if (value === undefined || value === null || value === false || value === "") return "";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join(", ");
  const parts = Object.entries(value).map(([key, inner]) => [key.replaceAll("_", " "), words(inner)]);
  return parts.filter(([, inner]) => inner).map((part) => part.join(" ")).join(", ");
}

const UNITS = [
  ["d", 86_400_000_000],
  ["h", 3_600_000_000],
  ["m", 60_000_000],
  ["s", 1_000_000],
  ["ms", 1_000],
  ["µs", 1],
];

/** Microseconds as people write them, in the two largest units: `1h 5m`, `2.5s`. */
export function duration(time) {
  if (!time) return "0s";
  const at = UNITS.findIndex(([, size]) => time >= size);
  const [unit, size] = UNITS[Math.max(0, at)];
  if (size <= 1_000_000) return `${Number((time / size).toPrecision(4))}${unit}`;
  const rest = Math.round((time % size) / UNITS[at + 1][1]);
  return `${Math.floor(time / size)}${unit}${rest ? ` ${rest}${UNITS[at + 1][0]}` : ""}`;
}
