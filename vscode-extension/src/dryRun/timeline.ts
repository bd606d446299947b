/** The page of a dry run: its timeline as a picture and as text. */

import { createHash } from "node:crypto";
import { escaped } from "../graph/page";
import type { DryRun } from "../protocol";

const STYLE = `
body { padding: 0 1em 1em; }
img { max-width: 100%; background: #fff; border-radius: 4px; }
pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); overflow-x: auto; }
`;

/** The picture is shown as an image, in which no script runs. */
export function timeline(title: string, { svg, text, outputs }: DryRun): string {
  const style = createHash("sha256").update(STYLE).digest("base64");
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${style}'`;
  const picture = svg && `<img alt="Timeline of the run" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${picture}
<pre>${escaped(text)}</pre>
${given(outputs)}
</body>
</html>`;
}

function given(outputs: unknown): string {
  if (outputs === null || outputs === undefined) return "";
  return `<h2>Outputs</h2>\n<pre>${escaped(JSON.stringify(outputs, null, 2))}</pre>`;
}
