/** What the tests have in common: files of the workspace, and waiting for what comes by itself. */

const vscode = require("vscode");

const ID = "flow-pipelines.flow-pipelines";

/** The extension's parts, once its server runs. */
exports.running = async () => {
  const parts = await vscode.extensions.getExtension(ID).activate();
  await exports.until(() => parts.server.state.kind === "running", () => JSON.stringify(parts.server.state));
  return parts;
};

exports.parts = () => vscode.extensions.getExtension(ID).activate();

exports.uri = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

exports.open = async (name) => {
  const document = await vscode.workspace.openTextDocument(exports.uri(name));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
};

/** The position of a text in a document; `at` moves it. */
exports.position = (document, text, at = 0) => {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`no ${text} in ${document.uri}`);
  return document.positionAt(offset + at);
};

/** Waits until something holds; what it gives then. */
exports.until = async (holds, told = () => "") => {
  for (let left = 200; left; left--) {
    const found = await holds();
    if (found) return found;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`waited in vain: ${holds} ${told()}`);
};

exports.command = vscode.commands.executeCommand;

/** Replaces all of a document's text, and gives what it was. */
exports.replace = async (editor, text) => {
  const { document } = editor;
  const before = document.getText();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  await editor.edit((edit) => edit.replace(all, text));
  return before;
};
