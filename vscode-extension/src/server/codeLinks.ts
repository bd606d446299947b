/** Makes the code of a finding a link to the page of its rule, wherever the editor shows it. */

import { type Diagnostic, Uri } from "vscode";

/** The same diagnostics: others know them by identity. */
export function linked(diagnostics: Diagnostic[]): Diagnostic[] {
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    if (typeof code === "string") diagnostic.code = { value: code, target: explaining(code) };
  }
  return diagnostics;
}

function explaining(code: string): Uri {
  return Uri.parse(`command:flow.explainRule?${encodeURIComponent(JSON.stringify([code]))}`);
}
