/** The name of the box under the pointer, where it is too small to be read on the box. */

import { byId, plain } from "./dom.js";

export function createTip(stage, { graph, wanted, status }) {
  const tip = byId("tip");
  stage.addEventListener("pointermove", (event) => {
    const id = event.target.closest?.("[data-id]")?.dataset.id;
    tip.hidden = id === undefined || !wanted() || event.buttons > 0;
    if (tip.hidden) return;
    tip.textContent = [plain(graph.nodes.get(id).name), plain(status(id))].filter(Boolean).join(" · ");
    placed(tip, event, stage);
  });
  stage.addEventListener("pointerleave", () => (tip.hidden = true));
}

function placed(tip, event, stage) {
  const frame = stage.getBoundingClientRect();
  const x = Math.min(event.clientX - frame.left + 14, frame.width - tip.offsetWidth - 8);
  const y = Math.min(event.clientY - frame.top + 18, frame.height - tip.offsetHeight - 8);
  tip.style.transform = `translate(${x}px, ${y}px)`;
}
