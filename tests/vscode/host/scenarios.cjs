/** Scenarios in the Test Explorer: where failures stand, coverage, and runs that go on. */

const assert = require("node:assert");
const vscode = require("vscode");
const { command, open, position, replace, running, until } = require("./tools.cjs");

const ORDER = "order-processing/order.flow.yaml";
const TESTS = "order-processing/tests/order.flowtest.yaml";
const DELIVERED = "an order is delivered";

/** The parts, and what all runs tell from now on: `[how, name, given]`. */
async function watched() {
  const parts = await running();
  const { controller } = parts.scenarios;
  const told = [];
  controller.createTestRun = recording(controller.createTestRun, told);
  return { ...parts, controller, told };
}

/** VS Code's own runs, whose calls are written down. */
function recording(original, told) {
  const create = original.original ?? original;
  const made = (...given) => {
    const run = create(...given);
    const noting = (how) => (...args) => {
      told.push([how, args[0]?.id, args[1] ?? args[0]]);
      return run[how](...args);
    };
    const names = ["passed", "failed", "errored", "skipped", "addCoverage", "end"];
    const heard = Object.fromEntries(names.map((how) => [how, noting(how)]));
    return new Proxy(run, { get: (_, name) => heard[name] ?? (typeof run[name] === "function" ? run[name].bind(run) : run[name]) });
  };
  return Object.assign(made, { original: create });
}

/** Of the results the last one of a scenario. */
function last(told, name) {
  return told.filter(([how, id]) => id === name && how !== "end").at(-1);
}

async function changed(from, to) {
  const editor = await open(TESTS);
  const before = await replace(editor, editor.document.getText().replace(from, to));
  return { editor, restore: () => restored(editor, before) };
}

async function restored(editor, before) {
  await vscode.window.showTextDocument(editor.document);
  await replace(vscode.window.activeTextEditor, before);
  await command("workbench.action.files.revert");
}

