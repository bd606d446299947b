/** Tasks that run the `flow` command: `validate` and `test` for a folder, `dry-run` for a pipeline. */

import {
  ProcessExecution,
  type ProviderResult,
  Task,
  type TaskDefinition,
  TaskGroup,
  type TaskProvider,
  TaskScope,
  type WorkspaceFolder,
  window,
  workspace,
} from "vscode";
import { isPipeline } from "./languages";
import type { Server } from "./server/server";
import { type Found, safeEnvironment } from "./python/probe";

export const TYPE = "flow";

type Command = "validate" | "test" | "dry-run";

/** What reads the findings in the output of a command. */
const MATCHERS: Readonly<Record<Command, string[]>> = { validate: ["$flow"], test: ["$flow-test"], "dry-run": [] };

interface FlowTask extends TaskDefinition {
  readonly type: typeof TYPE;
  readonly command: Command;
  /** Files and folders, or the pipeline; and options. */
  readonly args?: readonly string[];
}

export class FlowTasks implements TaskProvider {
  constructor(private readonly server: Server) {}

  provideTasks(): ProviderResult<Task[]> {
    const found = this.server.found;
    if (!found) return [];
    const document = window.activeTextEditor?.document;
    const definitions: FlowTask[] = [{ type: TYPE, command: "validate" }, { type: TYPE, command: "test" }];
    if (isPipeline(document)) definitions.push({ type: TYPE, command: "dry-run", args: [document.uri.fsPath] });
    return definitions.map((definition) => made(definition, found));
  }

  resolveTask(task: Task): Task | undefined {
    const found = this.server.found;
    return found && made(task.definition as FlowTask, found, task.scope);
  }
}

function made(definition: FlowTask, found: Found, scope?: Task["scope"]): Task {
  const { command, args = [] } = definition;
  const where = scope ?? workspace.workspaceFolders?.[0] ?? TaskScope.Workspace;
  const parameters = [command, ...(command === "validate" ? ["--format", "concise"] : []), ...args];
  const execution = new ProcessExecution(found.program, [...(found.isFlow ? [] : ["-m", "flow_cli"]), ...parameters], options(where));
  const task = new Task(definition, where, [command, ...args].join(" "), "flow", execution, MATCHERS[command]);
  if (command !== "dry-run") task.group = TaskGroup.Test;
  return task;
}

function options(scope: WorkspaceFolder | TaskScope) {
  const cwd = typeof scope === "object" ? scope.uri.fsPath : workspace.workspaceFolders?.[0]?.uri.fsPath;
  const env = Object.fromEntries(Object.entries(safeEnvironment()).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { env, ...(cwd === undefined ? {} : { cwd }) };
}
