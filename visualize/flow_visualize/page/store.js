/** What the reader has chosen, in one place; and its short form in the page's address. */

const START = {
  collapsed: new Set(),
  chosen: "", // the step in the panel
  trace: "", // "up", "down" or "both" from the chosen step
  critical: false, // whether the critical path is lit
  query: "",
  only: false, // whether what does not match is left out instead of dimmed
  frame: -1, // the event of the run that is shown last; -1 where there is no run
  playing: false,
  speed: 1,
  theme: "auto",
};

/** Holds the state; `watch(keys, fn)` calls back once a change of one of them is complete. */
export function createStore() {
  const store = { state: { ...START }, watchers: [] };
  store.watch = (keys, tell) => store.watchers.push({ keys, tell });
  store.change = (patch) => {
    const keys = Object.keys(patch).filter((key) => store.state[key] !== patch[key]);
    if (!keys.length) return;
    const before = store.state;
    store.state = { ...before, ...patch };
    for (const watcher of store.watchers) {
      if (watcher.keys.some((key) => keys.includes(key))) watcher.tell(store.state, before);
    }
  };
  return store;
}

/** `step=a/b&trace=up`: only what differs from how the page opens. */
export function toAddress(state, opened) {
  const parts = new URLSearchParams();
  if (state.chosen) parts.set("step", state.chosen);
  for (const key of ["trace", "query"]) if (state[key]) parts.set(key, state[key]);
  for (const key of ["critical", "only"]) if (state[key]) parts.set(key, "1");
  if (state.theme !== "auto") parts.set("theme", state.theme);
  if (state.frame !== opened.frame) parts.set("event", String(state.frame + 1));
  if (!sameSet(state.collapsed, opened.collapsed)) {
    for (const id of state.collapsed) parts.append("closed", id);
    if (!state.collapsed.size) parts.set("closed", "");
  }
  return parts.toString();
}

function sameSet(one, other) {
  return one.size === other.size && [...one].every((item) => other.has(item));
}

/** The patch that an address asks for. What it names and is not there is passed over. */
export function fromAddress(address, { graph, opened, frames }) {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const closed = parts.getAll("closed").filter((id) => graph.children.has(id));
  const event = Number.parseInt(parts.get("event") ?? "", 10);
  const one = (key, allowed, otherwise) =>
    allowed.includes(parts.get(key)) ? parts.get(key) : otherwise;
  return {
    chosen: graph.nodes.has(parts.get("step")) ? parts.get("step") : "",
    trace: one("trace", ["up", "down", "both"], ""),
    query: parts.get("query") ?? "",
    critical: parts.get("critical") === "1",
    only: parts.get("only") === "1",
    theme: one("theme", ["light", "dark"], "auto"),
    frame: event >= 0 ? Math.min(event, frames) - 1 : opened.frame,
    collapsed: parts.has("closed") ? new Set(closed) : opened.collapsed,
  };
}
