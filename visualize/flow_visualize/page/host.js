/** Talking to an editor around the page, if there is one: which step is chosen, here and there. */

const editor = globalThis.acquireVsCodeApi?.();

export function tellHost(message) {
  if (editor) editor.postMessage(message);
  else if (window.parent !== window) window.parent.postMessage(message, "*");
}

export function inEditor() {
  return editor !== undefined;
}

/**
 * Calls back when the one around the page chooses a step, or has another picture of the pipeline.
 * Anything else is passed over. (An editor hides the window that it speaks from.)
 */
export function onHost({ select, replace }) {
  window.addEventListener("message", ({ data, source }) => {
    const ours = inEditor() || source === null || source === window || source === window.parent;
    if (!ours) return;
    if (data?.type === "flow.select" && typeof data.id === "string") select(data.id);
    if (data?.type === "flow.graph" && isObject(data.picture)) replace(data.picture);
  });
}

function isObject(data) {
  return typeof data === "object" && data !== null;
}

/** The theme of the editor, if it says one. */
export function hostTheme() {
  const names = document.body.classList;
  if (names.contains("vscode-light") || names.contains("vscode-high-contrast-light")) return "light";
  return names.contains("vscode-dark") || names.contains("vscode-high-contrast") ? "dark" : "";
}
