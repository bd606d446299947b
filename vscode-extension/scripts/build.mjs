/** Builds `dist/`: the extension in one file, grammars and snippets. `--watch` keeps at it. */

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { context } from "esbuild";
import { parse } from "yaml";
import { snippetFile } from "./snippets.mjs";

const root = new URL("../", import.meta.url);
const read = (name) => readFileSync(new URL(name, root), "utf8");

function write(name, text) {
  const file = new URL(`dist/${name}`, root);
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, text);
}

for (const name of readdirSync(new URL("grammars/", root))) {
  const grammar = parse(read(`grammars/${name}`));
  write(`grammars/${name.replace(/\.yaml$/, ".tmLanguage.json")}`, JSON.stringify(grammar));
}
for (const [name, source] of [["flow", "pipeline"], ["flowtest", "scenario"]]) {
  const text = read(`snippets/${source}.yaml`);
  write(`snippets/${name}.json`, snippetFile(text, false));
  write(`snippets/${name}-json.json`, snippetFile(text, true));
}

const watching = process.argv.includes("--watch");
const build = await context({
  absWorkingDir: new URL(".", root).pathname,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  minify: !watching,
  sourcemap: watching,
  legalComments: "none",
  logLevel: "warning",
});
if (watching) await build.watch();
else {
  await build.rebuild();
  await build.dispose();
}
