/** The panel beside the picture: everything that is known about the chosen step. */

import { byId, html, plain } from "./dom.js";
import { isGroup, neighbours } from "./graph.js";
import { duration, words } from "./reading.js";

/** Fills the panel for a step; `act` are the things that can be done from it. */
export function fillPanel({ graph, picture, state, status }, act) {
  const node = graph.nodes.get(state.chosen);
  const panel = byId("panel");
  panel.hidden = !node;
  if (!node) return;
  byId("panel-body").replaceChildren(
    ...[
      heading(node, status(node.id)),
      buttons(graph, node, state, act),
      prose(node.description),
      findings(node),
      rows("How it runs", behaviour(node)),
      rows("In this run", inRun(node, picture)),
      ports("Inputs", node.inputs),
      ports("Outputs", node.outputs),
      steps("Waits for", graph, neighbours(graph, node.id, "up"), act),
      steps("Waited for by", graph, neighbours(graph, node.id, "down"), act),
      missed(node),
      steps("Holds", graph, graph.children.get(node.id) ?? [], act),
      source(node, act),
    ].filter(Boolean),
  );
}

function heading(node, status) {
  const chips = [node.kind, node.calls !== node.kind && node.calls, ...node.tags.map((tag) => `tag:${tag}`)];
  return html(
    "header",
    {},
    html("h2", { id: "panel-title", tabindex: "-1" }, html("bdi", {}, node.name)),
    html("p", { class: "path" }, html("bdi", {}, node.id)),
    html(
      "p",
      { class: "chips" },
      status && html("span", { class: `chip is-${status.replace(/[^a-z_]/g, "")}` }, status),
      chips.filter(Boolean).map((chip) => html("span", { class: "chip" }, chip)),
    ),
  );
}

function buttons(graph, node, state, act) {
  const traces = (way) => state.trace === way || state.trace === "both";
  const toggle = (words, pressed, onclick, key) =>
    html("button", { type: "button", "aria-pressed": String(pressed), "aria-keyshortcuts": key, onclick }, words);
  return html(
    "p",
    { class: "buttons" },
    toggle("Upstream", traces("up"), () => act.trace("up"), "u"),
    toggle("Downstream", traces("down"), () => act.trace("down"), "d"),
    isGroup(graph, node.id) &&
      html(
        "button",
        { type: "button", onclick: () => act.toggle(node.id), "aria-keyshortcuts": "x" },
        state.collapsed.has(node.id) ? "Expand" : "Collapse",
      ),
    html("button", { type: "button", onclick: () => act.center(node.id) }, "Centre"),
    html("a", { class: "button", href: `#${new URLSearchParams({ step: node.id })}` }, "Link"),
  );
}

function prose(text) {
  return text && html("p", { class: "prose" }, text);
}

function findings(node) {
  if (!node.marks.length) return null;
  const one = (mark) =>
    html(
      "li",
      { class: `finding ${["error", "warning"].includes(mark.severity) ? mark.severity : "info"}` },
      html("strong", {}, [mark.severity, mark.code].filter(Boolean).join(" ")),
      " ",
      mark.message,
    );
  return section("Findings", html("ul", { class: "plain" }, node.marks.map(one)));
}

function missed(node) {
  const goals = node.painted.missed ?? [];
  return goals.length ? section("Not covered by tests", html("ul", { class: "plain" }, goals.map((goal) => html("li", {}, goal)))) : null;
}

function behaviour(node) {
  return [
    ["calls", node.component],
    ["when", node.when, true],
    ["for each", node.for_each, true],
    ["at most", node.max_parallel && `${node.max_parallel} at once`],
    ["repeat", node.repeat],
    ["timeout", node.timeout],
    ["retry", node.retry],
    ["catch", node.catch],
    ["compensate", node.compensate],
    ["errors", node.errors],
    ["writes", node.writes],
    ["holds", node.holds && `${node.holds} steps that are not drawn`],
  ];
}

function inRun(node, picture) {
  const { start, end, attempts, share, certainty, failure_rate: rate } = node.painted;
  const known = (value) => value !== undefined && value !== null;
  return [
    ["certainty", certainty && `${certainty === "wont" ? "will not" : certainty} run`],
    ["starts", known(start) && `after ${duration(start)}`],
    ["takes", known(start) && known(end) && duration(end - start)],
    ["attempts", attempts],
    ["share", share && `${(share * 100).toFixed(1)} % of the run`],
    ["fails", rate && `${(rate * 100).toFixed(1)} % of the time`],
    ["critical", picture.critical.has(node.id) && "on the critical path"],
    ["change", node.painted.change],
  ];
}

function rows(title, pairs) {
  const found = pairs.map(([key, value, code]) => [key, words(value), code]).filter((row) => row[1]);
  if (!found.length) return null;
  const row = ([key, value, code]) => [html("dt", {}, key), html("dd", {}, html(code ? "code" : "span", {}, value))];
  return section(title, html("dl", {}, found.flatMap(row)));
}

function ports(title, found) {
  if (!found.length) return null;
  const row = (port) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, html("bdi", {}, port.name), port.required === false && html("i", {}, " optional")),
      html("td", {}, html("code", {}, words(port.type) || "any")),
    );
  return section(title, html("table", {}, html("tbody", {}, found.map(row))));
}

const MOST = 40; // names in a list before the rest is only counted

function steps(title, graph, ids, act) {
  if (!ids.length) return null;
  const one = (id) =>
    html(
      "li",
      {},
      html("button", { type: "button", class: "step", onclick: () => act.go(id) }, html("bdi", {}, graph.nodes.get(id).name)),
    );
  const more = ids.length > MOST && html("li", {}, `and ${ids.length - MOST} more`);
  return section(title, html("ul", { class: "plain inline" }, ids.slice(0, MOST).map(one), more));
}

/** Where it stands. Only a relative name becomes a link: no other scheme, no other machine. */
function source(node, act) {
  if (!node.file && !node.text) return null;
  const place = node.line ? `${node.file}:${node.line}` : node.file;
  const relative = node.file && !/^([a-z][a-z0-9+.-]*:|[\\/])/i.test(node.file);
  const href = `${node.file.split("/").map(encodeURIComponent).join("/")}${node.line ? `#L${node.line}` : ""}`;
  const link = html("a", { href: relative ? href : undefined, onclick: (event) => act.open(node, event) }, place);
  return section("Source", node.file && html("p", {}, link), node.text && html("pre", { tabindex: "0" }, node.text));
}

function section(title, ...inside) {
  return html("section", {}, html("h3", {}, title), ...inside);
}

/** What a screen reader says when a step is chosen. */
export function spoken(graph, node, status) {
  const count = (way) => neighbours(graph, node.id, way).length;
  return [
    plain(node.name),
    isGroup(graph, node.id) ? "group" : node.kind,
    status,
    `waits for ${count("up")}, waited for by ${count("down")}`,
  ].filter(Boolean).join(", ");
}
