/** Which box of a graph stands for a place of the text. */

import type { Position, Range } from "vscode-languageserver-protocol";

type Ranges = Readonly<Record<string, Range>>;

/** The id of the innermost box whose range holds a position. */
export function innermost(ranges: Ranges, position: Position): string | undefined {
  let best: [string, Range] | undefined;
  for (const entry of Object.entries(ranges)) {
    const [, range] = entry;
    if (holds(range, position) && (best === undefined || within(range, best[1]))) best = entry;
  }
  return best?.[0];
}

function holds({ start, end }: Range, position: Position): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function within(inner: Range, outer: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
