/** What a person sees while editing: the language, findings, completion, names. */

const assert = require("node:assert");
const vscode = require("vscode");
const { command, open, position, replace, running, until, uri } = require("./tools.cjs");

const ORDER = "order-processing/order.flow.yaml";

const findings = (document) => vscode.languages.getDiagnostics(document.uri);
const codes = (document) => findings(document).map(({ code }) => code?.value ?? code);
const text = (hovers) => hovers.flatMap(({ contents }) => contents.map((part) => part.value ?? part)).join("\n");
const name = (label) => label.label ?? label;
const SNIPPET = vscode.CompletionItemKind.Snippet;
const relative = (found) => vscode.workspace.asRelativePath(found);

async function at(file, place, shift = 0) {
  const { document } = await open(file);
  return [document.uri, position(document, place, shift)];
}

/** Types as a person does, at a place of a new document. */
async function typed(before, keys) {
  const document = await vscode.workspace.openTextDocument({ language: "flow", content: before });
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const end = document.positionAt(before.length);
  editor.selection = new vscode.Selection(end, end);
  for (const key of keys) await command("type", { text: key });
  return editor;
}

async function closed() {
  await command("workbench.action.revertAndCloseActiveEditor");
}

module.exports = {
  "the server starts with the workspace's environment": async () => {
    const { server } = await running();
    assert.equal(server.state.with.source, ".venv of workspace");
  },

  "files have the languages of Flow": async () => {
    const names = {
      [ORDER]: "flow",
      "order-processing/components/notify.flow.json": "flow-json",
      "order-processing/tests/order.flowtest.yaml": "flowtest",
    };
    for (const [file, language] of Object.entries(names)) assert.equal((await open(file)).document.languageId, language);
  },

  "findings come with a change and go with its undoing": async () => {
    const editor = await open(ORDER);
    await until(() => findings(editor.document).length === 0);
    const before = await replace(editor, editor.document.getText().replace("inputs.order.customer.email", "inputs.order.custommer.email"));
    await until(() => codes(editor.document).includes("FL305"), () => codes(editor.document));
    await replace(editor, before);
    await until(() => findings(editor.document).length === 0, () => codes(editor.document));
    await closed();
  },

  "the code of a finding leads to the page of its rule": async () => {
    const { document } = await open("order-processing/broken/order.flow.yaml");
    const [{ code }] = await until(() => findings(document).length && findings(document));
    assert.equal(code.target.scheme, "command");
    assert.deepEqual(JSON.parse(code.target.query), [code.value]);
  },

  "findings of files that are not open are shown too": async () => {
    const broken = uri("etl/broken/etl.flow.yaml");
    await until(() => vscode.languages.getDiagnostics(broken).length > 0);
  },

  "a fix is offered and mends the text": async () => {
    const { document } = await open("order-processing/broken/order.flow.yaml");
    await until(() => findings(document).length > 0);
    const fixes = await until(async () => {
      for (const { range } of findings(document)) {
        const found = await command("vscode.executeCodeActionProvider", document.uri, range, vscode.CodeActionKind.QuickFix.value);
        const edits = found.filter(({ edit }) => edit?.size);
        if (edits.length) return edits;
      }
      return undefined;
    });
    assert.ok(await vscode.workspace.applyEdit(fixes[0].edit));
    await closed();
  },

  "completion knows the names of steps and their outputs": async () => {
    const editor = await open(ORDER);
    const place = position(editor.document, "steps.charge.outputs.receipt.id", "steps.charge.outputs.".length);
    const list = await command("vscode.executeCompletionItemProvider", editor.document.uri, place);
    assert.ok(list.items.some(({ label }) => name(label) === "receipt"), JSON.stringify(list.items.slice(0, 9)));
  },

  "completion offers the keys of a step": async () => {
    const editor = await typed("flow: 1\nname: t\nsteps:\n  a:\n    uses: std.log\n    ret", "");
    const end = editor.selection.active;
    const list = await until(async () => {
      const found = await command("vscode.executeCompletionItemProvider", editor.document.uri, end);
      return found.items.length && found;
    });
    assert.ok(list.items.some(({ label, kind }) => name(label) === "retry" && kind !== SNIPPET), list.items.map(({ label }) => name(label)).join());
    await closed();
  },

  "hover tells what a component is": async () => {
    const hovers = await command("vscode.executeHoverProvider", ...(await at(ORDER, "payments.charge@", 10)));
    assert.match(text(hovers), /receipt/);
  },

  "a definition leads into Python": async () => {
    const found = await command("vscode.executeDefinitionProvider", ...(await at(ORDER, "shop.validate_order", 8)));
    const [{ uri: file, targetUri }] = found;
    assert.equal(relative(targetUri ?? file), "order-processing/shop/steps.py");
  },

  "references of a step stand in expressions too": async () => {
    const found = await command("vscode.executeReferenceProvider", ...(await at(ORDER, "  charge:", 3)));
    const lines = found.filter(({ uri: file }) => relative(file) === ORDER).length;
    assert.ok(lines >= 4, `${lines} references`);
  },

  "rename of a component changes all files that use it": async () => {
    const place = await at("order-processing/components/warehouse.flow.yaml", "  reserve:", 3);
    const edit = await command("vscode.executeDocumentRenameProvider", ...place, "put_aside");
    const files = edit.entries().map(([file]) => relative(file));
    assert.ok(files.includes(ORDER), files.join());
    assert.ok(files.includes("order-processing/components/warehouse.flow.yaml"), files.join());
    assert.ok(files.includes("order-processing/tests/order.flowtest.yaml"), files.join());
  },

  "the outline has the steps": async () => {
    const { document } = await open(ORDER);
    const symbols = await command("vscode.executeDocumentSymbolProvider", document.uri);
    const all = symbols.flatMap(function below(symbol) { return [symbol.name, ...symbol.children.flatMap(below)]; });
    for (const name of ["charge", "ship", "close"]) assert.ok(all.includes(name), all.join());
  },

  "semantic tokens, hints, lenses, folds and links are there": async () => {
    const { document } = await open(ORDER);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const tokens = await command("vscode.provideDocumentSemanticTokens", document.uri);
    assert.ok(tokens?.data.length > 100);
    assert.ok((await command("vscode.executeInlayHintProvider", document.uri, all)).length > 0);
    assert.ok((await command("vscode.executeCodeLensProvider", document.uri)).length > 0);
    assert.ok((await command("vscode.executeFoldingRangeProvider", document.uri)).length > 0);
    assert.ok((await command("vscode.executeLinkProvider", document.uri)).length > 0);
  },

  "hints go when the settings say so": async () => {
    const { document } = await open(ORDER);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = () => command("vscode.executeInlayHintProvider", document.uri, all);
    const settings = vscode.workspace.getConfiguration("flow.inlayHints");
    for (const kind of ["types", "defaults", "times"]) await settings.update(kind, false, vscode.ConfigurationTarget.Workspace);
    await until(async () => (await hints()).length === 0);
    for (const kind of ["types", "defaults", "times"]) await settings.update(kind, undefined, vscode.ConfigurationTarget.Workspace);
    await until(async () => (await hints()).length > 0);
  },

  "lenses go when the settings say so": async () => {
    const { document } = await open(ORDER);
    const titles = async () => (await command("vscode.executeCodeLensProvider", document.uri, 99)).map((lens) => lens.command?.title);
    assert.ok((await titles()).includes("Dry run"), String(await titles()));
    const settings = vscode.workspace.getConfiguration("flow.codeLens");
    await settings.update("enable", false, vscode.ConfigurationTarget.Workspace);
    await until(async () => (await titles()).length === 0);
    await settings.update("enable", undefined, vscode.ConfigurationTarget.Workspace);
    await until(async () => (await titles()).length > 0);
  },

  "formatting leaves a formatted file alone": async () => {
    const { document } = await open(ORDER);
    const edits = await command("vscode.executeFormatDocumentProvider", document.uri, { tabSize: 2, insertSpaces: true });
    assert.deepEqual(edits ?? [], []);
  },

  "braces of an expression close themselves": async () => {
    const { document } = await typed("when: ", "${{ x");
    assert.equal(document.getText(), "when: ${{ x }}");
    await closed();
  },

  "a new line below a key is indented, in an item under its first key": async () => {
    const wanted = "steps:\n  a:\n    catch:\n      - errors: x\n        uses: y";
    await until(async () => { // an editor that is still colouring keeps the indentation as it is
      const { document } = await typed("steps:", "\na:\ncatch:\n- errors: x\nuses: y");
      const text = document.getText();
      await closed();
      return text === wanted;
    });
  },

  "a snippet is filled in": async () => {
    const editor = await typed("", "");
    const { items } = await command("vscode.executeCompletionItemProvider", editor.document.uri, new vscode.Position(0, 0));
    const snippet = items.find(({ label, kind }) => name(label) === "pipeline" && kind === SNIPPET);
    await editor.insertSnippet(snippet.insertText);
    assert.match(editor.document.getText(), /message: Hello \$\{\{ inputs\.who \}\}/);
    await closed();
  },
};