module.exports = {
  "scenarios are listed with their places, and run": async () => {
    const { scenarios, told } = await watched();
    const { document } = await open(TESTS);
    const items = await scenarios.of(document.uri);
    const item = items.find(({ id }) => id === DELIVERED);
    assert.equal(item.range.start.line, position(document, DELIVERED).line);
    await command("flow.runScenario", document.uri.toString(), DELIVERED);
    assert.deepEqual(told.map(([how, id]) => [how, id]), [["passed", DELIVERED], ["end", undefined]]);
  },

  "each failure of a scenario stands at its own line, with what is compared, and can be updated": async () => {
    const { scenarios, told } = await watched();
    const { editor, restore } = await changed(/track: {iterations: 2}([^]*?)elapsed: "< 2d"/, 'track: {iterations: 3}$1elapsed: "< 2s"');
    await command("flow.runScenario", editor.document.uri.toString(), DELIVERED);
    const [how, , messages] = last(told, DELIVERED);
    assert.equal(how, "failed");
    const lines = messages.map(({ location }) => editor.document.lineAt(location.range.start.line).text.trim());
    assert.deepEqual(lines, ["track: {iterations: 3}", 'elapsed: "< 2s"']);
    assert.deepEqual([messages[0].expectedOutput, messages[0].actualOutput], ["3", "2"]);
    const [frame] = messages[0].stackTrace;
    assert.equal(frame.label, "step `track`");
    const pipeline = await vscode.workspace.openTextDocument(frame.uri);
    assert.equal(pipeline.lineAt(frame.position.line).text.trim(), "track:");
    await command("flow.updateScenario", { test: scenarios.controller.items.get(editor.document.uri.toString()).children.get(DELIVERED) });
    assert.match(editor.document.getText(), /track: {iterations: 2}/);
    await command("flow.runScenario", editor.document.uri.toString(), DELIVERED);
    assert.equal(last(told, DELIVERED)[0], "passed");
    await restore();
  },

  "all files run at once, and a cancelled run skips what is left": async () => {
    const { controller, runs, scenarios, told } = await watched();
    await scenarios.of((await open(TESTS)).document.uri);
    await runs.run(new vscode.TestRunRequest());
    const names = told.map(([, id]) => id);
    assert.ok(names.includes(DELIVERED) && controller.items.size > 1, names.join());
    told.length = 0;
    const stopped = new vscode.CancellationTokenSource();
    stopped.cancel();
    await runs.run(new vscode.TestRunRequest(), stopped.token);
    assert.deepEqual([...new Set(told.map(([how]) => how))], ["skipped", "end"]);
  },

  "what is covered of a pipeline is shown by line, step and branch": async () => {
    const { runs, scenarios, told } = await watched();
    const { document } = await open(TESTS);
    const [one] = await scenarios.of(document.uri);
    const { token } = new vscode.CancellationTokenSource();
    await runs.start(new vscode.TestRunRequest([one], [], runs.covering), token);
    const files = told.filter(([how]) => how === "addCoverage").map(([, , file]) => file);
    const file = files.find(({ uri }) => uri.path.endsWith(ORDER));
    assert.ok(file.statementCoverage.covered > 5 && file.statementCoverage.covered < file.statementCoverage.total);
    assert.ok(file.branchCoverage.covered < file.branchCoverage.total);
    const details = await runs.covering.loadDetailedCoverage(undefined, file, token);
    const pipeline = await vscode.workspace.openTextDocument(file.uri);
    const refuse = details.find(({ name }) => name === "refuse" || name === "explain");
    assert.equal(refuse.executed, 0);
    const charge = details.find(({ name }) => name === "charge");
    assert.equal(charge.executed, 1);
    assert.equal(pipeline.lineAt(charge.location.start.line).text.trim(), "charge:");
    const branches = details.flatMap((detail) => detail.branches ?? []);
    assert.ok(branches.some(({ executed, label }) => executed === 0 && /charge/.test(label)));
  },

  "with coverage the editor shows it itself": async () => {
    const { scenarios, told } = await watched();
    await scenarios.of((await open(TESTS)).document.uri);
    await command("testing.coverageAll");
    await until(() => told.some(([how]) => how === "addCoverage"), () => told.join());
  },

  "scenarios run again when they or their pipeline are edited": async () => {
    const { runs, scenarios, told } = await watched();
    const { document } = await open(TESTS);
    const [item] = (await scenarios.of(document.uri)).filter(({ id }) => id === DELIVERED);
    const stop = new vscode.CancellationTokenSource();
    await runs.start(new vscode.TestRunRequest([item], [], runs.running, true), stop.token);
    assert.equal(last(told, DELIVERED)[0], "passed");
    told.length = 0;
    const first = await changed("track: {iterations: 2}", "track: {iterations: 3}");
    await until(() => last(told, DELIVERED)?.[0] === "failed", () => told.join());
    assert.equal(last(told, DELIVERED)[2].length, 1);
    await first.restore();
    await until(() => last(told, DELIVERED)[0] === "passed");
    const pipeline = await open(ORDER);
    const before = await replace(pipeline, pipeline.document.getText().replace("\n  charge:\n", "\n  charged:\n"));
    await until(() => last(told, DELIVERED)[0] === "failed");
    await restored(pipeline, before);
    await until(() => last(told, DELIVERED)[0] === "passed");
    stop.cancel();
    told.length = 0;
    const again = await changed("track: {iterations: 2}", "track: {iterations: 3}");
    await new Promise((wait) => setTimeout(wait, 1200));
    assert.deepEqual(told, []);
    await again.restore();
  },

  "the timeline of a scenario is shown": async () => {
    const { scenarios } = await running();
    const { document } = await open(TESTS);
    const [item] = await scenarios.of(document.uri);
    const result = await command("flow.showTimeline", item);
    assert.equal(result.status, "succeeded");
    assert.match(result.svg, /^<svg/);
    const same = await command("flow.showTimeline", document.uri.toString(), item.id);
    assert.equal(same.text, result.text);
  },

  "a task runs flow test, and its failures are problems": async () => {
    await running();
    const { uri } = (await open(TESTS)).document;
    const bad = vscode.Uri.joinPath(uri, "../bad.flowtest.yaml");
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
    await vscode.workspace.fs.writeFile(bad, Buffer.from(text.replace("track: {iterations: 2}", "track: {iterations: 3}")));
    const tasks = await vscode.tasks.fetchTasks({ type: "flow" });
    await vscode.tasks.executeTask(tasks.find(({ definition }) => definition.command === "test"));
    const told = () => vscode.languages.getDiagnostics(bad).filter(({ source }) => source === "flow test");
    const [problem] = await until(() => told().length && told());
    assert.equal(problem.message, "track.iterations: expected 3, found 2");
    assert.equal(problem.code, "FL813");
    assert.match(text.split("\n")[problem.range.start.line], /track: /);
    await vscode.workspace.fs.delete(bad);
  },

  "a first scenario is created beside a pipeline that has none": async () => {
    await running();
    await open("etl/etl.flow.yaml");
    await command("flow.createScenarios");
    const { document } = vscode.window.activeTextEditor;
    assert.ok(document.uri.path.endsWith("etl/etl.flowtest.yaml"), document.uri.path);
    assert.match(document.getText(), /^flow_test: 1\npipeline: .\/etl.flow.yaml\n/);
    await document.save();
    await vscode.workspace.fs.delete(document.uri);
  },

  "nothing of all this is left unsaved": async () => {
    const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
    assert.deepEqual(dirty.map(({ uri }) => String(uri)), []);
  },
};
