/** The page of a dry run: its timeline as a picture and as text. */

import { createHash } from "node:crypto";
import { escaped } from "../graph/page";
import type { DryRun } from "../protocol";

const STYLE = `
h1 { font-size: 1.2em; font-weight: 600; }
.wide { overflow-x: auto; }
img { display: block; min-width: 46em; max-width: none; width: 100%; background: #fff; border-radius: 4px; }
pre { font-family: var(--vscode-editor-font-family); font-size: calc(var(--vscode-editor-font-size) * 0.9); }
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
<div class="wide">${picture}</div>
<div class="wide"><pre>${escaped(text)}</pre></div>
${given(outputs)}
</body>
</html>`;
}

function given(outputs: unknown): string {
  if (outputs === null || outputs === undefined) return "";
  return `<h1>Outputs</h1>\n<div class="wide"><pre>${escaped(JSON.stringify(outputs, null, 2))}</pre></div>`;
}
