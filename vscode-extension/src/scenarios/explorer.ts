/** Scenarios in the Test Explorer: a file of them is a test, and they are its children. */

import {
  type ExtensionContext,
  type TestController,
  type TestItem,
  type TextDocument,
  Uri,
  tests,
  workspace,
} from "vscode";
import { Debounced } from "../debounce";
import { isScenarios } from "../languages";
import type { Scenario } from "../protocol";
import { toRange } from "../ranges";
import type { Server } from "../server/server";

const FILES = "**/*.flowtest.{yaml,yml,json}";
const OTHERS = "**/{node_modules,.venv,venv}/**";
const QUIET = 400; // milliseconds without a change before a file is looked at again

export class Scenarios {
  readonly controller: TestController = tests.createTestController("flow", "Flow Scenarios");
  private readonly outdated = new Set<string>();
  private readonly again = new Debounced(QUIET, () => void this.catchUp());

  constructor(private readonly server: Server) {
    this.controller.resolveHandler = (item) => (item ? this.resolve(item) : this.discover());
    this.controller.refreshHandler = () => this.discover();
  }

  start(context: ExtensionContext): void {
    const files = workspace.createFileSystemWatcher(FILES);
    context.subscriptions.push(
      this.controller,
      this.again,
      files,
      files.onDidCreate((uri) => { this.outdate(uri); }),
      files.onDidChange((uri) => { this.outdate(uri); }),
      files.onDidDelete((uri) => { this.controller.items.delete(uri.toString()); }),
      workspace.onDidOpenTextDocument((document) => { this.edited(document); }),
      workspace.onDidChangeTextDocument(({ document }) => { this.edited(document); }),
      this.server.onDidChange(({ kind }) => { if (kind === "running") void this.discover(); }),
    );
  }

  /** The item of a file. */
  file(uri: Uri): TestItem {
    const there = this.controller.items.get(uri.toString());
    if (there) return there;
    const item = this.controller.createTestItem(uri.toString(), workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.controller.items.add(item);
    return item;
  }

  /** The items of a file's scenarios. */
  async of(uri: Uri): Promise<TestItem[]> {
    const file = this.file(uri);
    await this.resolve(file);
    return [...file.children].map(([, item]) => item);
  }

  /** What has taken the place of an item, which is made anew when its file changes. */
  find(item: TestItem): TestItem | undefined {
    const file = this.controller.items.get(item.uri?.toString() ?? "");
    return item.parent ? file?.children.get(item.id) : file;
  }

  /** Brings the children of a file up to date. A file that can't be read says so at its own item. */
  async resolve(file: TestItem): Promise<void> {
    if (!file.uri || file.parent) return;
    file.busy = true;
    try {
      await workspace.openTextDocument(file.uri); // the server answers for what is open
      const scenarios = await this.server.command<Scenario[]>("scenarios", file.uri.toString());
      file.children.replace(scenarios.map((scenario) => this.item(file.uri, scenario)));
      file.error = undefined;
    } catch (error) {
      file.error = error instanceof Error ? error.message : String(error);
    }
    file.busy = false;
  }

  /** All files of the workspace; those that are open show their scenarios at once. */
  private async discover(): Promise<void> {
    const found = await workspace.findFiles(FILES, OTHERS);
    const open = workspace.textDocuments.filter(isScenarios).map(({ uri }) => uri);
    this.controller.items.replace([...found, ...open].map((uri) => this.file(uri)));
    await Promise.all(open.map((uri) => this.resolve(this.file(uri))));
  }

  private item(uri: Uri | undefined, { name, range }: Scenario): TestItem {
    const item = this.controller.createTestItem(name, name, uri);
    item.range = toRange(range);
    return item;
  }

  private edited(document: TextDocument): void {
    if (isScenarios(document)) this.outdate(document.uri);
  }

  private outdate(uri: Uri): void {
    this.outdated.add(uri.toString());
    this.again.soon();
  }

  private async catchUp(): Promise<void> {
    const files = [...this.outdated].map((uri) => this.file(Uri.parse(uri)));
    this.outdated.clear();
    await Promise.all(files.map((file) => this.resolve(file)));
  }
}
