/** The commands of the extension. */

import {
  type ExtensionContext,
  type LogOutputChannel,
  type TestItem,
  TestRunRequest,
  type TextEditor,
  Uri,
  commands,
  window,
} from "vscode";
import type { Location, Position } from "vscode-languageserver-protocol";
import type { DryRuns } from "./dryRun/panel";
import type { Previews } from "./graph/previews";
import { isPipeline, isScenarios } from "./languages";
import type { Validation } from "./protocol";
import { chooseInterpreter } from "./python/choose";
import { toLocation, toPosition } from "./ranges";
import type { RulePages } from "./rules";
import type { Scenarios } from "./scenarios/explorer";
import type { ScenarioRuns } from "./scenarios/run";
import type { Server } from "./server/server";
import { showStatus } from "./server/status";
import type { FlowTasks } from "./tasks";

export interface Parts {
  readonly log: LogOutputChannel;
  readonly server: Server;
  readonly previews: Previews;
  readonly dryRuns: DryRuns;
  readonly scenarios: Scenarios;
  readonly runs: ScenarioRuns;
  readonly rules: RulePages;
  readonly tasks: FlowTasks;
  readonly neutral: string;
}

type Action = (...given: never[]) => unknown;

/** A command that fails says why in a message. */
export function registerCommands(context: ExtensionContext, parts: Parts): void {
  for (const [name, action] of Object.entries(actions(context, parts))) {
    const run = async (...given: unknown[]) => {
      try {
        return await action(...(given as never[]));
      } catch (error) {
        void window.showErrorMessage(`Flow: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    };
    context.subscriptions.push(commands.registerCommand(`flow.${name}`, run));
  }
}

function actions(context: ExtensionContext, parts: Parts): Record<string, Action> {
  const { server, log, previews, dryRuns, rules, neutral } = parts;
  const readme = Uri.joinPath(context.extensionUri, "README.md").with({ fragment: "install" });
  return {
    restartServer: () => server.restart(),
    showLog: () => { log.show(); },
    serverStatus: () => showStatus(server, log),
    chooseInterpreter: () => chooseInterpreter(neutral),
    showInstallInstructions: () => commands.executeCommand("markdown.showPreview", readme),
    validateWorkspace: () => validateWorkspace(server),
    showGraph: (uri?: string | Uri) => previews.open(pipelineOf(uri)),
    toggleGraphLock: () => previews.toggleLock(),
    dryRun: (uri?: string | Uri) => dryRuns.run(pipelineOf(uri)),
    runScenario: async (uri?: string | Uri, name?: string) => {
      const item = await scenarioOf(parts, uri, name);
      if (item) await parts.runs.run(new TestRunRequest([item]));
    },
    showTimeline: async (given?: string | Uri | TestItem, name?: string) => {
      const item = await itemOf(parts, given, name);
      return item?.uri && dryRuns.run(item.uri, item.parent && item.id);
    },
    createScenarios: async (uri?: string | Uri) => {
      const created = await server.command<string | null>("createScenarios", pipelineOf(uri).toString());
      if (created) await window.showTextDocument(Uri.parse(created));
    },
    updateScenario: async (given?: string | Uri | TestItem | FailedItem, name?: string) => {
      const item = await itemOf(parts, given, name);
      return item?.uri && server.command<boolean>("updateScenario", item.uri.toString(), item.id);
    },
    test: (...uris: string[]) => runFiles(parts, uris),
    explainRule: (code?: string) => rules.open(code),
    showReferences,
  };
}

/** Checks all files, open or not; what is found stands in the Problems panel. */
async function validateWorkspace(server: Server): Promise<Validation> {
  const counts = await server.command<Validation>("validateWorkspace");
  const { files, errors, warnings } = counts;
  if (errors + warnings > 0) await commands.executeCommand("workbench.actions.view.problems");
  const said = [counted(errors, "error"), counted(warnings, "warning")].join(", ");
  void window.showInformationMessage(`Flow checked ${counted(files, "file")}: ${said}`);
  return counts;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What a lens gives is in the protocol's terms. */
function showReferences(uri: string, position: Position, locations: readonly Location[]): Thenable<unknown> {
  const found = locations.map((location) => toLocation(location));
  return commands.executeCommand("editor.action.showReferences", Uri.parse(uri), toPosition(position), found);
}

function pipelineOf(given: string | Uri | undefined): Uri {
  if (given !== undefined) return toUri(given);
  const document = window.activeTextEditor?.document;
  if (isPipeline(document)) return document.uri;
  throw new Error("open a pipeline (*.flow.yaml or *.flow.json) first");
}

function toUri(given: string | Uri): Uri {
  return typeof given === "string" ? Uri.parse(given) : given;
}

/** The scenario that is named, or the one at the cursor, or the one that is picked. */
async function scenarioOf({ scenarios }: Parts, given?: string | Uri, name?: string): Promise<TestItem | undefined> {
  const editor = window.activeTextEditor;
  const uri = given === undefined ? scenariosIn(editor) : toUri(given);
  const items = await scenarios.of(uri);
  if (name !== undefined) return items.find(({ id }) => id === name);
  const here = editor?.document.uri.toString() === uri.toString() ? editor.selection.active : undefined;
  return items.find(({ range }) => here && range?.contains(here)) ?? picked(items);
}

/** What the menu of a message in the Test Explorer gives. */
interface FailedItem {
  readonly test: TestItem;
}

async function itemOf(parts: Parts, given?: string | Uri | TestItem | FailedItem, name?: string): Promise<TestItem | undefined> {
  if (typeof given === "object" && "test" in given) return given.test;
  if (typeof given === "object" && "children" in given) return given;
  return scenarioOf(parts, given, name);
}

/** Runs all scenarios of files: those that are named, or the one that is open. */
async function runFiles({ scenarios, runs }: Parts, uris: readonly string[]): Promise<void> {
  const files = uris.length ? uris.map((uri) => Uri.parse(uri)) : [scenariosIn(window.activeTextEditor)];
  await runs.run(new TestRunRequest(files.map((uri) => scenarios.file(uri))));
}

function scenariosIn(editor: TextEditor | undefined): Uri {
  if (isScenarios(editor?.document)) return editor.document.uri;
  throw new Error("open a file of scenarios (*.flowtest.yaml) first");
}

async function picked(items: readonly TestItem[]): Promise<TestItem | undefined> {
  const label = await window.showQuickPick(items.map(({ id }) => id), { title: "Which scenario?" });
  return items.find(({ id }) => id === label);
}
