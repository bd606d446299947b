/** Making elements. Text always goes in as text, so no name is ever read as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Characters that would change how the text around them reads: shown by their number instead. */
const TRICKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export function plain(text) {
  const code = (sign) => `\\u{${sign.codePointAt(0).toString(16).toUpperCase()}}`;
  return String(text ?? "").replace(TRICKS, code);
}

/** An HTML element; properties that start with `on` are listeners, the others attributes. */
export function html(tag, attributes = {}, ...inside) {
  return filled(document.createElement(tag), attributes, inside);
}

export function svg(tag, attributes = {}, ...inside) {
  return filled(document.createElementNS(SVG, tag), attributes, inside);
}

export function byId(id) {
  return document.getElementById(id);
}

function filled(element, attributes, inside) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : plain(value));
  }
  for (const part of inside.flat()) {
    if (part === undefined || part === null || part === false || part === "") continue;
    element.append(part instanceof Node ? part : plain(part));
  }
  return element;
}

/** Says it to those who listen instead of looking. */
export function announce(words) {
  byId("said").textContent = plain(words);
}

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
