/**
 * Where one looks at the picture from: pan and zoom by wheel, fingers, mouse, buttons and keys.
 *
 * While it moves, the picture is a layer of its own that the browser only shifts; it is painted
 * anew, and sharp, when it rests.
 */

import { calm } from "./dom.js";

const ZOOM = { least: 0.02, most: 3, step: 1.3 };
const REST = 140; // ms without a movement after which the picture is painted anew

export function createCamera(stage, root, { moved, rested }) {
  const camera = { x: 0, y: 0, k: 1, width: 1, height: 1, stage, root, moved, rested };
  camera.pointers = new Map();
  stage.addEventListener("wheel", (event) => wheeled(camera, event), { passive: false });
  stage.addEventListener("pointerdown", (event) => pressed(camera, event));
  stage.addEventListener("pointermove", (event) => dragged(camera, event));
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, (event) => released(camera, event));
  }
  stage.addEventListener("click", (event) => swallowed(camera, event), { capture: true });
  new ResizeObserver(() => shifted(camera)).observe(stage);
  return camera;
}

/** Moves the picture; all movements go through here, at most one a frame. */
function shifted(camera, patch = {}) {
  Object.assign(camera, patch);
  const { clientWidth: wide, clientHeight: high } = camera.stage;
  const held = (at, size, room) => Math.min(room - 60, Math.max(60 - size * camera.k, at));
  camera.x = held(camera.x, camera.width, wide);
  camera.y = held(camera.y, camera.height, high);
  camera.due ??= requestAnimationFrame(() => painted(camera));
}

function painted(camera) {
  camera.due = undefined;
  camera.root.classList.add("moving");
  camera.root.style.transform = `translate(${camera.x}px, ${camera.y}px) scale(${camera.k})`;
  camera.moved(camera);
  clearTimeout(camera.timer);
  camera.timer = setTimeout(() => atRest(camera), REST);
}

function atRest(camera) {
  camera.root.classList.remove("moving");
  camera.rested(camera);
}

/** Moves it without a glide. */
export function settledAt(camera, patch) {
  cancelAnimationFrame(camera.glide);
  shifted(camera, patch);
}

export function panned(camera, x, y) {
  glided(camera, { x: camera.x + x, y: camera.y + y, k: camera.k });
}

/** Zooms; the given point of the window, else its middle, stays where it is. */
export function zoomed(camera, factor, point, smooth = true) {
  const [px, py] = point ?? [camera.stage.clientWidth / 2, camera.stage.clientHeight / 2];
  const k = Math.min(ZOOM.most, Math.max(ZOOM.least, camera.k * factor));
  const to = { k, x: px - ((px - camera.x) * k) / camera.k, y: py - ((py - camera.y) * k) / camera.k };
  if (smooth) glided(camera, to);
  else shifted(camera, to);
}

export function zoomStep(camera, way) {
  zoomed(camera, way > 0 ? ZOOM.step : 1 / ZOOM.step);
}

/** Shows all of it. */
export function fit(camera, smooth = true) {
  const { clientWidth: wide, clientHeight: high } = camera.stage;
  const k = Math.max(ZOOM.least, Math.min(1.25, wide / camera.width, high / camera.height));
  const to = { k, x: (wide - camera.width * k) / 2, y: (high - camera.height * k) / 2 };
  if (smooth) glided(camera, to);
  else settledAt(camera, to);
}

/** The first look: all of it, or where that would be too small to see anything, its beginning. */
export function firstLook(camera, first) {
  fit(camera, false);
  if (camera.k >= 0.025 || !first) return;
  const [k, high] = [0.5, camera.stage.clientHeight];
  settledAt(camera, { k, x: 20 - first.x * k, y: high / 2 - first.y * k });
}

/** Brings a box into the middle, near enough to be read, if it is not in view already. */
export function shown(camera, box, always = false) {
  const { clientWidth: wide, clientHeight: high } = camera.stage;
  const at = onStage(camera, box);
  const inside = at.x >= 0 && at.y >= 0 && at.x + at.width <= wide && at.y + at.height <= high;
  if (inside && camera.k >= 0.5 && !always) return;
  const room = Math.min(wide / (box.width + 40), high / (box.height + 40));
  const k = Math.max(ZOOM.least, Math.min(room, Math.max(camera.k, 0.8)));
  const middle = [box.x + camera.margin + box.width / 2, box.y + camera.margin + box.height / 2];
  glided(camera, { k, x: wide / 2 - middle[0] * k, y: high / 2 - middle[1] * k });
}

/** Where a box of the picture is on the stage. */
export function onStage(camera, box) {
  return {
    x: camera.x + (box.x + camera.margin) * camera.k,
    y: camera.y + (box.y + camera.margin) * camera.k,
    width: box.width * camera.k,
    height: box.height * camera.k,
  };
}

/** Goes there within a moment; at once for those who want no motion. */
function glided(camera, to) {
  cancelAnimationFrame(camera.glide);
  if (calm()) return shifted(camera, to);
  const [from, start] = [{ x: camera.x, y: camera.y, k: camera.k }, performance.now()];
  const step = (now) => {
    const part = Math.min(1, Math.max(0, (now - start) / 180));
    const eased = 1 - (1 - part) ** 3;
    const between = (key) => from[key] + (to[key] - from[key]) * eased;
    shifted(camera, { x: between("x"), y: between("y"), k: between("k") });
    if (part < 1) camera.glide = requestAnimationFrame(step);
  };
  camera.glide = requestAnimationFrame(step);
}

function wheeled(camera, event) {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : 1;
  if (event.shiftKey) {
    shifted(camera, { x: camera.x - (event.deltaX || event.deltaY) * lines });
    return;
  }
  const speed = event.ctrlKey ? 0.01 : 0.0016; // a pinch on a touchpad arrives as ctrl and wheel
  const factor = Math.exp(-event.deltaY * lines * speed);
  zoomed(camera, factor, placeOf(camera, event), false);
}

function placeOf(camera, event) {
  const frame = camera.stage.getBoundingClientRect();
  return [event.clientX - frame.left, event.clientY - frame.top];
}

function pressed(camera, event) {
  if (event.button || event.target.closest(".floating")) return;
  cancelAnimationFrame(camera.glide);
  camera.pointers.set(event.pointerId, placeOf(camera, event));
  camera.travelled = 0;
}

function dragged(camera, event) {
  const before = camera.pointers.get(event.pointerId);
  if (!before) return;
  const now = placeOf(camera, event);
  camera.travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
  if (camera.travelled > 4) camera.stage.setPointerCapture(event.pointerId);
  const others = [...camera.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
  camera.pointers.set(event.pointerId, now);
  if (others.length) pinched(camera, before, now, others[0]);
  else shifted(camera, { x: camera.x + now[0] - before[0], y: camera.y + now[1] - before[1] });
}

function pinched(camera, before, now, other) {
  const apart = (at) => Math.max(1, Math.hypot(at[0] - other[0], at[1] - other[1]));
  const middle = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2];
  zoomed(camera, apart(now) / apart(before), middle, false);
}

function released(camera, event) {
  camera.pointers.delete(event.pointerId);
}

/** The click at the end of a drag is none. */
function swallowed(camera, event) {
  if (camera.travelled > 4) event.stopPropagation();
  camera.travelled = 0;
}
