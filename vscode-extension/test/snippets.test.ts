import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { filled, jsonBody, snippetFile } from "../scripts/snippets.mjs";

interface Snippet {
  readonly in: string;
  readonly body: string;
}

const sources = ["pipeline", "scenario"].map((name) => readFileSync(`snippets/${name}.yaml`, "utf8"));
const all = sources.flatMap((source) => Object.entries(parse(source) as Record<string, Snippet>));

/** A part of an object is no JSON by itself. */
function jsonData(snippet: Snippet): unknown {
  const text = filled(jsonBody(snippet));
  return JSON.parse(snippet.in === "file" ? text : `{${text}}`);
}

describe("snippets", () => {
  it.each(all)("%s means the same in JSON as in YAML", (_, snippet) => {
    expect(jsonData(snippet)).toEqual(parse(filled(snippet.body)));
  });

  it("leave expressions as they are, and places to fill in open", () => {
    const source = "poll:\n  description: d\n  in: step\n  body: |\n    when: ${{ ${1:inputs.fast} }}\n    n: ${2:10}\n";
    const bodies = [false, true].map((json) => (JSON.parse(snippetFile(source, json)) as { poll: { body: string[] } }).poll.body);
    expect(bodies).toEqual([
      ["when: \\${{ ${1:inputs.fast} }}", "n: ${2:10}"],
      ['"when": "\\${{ ${1:inputs.fast} }}",', '"n": ${2:10}'],
    ]);
  });
});
