/** Runs scenarios again whenever something changes that they hang on, while one types too. */

import {
  type CancellationToken,
  type TestItem,
  TestRunRequest,
  Uri,
  workspace,
} from "vscode";
import { Debounced } from "../debounce";
import type { Scenarios } from "./explorer";
import type { ScenarioRuns } from "./run";

const QUIET = 500; // milliseconds without a change
const FILES = "**/*.{yaml,yml,json,py}"; // what pipelines are made of

export class ContinuousRun {
  private readonly changed = new Set<string>();
  private readonly again = new Debounced(QUIET, () => void this.catchUp());
  private readonly listening: readonly { dispose(): unknown }[];

  constructor(
    private readonly runs: ScenarioRuns,
    private readonly scenarios: Scenarios,
    private readonly request: TestRunRequest,
    private readonly token: CancellationToken,
  ) {
    const watcher = workspace.createFileSystemWatcher(FILES);
    const onDisk = (uri: Uri) => { if (!isOpen(uri)) this.note(uri); }; // an open one is as it is shown
    this.listening = [
      this.again,
      watcher,
      watcher.onDidChange(onDisk),
      watcher.onDidCreate(onDisk),
      watcher.onDidDelete(onDisk),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => { if (contentChanges.length) this.note(document.uri); }),
      token.onCancellationRequested(() => { this.dispose(); }),
    ];
  }

  private dispose(): void {
    this.listening.forEach((each) => { each.dispose(); });
  }

  private note(uri: Uri): void {
    this.changed.add(uri.fsPath);
    this.again.soon();
  }

  /** Runs those of the wanted scenarios whose files have changed. */
  private async catchUp(): Promise<void> {
    const files = new Set(this.changed);
    this.changed.clear();
    const include = (await this.wanted(files)).filter((item) => this.isAffected(item, files));
    if (!include.length || this.token.isCancellationRequested) return;
    const { exclude, profile } = this.request;
    await this.runs.run(new TestRunRequest(include, exclude, profile, true), this.token);
  }

  /** Items are made anew when their file changes: they are found again by their names. */
  private async wanted(files: ReadonlySet<string>): Promise<TestItem[]> {
    const all = [...this.scenarios.controller.items].map(([, item]) => item);
    const changed = all.filter(({ uri }) => uri && files.has(uri.fsPath));
    await Promise.all(changed.map((file) => this.scenarios.resolve(file)));
    const { include } = this.request;
    return include?.map((item) => this.scenarios.find(item)).filter((item) => item !== undefined) ?? all;
  }

  private isAffected({ uri }: TestItem, files: ReadonlySet<string>): boolean {
    if (!uri) return false;
    const needs = this.runs.needs.get(uri.toString())?.map((file) => Uri.parse(file).fsPath);
    return [uri.fsPath, ...(needs ?? [])].some((file) => files.has(file));
  }
}

function isOpen(uri: Uri): boolean {
  return workspace.textDocuments.some((document) => document.uri.fsPath === uri.fsPath);
}
