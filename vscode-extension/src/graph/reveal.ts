/** Shows in the text what was chosen in a graph. */

import {
  type Disposable,
  Range,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  ThemeColor,
  type Uri,
  ViewColumn,
  window,
} from "vscode";

const light = window.createTextEditorDecorationType({
  backgroundColor: new ThemeColor("editor.rangeHighlightBackground"),
  isWholeLine: true,
});

/** Puts the cursor at the start of a range and lights the range, until the cursor moves. */
export async function reveal(uri: Uri, range: Range, { focus }: { readonly focus: boolean }): Promise<void> {
  const editor = visible(uri) ?? (focus ? await opened(uri) : undefined);
  if (!editor) return;
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  editor.setDecorations(light, [range]);
  putOutLater(editor, range);
  if (focus) await window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? ViewColumn.One });
}

function visible(uri: Uri): TextEditor | undefined {
  return window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
}

function opened(uri: Uri): Thenable<TextEditor> {
  return window.showTextDocument(uri, { viewColumn: ViewColumn.One });
}

let watching: Disposable | undefined;

function putOutLater(editor: TextEditor, { start }: Range): void {
  watching?.dispose();
  watching = window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    if (textEditor !== editor || selections[0]?.active.isEqual(start)) return;
    editor.setDecorations(light, []);
    watching?.dispose();
  });
}
