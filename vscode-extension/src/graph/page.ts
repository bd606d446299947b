/** The page of a graph as a webview holds it. */

import { createHash } from "node:crypto";

/** What is needed to show the same again after the window was reloaded. */
export interface Kept {
  readonly uri: string;
  readonly locked: boolean;
}

/**
 * The page with one more script, which keeps `kept` for a reload. The page's policy allows scripts by
 * their hashes, so it gets the hash of this one.
 */
export function hosted(page: string, kept: Kept): string {
  const script = keeping(kept);
  return page
    .replace("script-src ", () => `script-src '${hash(script)}' `)
    .replace("</head>", () => `<script>${script}</script>\n</head>`);
}

/** VS Code gives its interface once, and the page wants it too. */
function keeping(kept: Kept): string {
  return `{
  const editor = acquireVsCodeApi();
  editor.setState(${scriptData(kept)});
  globalThis.acquireVsCodeApi = () => editor;
}`;
}

/** JSON that nothing can end the script with. */
function scriptData(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** A page that says one thing, in the colours of the editor. */
export function notice(text: string): string {
  const style = "body { padding: 1em; } p { white-space: pre-wrap; }";
  const policy = `default-src 'none'; script-src ; style-src '${hash(style)}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Flow</title>
<style>${style}</style>
</head>
<body><p>${escaped(text)}</p></body>
</html>`;
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
