/** From the protocol's positions to VS Code's. */

import { Location, Position, Range, Uri } from "vscode";
import type * as plain from "vscode-languageserver-protocol";

export function toPosition({ line, character }: plain.Position): Position {
  return new Position(line, character);
}

export function toRange({ start, end }: plain.Range): Range {
  return new Range(toPosition(start), toPosition(end));
}

export function toLocation({ uri, range }: plain.Location): Location {
  return new Location(Uri.parse(uri), toRange(range));
}
