/** Plays a run: one event after the other, with the state after each. */

import { announce, byId } from "./dom.js";
import { duration } from "./reading.js";

const PAUSE = { least: 90, most: 1400, whole: 12_000 }; // ms: between two events, and in all

export function createPlayer({ picture, store }) {
  const player = { picture, store, last: picture.frames.length - 1 };
  byId("player").hidden = player.last < 0;
  if (player.last < 0) return player;
  const slider = byId("time");
  slider.max = String(picture.frames.length);
  slider.addEventListener("input", () => {
    store.change({ playing: false, frame: Number(slider.value) - 1 });
  });
  byId("play").addEventListener("click", () => playOrPause(player));
  byId("first").addEventListener("click", () => toEvent(player, -1));
  byId("previous").addEventListener("click", () => stepEvent(player, -1));
  byId("next").addEventListener("click", () => stepEvent(player, 1));
  byId("last").addEventListener("click", () => toEvent(player, player.last));
  byId("speed").addEventListener("change", (event) => {
    store.change({ speed: Number(event.target.value) });
  });
  store.watch(["frame", "playing"], (state, before) => shownEvent(player, state, before));
  store.watch(["playing", "speed"], () => scheduled(player));
  ticks(player);
  return player;
}

export function playOrPause(player) {
  if (player.last < 0) return;
  const { playing, frame } = player.store.state;
  if (!playing && frame >= player.last) player.store.change({ frame: -1 });
  player.store.change({ playing: !playing });
}

export function stepEvent(player, way) {
  toEvent(player, player.store.state.frame + way);
}

export function toEvent(player, frame) {
  if (player.last < 0) return;
  player.store.change({ playing: false, frame: Math.max(-1, Math.min(player.last, frame)) });
}

/** The next event after a pause in proportion to the time of the run, within bounds. */
function scheduled(player) {
  clearTimeout(player.timer);
  const { playing, frame, speed } = player.store.state;
  if (!playing) return;
  const frames = player.picture.frames;
  if (frame >= player.last) return player.store.change({ playing: false });
  const gap = frames[frame + 1].at - (frames[frame]?.at ?? 0);
  const share = (gap / Math.max(1, frames[player.last].at)) * PAUSE.whole;
  const pause = Math.min(PAUSE.most, Math.max(PAUSE.least, share)) / speed;
  player.timer = setTimeout(() => {
    player.store.change({ frame: frame + 1 });
    scheduled(player);
  }, pause);
}

export function shownEvent(player, state, before) {
  const frame = player.picture.frames[state.frame];
  const time = duration(frame?.at ?? 0);
  const slider = byId("time");
  slider.value = String(state.frame + 1);
  const text = `${time}, event ${state.frame + 1} of ${player.last + 1}`;
  slider.setAttribute("aria-valuetext", text);
  byId("clock").textContent = text;
  byId("play").textContent = state.playing ? "Pause" : "Play";
  byId("play").setAttribute("aria-pressed", String(state.playing));
  if (state.playing === before.playing && !state.playing) announce(`${text}: ${changes(player, frame)}`);
}

function changes(player, frame) {
  const found = Object.entries(frame?.states ?? {}).map(([id, status]) => `${id} ${status}`);
  return found.length > 4 ? `${found.slice(0, 4).join(", ")} and ${found.length - 4} more` : found.join(", ");
}

/** Where failures are, as marks over the slider. */
function ticks(player) {
  const strip = byId("ticks").getContext("2d");
  const { width, height } = strip.canvas;
  player.picture.frames.forEach((frame, at) => {
    const failed = Object.values(frame.states).includes("failed");
    if (!failed) return;
    strip.fillStyle = "#d1453b";
    strip.fillRect(((at + 1) / (player.last + 1)) * (width - 3), 0, 3, height);
  });
}
