/** The search box: words and `tag:`, `kind:`, `status:`; a list of what fits; Enter goes there. */

import { announce, byId, html } from "./dom.js";

const MOST = 12; // suggestions at a time

export function createSearch({ graph, store, act, status }) {
  const search = { graph, store, act, status, box: byId("query"), list: byId("found"), at: -1, items: [] };
  search.box.addEventListener("input", () => {
    store.change({ query: search.box.value });
    suggested(search);
  });
  search.box.addEventListener("focus", () => suggested(search));
  search.box.addEventListener("blur", () => closed(search));
  search.box.addEventListener("keydown", (event) => keyed(search, event));
  search.list.addEventListener("pointerdown", (event) => picked(search, event));
  store.watch(["query"], (state) => {
    if (search.box.value !== state.query) search.box.value = state.query;
  });
  return search;
}

/** What could be asked next: filters while there is no word yet, steps once there is one. */
function suggested(search) {
  const text = search.box.value;
  const last = text.split(/\s+/).pop().toLowerCase();
  const filters = /^(tag|kind|status):|^$/.test(last) || !last ? filtersFor(search, last) : [];
  const matched = search.act.matched();
  const steps = [...(matched ?? [])].slice(0, MOST).map((id) => ({ id }));
  search.items = [...(text && !last ? [] : filters), ...(text ? steps : [])].slice(0, MOST);
  search.at = -1;
  shownList(search);
  byId("count").textContent = matched ? `${matched.size} of ${search.graph.nodes.size}` : "";
}

/** Each filter that some step answers to, the commonest first. */
function filtersFor(search, start) {
  const counts = new Map();
  const add = (filter) => counts.set(filter, (counts.get(filter) ?? 0) + 1);
  for (const node of search.graph.nodes.values()) {
    for (const tag of node.tags) if (!/\s/.test(tag)) add(`tag:${tag}`);
    add(`kind:${node.kind}`);
    const status = search.status(node.id);
    if (status) add(`status:${status}`);
  }
  const found = [...counts].filter(([filter]) => filter.startsWith(start) && filter !== start);
  return found.sort((one, other) => other[1] - one[1]).map(([filter, count]) => ({ filter, count }));
}

function shownList(search) {
  const items = search.items.map((item, at) =>
    html(
      "li",
      { role: "option", id: `option-${at}`, "aria-selected": String(at === search.at) },
      html("bdi", {}, item.filter ?? search.graph.nodes.get(item.id).name),
      html("small", {}, ` ${item.filter ? item.count : pathOf(search.graph, item.id)}`),
    ),
  );
  search.list.replaceChildren(...items);
  const open = items.length > 0 && document.activeElement === search.box;
  search.list.hidden = !open;
  search.box.setAttribute("aria-expanded", String(open));
  if (search.at >= 0) search.box.setAttribute("aria-activedescendant", `option-${search.at}`);
  else search.box.removeAttribute("aria-activedescendant");
}

/** Where a step is, if its name does not say so already. */
function pathOf(graph, id) {
  return graph.nodes.get(id).name === id ? "" : id;
}

function closed(search) {
  search.items = [];
  search.list.hidden = true;
  search.box.setAttribute("aria-expanded", "false");
}

function keyed(search, event) {
  const many = search.items.length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!many) return;
    const way = event.key === "ArrowDown" ? 1 : -1;
    search.at = (search.at + way + many + (search.at < 0 && way < 0 ? 1 : 0)) % many;
    shownList(search);
  } else if (event.key === "Enter") {
    if (search.at >= 0) taken(search, search.items[search.at]);
    else {
      closed(search);
      nextMatch(search, event.shiftKey ? -1 : 1);
    }
  } else if (event.key === "Escape" && (search.box.value || many)) {
    closed(search);
    if (search.box.value) clearSearch(search);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function picked(search, event) {
  const option = event.target.closest("[role=option]");
  event.preventDefault(); // the box keeps the focus
  if (option) taken(search, search.items[[...search.list.children].indexOf(option)]);
}

function taken(search, item) {
  if (item.id !== undefined) {
    closed(search);
    search.act.go(item.id, { focus: true });
    return;
  }
  const before = search.box.value.split(/\s+/).slice(0, -1);
  search.box.value = [...before, item.filter, ""].join(" ");
  search.store.change({ query: search.box.value });
  suggested(search);
}

export function clearSearch(search) {
  search.box.value = "";
  search.store.change({ query: "", only: false });
  byId("count").textContent = "";
}

/** Goes from match to match, round and round. */
export function nextMatch(search, way) {
  const found = [...(search.act.matched() ?? [])];
  if (!found.length) return announce("no step matches");
  const at = found.indexOf(search.store.state.chosen);
  const next = at < 0 ? (way > 0 ? 0 : found.length - 1) : (at + way + found.length) % found.length;
  search.act.go(found[next]);
  byId("count").textContent = `${next + 1} of ${found.length}`;
}
