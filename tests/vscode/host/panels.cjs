/** What the extension adds to the editor: graph, dry runs, pages, tasks, status. */

const assert = require("node:assert");
const { mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const vscode = require("vscode");
const { command, open, parts, position, replace, running, until } = require("./tools.cjs");

const ORDER = "order-processing/order.flow.yaml";

/** The graph of a pipeline once it is shown, and what its page tells. */
async function graph(name) {
  await running();
  const editor = await open(name);
  const preview = await command("flow.showGraph");
  const heard = [];
  preview.panel.webview.onDidReceiveMessage((message) => heard.push(message));
  await until(() => preview.shown);
  return { editor, preview, heard };
}

/** Chooses a box as a person's click does, once the page can hear. */
async function chosen({ preview, heard }, id) {
  await until(async () => {
    await preview.panel.webview.postMessage({ type: "flow.select", id });
    return heard.some((message) => message.type === "flow.select" && message.id === id);
  });
}

async function restored(setting) {
  await vscode.workspace.getConfiguration("flow").update(setting, undefined, vscode.ConfigurationTarget.Workspace);
  await running();
}

module.exports = {
  "the graph opens beside the text and knows where its boxes are": async () => {
    const { editor, preview } = await graph(ORDER);
    const { start } = preview.shown.ranges.charge;
    assert.equal(editor.document.lineAt(start.line).text.trim(), "charge:");
  },

  "a box that is chosen in the graph is shown in the text": async () => {
    const found = await graph(ORDER);
    await chosen(found, "pick");
    const line = position(found.editor.document, "  pick:").line;
    await until(() => found.editor.selection.active.line === line);
  },

  "the cursor's step is chosen in the graph": async () => {
    const { editor, preview, heard } = await graph(ORDER);
    const place = position(editor.document, "uses: warehouse.label");
    await until(() => {
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      editor.selection = new vscode.Selection(place, place);
      return heard.some(({ id }) => id === "label");
    });
    assert.ok(preview.shown);
  },

  "the graph follows a change, and survives broken text": async () => {
    const { editor, preview } = await graph(ORDER);
    const text = editor.document.getText();
    const before = await replace(editor, text.replace("\n  label:\n", "\n  sticker:\n"));
    await until(() => "sticker" in preview.shown.ranges, () => Object.keys(preview.shown.ranges));
    await replace(editor, text.replace("\n  label:\n", "\n  label: [\n"));
    await until(() => preview.shown.stale.length === 1 && "charge" in preview.shown.ranges, () => preview.shown.stale);
    await replace(editor, before);
    await command("workbench.action.files.revert");
  },

  "the graph follows the editor unless it is locked": async () => {
    const { preview } = await graph(ORDER);
    await open("etl/etl.flow.yaml");
    await until(() => preview.uri.path.endsWith("etl.flow.yaml") && preview.shown);
    await preview.lock(true);
    assert.match(preview.panel.title, /locked/);
    await open(ORDER);
    assert.ok(preview.uri.path.endsWith("etl.flow.yaml"));
    preview.panel.dispose();
  },

  "a dry run is shown with its timeline": async () => {
    await running();
    await open(ORDER);
    const result = await command("flow.dryRun");
    assert.equal(typeof result.status, "string");
    assert.match(result.text, /validate/);
    assert.match(result.svg, /^<svg/);
  },

  "the page of a rule is a document": async () => {
    await running();
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("flow-rule:/FL203.md"));
    assert.match(page.getText(), /FL203/);
    await command("flow.explainRule", "FL203");
  },

  "references of a lens are shown": async () => {
    await running();
    const { document } = await open(ORDER);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
    await command("flow.showReferences", document.uri.toString(), range.start, [{ uri: document.uri.toString(), range }]);
    await command("closeReferenceSearch");
  },

  "the whole workspace is checked": async () => {
    await running();
    const counts = await command("flow.validateWorkspace");
    assert.ok(counts.files > 10 && counts.errors > 0, JSON.stringify(counts));
  },

  "a task runs flow validate": async () => {
    await running();
    const [task] = await vscode.tasks.fetchTasks({ type: "flow" });
    assert.equal(task.definition.command, "validate");
    const ended = new Promise((resolve) => {
      vscode.tasks.onDidEndTaskProcess((event) => { if (event.execution.task.name === task.name) resolve(event.exitCode); });
    });
    await vscode.tasks.executeTask(task);
    const code = await ended;
    assert.equal(code, 0, "the examples are clean but for those that their settings leave out");
  },

  "a server that is killed comes back": async () => {
    const { server } = await running();
    const { process } = server.running;
    process.child.kill("SIGKILL");
    await until(() => server.running?.process !== process && server.state.kind === "running", () => JSON.stringify(server.state));
    const { document } = await open(ORDER);
    assert.ok((await command("vscode.executeFoldingRangeProvider", document.uri)).length > 0);
  },

  "without a Python it is said what was tried, and why it failed": async () => {
    const { server } = await parts();
    const settings = vscode.workspace.getConfiguration("flow");
    await settings.update("pythonPath", "/nowhere/python", vscode.ConfigurationTarget.Workspace);
    await until(() => server.state.kind === "failed", () => JSON.stringify(server.state));
    assert.deepEqual(server.state.details, ["/nowhere/python (setting flow.pythonPath): there is no such program"]);
    await assert.rejects(server.command("status"), /no Python with Flow was found/);
    await restored("pythonPath");
  },

  "the flow command itself can start the server": async () => {
    const { server } = await running();
    await vscode.workspace.getConfiguration("flow").update("path", ".venv/bin/flow", vscode.ConfigurationTarget.Workspace);
    await until(() => server.state.kind === "running" && server.state.with.isFlow, () => JSON.stringify(server.state));
    assert.ok((await server.command("status")).version);
    await restored("path");
  },

  "of a server that can't start it is said how it ended, and its last words": async () => {
    const { server } = await parts();
    const program = join(mkdtempSync(join(tmpdir(), "flow-python-")), "python");
    const about = JSON.stringify({ python: "3.12.0", flow: "9.9", missing: "" });
    writeFileSync(program, `#!/bin/sh\n[ "$1" = -c ] && echo '${about}' && exit\necho boom >&2\nexit 3\n`, { mode: 0o755 });
    await vscode.workspace.getConfiguration("flow").update("pythonPath", program, vscode.ConfigurationTarget.Workspace);
    await until(() => server.state.kind === "failed", () => JSON.stringify(server.state));
    assert.match(server.state.reason, /ended with exit code 3/);
    assert.ok(server.state.details.includes("boom"), server.state.details.join());
    await restored("pythonPath");
  },

  "a graph that was opened without a server comes with it": async () => {
    const { server } = await running();
    await server.stop();
    await open(ORDER);
    const preview = await command("flow.showGraph");
    await until(() => !preview.shown);
    await command("flow.restartServer");
    await until(() => preview.shown);
  },

  "nothing of all this is left unsaved": async () => {
    const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
    assert.deepEqual(dirty.map(({ uri }) => String(uri)), []);
  },

  afterReload: {
    "graphs come back after a reload": async () => {
      const { previews } = await running();
      const [preview] = await until(() => previews.panels.length && previews.panels);
      preview.panel.reveal();
      await until(() => preview.shown);
      assert.ok(preview.uri.path.endsWith(ORDER));
    },
  },
};
