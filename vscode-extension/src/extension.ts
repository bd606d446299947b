/** The extension: makes its parts, and starts the server. */

import { type ExtensionContext, Uri, tasks, window, workspace } from "vscode";
import { type Parts, registerCommands } from "./commands";
import { DryRuns } from "./dryRun/panel";
import { Previews } from "./graph/previews";
import { onChosenInterpreter } from "./python/pythonExtension";
import { RulePages, SCHEME } from "./rules";
import { Scenarios } from "./scenarios/explorer";
import { ScenarioRuns } from "./scenarios/run";
import { Server } from "./server/server";
import { watchStatus } from "./server/status";
import { FlowTasks, TYPE } from "./tasks";

/** What other extensions, and the tests, can look at. */
export type Exports = Pick<Parts, "server" | "previews" | "scenarios" | "runs">;

let server: Server | undefined;

export function activate(context: ExtensionContext): Exports {
  const parts = made(context);
  server = parts.server;
  parts.previews.start(context);
  parts.scenarios.start(context);
  registerCommands(context, parts);
  context.subscriptions.push(
    parts.log,
    ...watchStatus(parts.server),
    workspace.registerTextDocumentContentProvider(SCHEME, parts.rules),
    tasks.registerTaskProvider(TYPE, parts.tasks),
  );
  restartWhenNeeded(context, parts.server);
  void parts.server.restart();
  return parts;
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function made(context: ExtensionContext): Parts {
  const log = window.createOutputChannel("Flow", { log: true });
  const neutral = context.extensionPath;
  const started = new Server(log, neutral);
  const scenarios = new Scenarios(started);
  return {
    log,
    neutral,
    scenarios,
    server: started,
    runs: new ScenarioRuns(scenarios, started),
    previews: new Previews(started, icon(context.extensionUri)),
    dryRuns: new DryRuns(started),
    rules: new RulePages(started),
    tasks: new FlowTasks(started),
  };
}

function icon(extension: Uri): { light: Uri; dark: Uri } {
  const file = (theme: string) => Uri.joinPath(extension, "images", `file-${theme}.svg`);
  return { light: file("light"), dark: file("dark") };
}

/** Another interpreter, or trust that was granted, means another server. */
function restartWhenNeeded(context: ExtensionContext, started: Server): void {
  const again = () => void started.restart();
  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(again),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("flow.path") || change.affectsConfiguration("flow.pythonPath")) again();
    }),
  );
  void onChosenInterpreter(again).then((listening) => context.subscriptions.push(listening));
}
