/** Runs scenarios for the Test Explorer, in virtual time and without effects. */

import {
  type CancellationToken,
  Location,
  Position,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  type TestRunRequest,
} from "vscode";
import type { ScenarioResult } from "../protocol";
import type { Server } from "../server/server";
import type { Scenarios } from "./explorer";

export class ScenarioRuns {
  constructor(
    private readonly scenarios: Scenarios,
    private readonly server: Server,
  ) {
    const run = (request: TestRunRequest, token: CancellationToken) => this.run(request, token);
    scenarios.controller.createRunProfile("Simulate", TestRunProfileKind.Run, run, true);
  }

  /** Runs what is asked for, and tells the results as they come. */
  async run(request: TestRunRequest, token?: CancellationToken): Promise<void> {
    const run = this.scenarios.controller.createTestRun(request);
    try {
      const items = await this.wanted(request);
      items.forEach((item) => { run.enqueued(item); });
      for (const item of items) {
        if (token?.isCancellationRequested) run.skipped(item);
        else await this.one(item, run);
      }
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

  private async one(item: TestItem, run: TestRun): Promise<void> {
    run.started(item);
    const began = Date.now();
    try {
      const result = await this.server.command<ScenarioResult>("runScenario", item.uri?.toString(), item.id);
      run.appendOutput(`${item.label}\r\n${result.text.replaceAll(/\r?\n/g, "\r\n")}\r\n`, undefined, item);
      if (result.passed) run.passed(item, Date.now() - began);
      else run.failed(item, failure(item, result), Date.now() - began);
    } catch (error) {
      run.errored(item, new TestMessage(error instanceof Error ? error.message : String(error)));
    }
  }
}

/** The message stands at the line of what was expected, or at the scenario's name. */
function failure(item: TestItem, { message, line }: ScenarioResult): TestMessage {
  const told = new TestMessage(message);
  const at = line === null ? item.range?.start : new Position(line, 0);
  if (item.uri && at) told.location = new Location(item.uri, at);
  return told;
}
