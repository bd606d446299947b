/** The picture as a file: SVG that stands for itself, or PNG painted from it. */

import { announce } from "./dom.js";

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
];
const LARGEST = 8192; // pixels of a side that every browser paints

/** The SVG of what is shown; with a frame (x, y, width, height) only of that part. */
export function standalone(root, frame) {
  const copy = root.cloneNode(true);
  const [from, to] = [root.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((element, at) => styled(element, to[at]));
  for (const name of ["class", "style", "id", "aria-describedby"]) copy.removeAttribute(name);
  copy.setAttribute("role", "img");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const box = frame ?? copy.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("viewBox", box.map((figure) => figure.toFixed(1)).join(" "));
  copy.setAttribute("width", box[2].toFixed(0));
  copy.setAttribute("height", box[3].toFixed(0));
  copy.prepend(ground(box));
  return new XMLSerializer().serializeToString(copy);
}

/** Writes down what the style sheet says, and leaves out what only the page needs. */
function styled(element, copy) {
  const style = getComputedStyle(element);
  if (style.display === "none") return copy.setAttribute("display", "none");
  if (element.localName !== "g" || style.opacity !== "1") {
    for (const name of element.localName === "g" ? ["opacity"] : STYLES) {
      copy.setAttribute(name, style.getPropertyValue(name));
    }
  }
  for (const name of ["class", "tabindex", "role", "data-id", "aria-pressed", "aria-expanded"]) {
    copy.removeAttribute(name);
  }
}

function ground([x, y, width, height]) {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const fill = getComputedStyle(document.body).backgroundColor;
  for (const [name, value] of Object.entries({ x, y, width, height, fill })) rect.setAttribute(name, value);
  return rect;
}

export function saveSvg(root, name, frame) {
  saved(new Blob([standalone(root, frame)], { type: "image/svg+xml" }), `${name}.svg`);
}

export async function savePng(root, name, frame) {
  const text = standalone(root, frame);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(2, LARGEST / image.width, LARGEST / image.height);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  saved(blob, `${name}.png`);
}

function saved(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replace(/[^\w.-]+/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(`${link.download} saved`);
}
