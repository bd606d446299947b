/** Failures of scenarios as VS Code's test messages. */

import { TestMessage, TestMessageStackFrame, Uri } from "vscode";
import type { Failure } from "../protocol";
import { toLocation, toPosition } from "../ranges";

/** What the menu of a message asks for. */
const UNMET = "flow.unmet";

/** Each failure stands at its own line; what was compared can be laid side by side. */
export function told({ message, help, expected, found, location, about }: Failure): TestMessage {
  const text = help ? `${message}\n${help}` : message;
  const result = expected ? TestMessage.diff(text, expected, found) : new TestMessage(text);
  result.location = toLocation(location);
  if (expected) result.contextValue = UNMET;
  if (about.length) {
    result.stackTrace = about.map(
      (note) => new TestMessageStackFrame(note.message, Uri.parse(note.location.uri), toPosition(note.location.range.start)),
    );
  }
  return result;
}
