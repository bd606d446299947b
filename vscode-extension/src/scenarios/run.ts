/** Runs scenarios for the Test Explorer, in virtual time and without effects. */

import {
  type CancellationToken,
  CancellationTokenSource,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunProfile,
  TestRunProfileKind,
  type TestRunRequest,
  workspace,
} from "vscode";
import type { CoveringRun, ScenarioResult, ScenarioRun } from "../protocol";
import type { Server } from "../server/server";
import { ContinuousRun } from "./continuous";
import { PipelineCoverage, Sum } from "./coverage";
import type { Scenarios } from "./explorer";
import { lots } from "./lots";
import { told } from "./messages";

export class ScenarioRuns {
  /** The files that the scenarios of a file hang on, as they were when it was run last. */
  readonly needs = new Map<string, readonly string[]>();
  readonly running: TestRunProfile;
  readonly covering: TestRunProfile;

  constructor(
    private readonly scenarios: Scenarios,
    private readonly server: Server,
  ) {
    const { controller } = scenarios;
    const start = (request: TestRunRequest, token: CancellationToken) => this.start(request, token);
    this.running = controller.createRunProfile("Simulate", TestRunProfileKind.Run, start, true, undefined, true);
    this.covering = controller.createRunProfile("Simulate with Coverage", TestRunProfileKind.Coverage, start, true, undefined, true);
    this.covering.loadDetailedCoverage = (_run, file) =>
      Promise.resolve(file instanceof PipelineCoverage ? file.details() : []);
  }

  /** Runs what is asked for once, or again and again until the token says stop. */
  async start(request: TestRunRequest, token: CancellationToken): Promise<void> {
    await this.run(request, token);
    if (request.continuous) new ContinuousRun(this, this.scenarios, request, token);
  }

  /** Runs what is asked for, and tells the results as they come. */
  async run(request: TestRunRequest, token = new CancellationTokenSource().token): Promise<void> {
    const run = this.scenarios.controller.createTestRun(request);
    const covered = request.profile?.kind === TestRunProfileKind.Coverage ? new Sum() : undefined;
    try {
      const items = await this.wanted(request);
      items.forEach((item) => { run.enqueued(item); });
      for (const file of byFile(items)) await this.file(file, run, token, covered);
      covered?.all().forEach((file) => { run.addCoverage(file); });
    } finally {
      run.end();
    }
  }

  private async wanted({ include, exclude }: TestRunRequest): Promise<TestItem[]> {
    const { items } = this.scenarios.controller;
    const chosen = include ?? [...items].map(([, item]) => item);
    const all = await Promise.all(chosen.map((item) => this.leaves(item)));
    return all.flat().filter((item) => !exclude?.includes(item) && !(item.parent && exclude?.includes(item.parent)));
  }

  private async leaves(item: TestItem): Promise<TestItem[]> {
    if (item.parent) return [item];
    if (item.children.size === 0) await this.scenarios.resolve(item);
    return [...item.children].map(([, child]) => child);
  }

  /** The scenarios of one file, in a few requests. */
  private async file(items: readonly TestItem[], run: TestRun, token: CancellationToken, covered?: Sum): Promise<void> {
    for (const lot of lots(items)) {
      if (token.isCancellationRequested || run.token.isCancellationRequested) {
        lot.forEach((item) => { run.skipped(item); });
        continue;
      }
      lot.forEach((item) => { run.started(item); });
      try {
        await this.lot(lot, run, covered);
      } catch (error) {
        const why = new TestMessage(error instanceof Error ? error.message : String(error));
        lot.forEach((item) => { run.errored(item, why); });
      }
    }
  }

  private async lot(items: readonly TestItem[], run: TestRun, covered?: Sum): Promise<void> {
    const uri = items[0]?.uri;
    if (!uri) return;
    await workspace.openTextDocument(uri); // the server answers for what is open
    const names = items.map(({ id }) => id);
    const found = await this.answer(uri.toString(), names, covered);
    this.needs.set(uri.toString(), found.files);
    found.results.forEach((result, index) => {
      const item = items[index];
      if (item) tell(run, item, result);
    });
  }

  private async answer(uri: string, names: readonly string[], covered?: Sum): Promise<ScenarioRun> {
    if (!covered) return this.server.command<ScenarioRun>("runScenarios", uri, ...names);
    const found = await this.server.command<CoveringRun>("coverScenarios", uri, ...names);
    covered.add(found.coverage);
    return found;
  }
}

function byFile(items: readonly TestItem[]): TestItem[][] {
  const found = new Map<string, TestItem[]>();
  for (const item of items) {
    const file = item.uri?.toString() ?? "";
    found.set(file, [...(found.get(file) ?? []), item]);
  }
  return [...found.values()];
}

function tell(run: TestRun, item: TestItem, { text, took, failures }: ScenarioResult): void {
  run.appendOutput(`${item.label}\r\n${text.replaceAll(/\r?\n/g, "\r\n")}\r\n`, undefined, item);
  if (failures.length === 0) run.passed(item, took);
  else run.failed(item, failures.map(told), took);
}
