/** Snippets as VS Code wants them, for YAML and for JSON, from one readable source. */

import { parse } from "yaml";

const PLACE = /\$\{(\d+):([^{}]*)\}|\$\{(\d+)\|([^|]*)\|\}/g;
const LAST = /\$0\n?/g;

/** The snippets of a source, as the text of VS Code's file. */
export function snippetFile(source, json) {
  const entries = Object.entries(parse(source)).map(([name, snippet]) => [
    name,
    {
      prefix: name,
      description: snippet.description,
      body: (json ? jsonBody(snippet) : yamlBody(snippet)).split("\n"),
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries), null, 1);
}

function yamlBody({ body }) {
  return body.trimEnd().replaceAll("${{", "\\${{");
}

/** The same data in JSON. Places to fill in are words while the body is read as YAML. */
export function jsonBody({ body, in: where }) {
  const places = [];
  const worded = body.replace(LAST, "").replace(PLACE, (place) => `PLACE${places.push(place) - 1}E`);
  let text = JSON.stringify(parse(worded), null, 2);
  if (where !== "file") text = text.split("\n").slice(1, -1).map((line) => line.slice(2)).join("\n");
  text = text.replaceAll("${{", "\\${{");
  text = text.replace(/"PLACE(\d+)E"(?!:)/g, (quoted, at) => (isString(places[at]) ? quoted : places[at]));
  text = text.replace(/PLACE(\d+)E/g, (_, at) => places[at]);
  return where === "file" ? `${text}\n$0` : text;
}

function isString(place) {
  return typeof parse(filled(place)) === "string";
}

/** A body with each place holding what it offers. */
export function filled(body) {
  const offers = (place, _, offered, __, choice) => offered ?? choice.split(",")[0];
  return body.replace(LAST, "").replace(PLACE, offers).replaceAll("\\${{", "${{");
}
