/** The manual pages of rules, as documents that nobody can edit. */

import { type TextDocumentContentProvider, Uri, commands, languages, window } from "vscode";
import type { Server } from "./server/server";

export const SCHEME = "flow-rule";
const CODE = /^FL\d{3}$/;

export class RulePages implements TextDocumentContentProvider {
  constructor(private readonly server: Server) {}

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const code = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    return this.server.command<string>("explain", code);
  }

  /** Opens the page of a rule; without a code, of what was found at the cursor, or of what is typed. */
  async open(code?: string): Promise<void> {
    const wanted = code ?? codeAtCursor() ?? (await asked());
    if (wanted) await commands.executeCommand("markdown.showPreview", pageOf(wanted));
  }
}

export function pageOf(code: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `/${code}.md` });
}

function codeAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  const found = editor && languages.getDiagnostics(editor.document.uri).find(({ range }) => range.contains(editor.selection.active));
  const code = typeof found?.code === "object" ? found.code.value : found?.code;
  return CODE.test(String(code)) ? String(code) : undefined;
}

function asked(): Thenable<string | undefined> {
  return window.showInputBox({
    title: "Explain a rule",
    placeHolder: "FL203",
    validateInput: (text) => (CODE.test(text) ? undefined : "A code is FL and three digits"),
  });
}
