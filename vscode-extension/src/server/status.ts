/** Tells how the server is: in the status bar, and in a message when it can't run. */

import {
  type LogOutputChannel,
  LanguageStatusSeverity,
  commands,
  env,
  languages,
  window,
  workspace,
} from "vscode";
import { LANGUAGES } from "../languages";
import type { Server } from "./server";
import { type State, headline, told } from "./state";

const CHOOSE = "Choose Interpreter…";
const ACTIONS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [CHOOSE]: ["flow.chooseInterpreter"],
  "Open Settings": ["workbench.action.openSettings", "flow."],
  "Show Log": ["flow.showLog"],
  "Install Instructions": ["flow.showInstallInstructions"],
};

/** Keeps the language status item up to date, and says once why the server can't run. */
export function watchStatus(server: Server): { dispose(): void }[] {
  const item = languages.createLanguageStatusItem("flow.server", LANGUAGES.map((language) => ({ language })));
  item.name = "Flow Language Server";
  item.command = { command: "flow.serverStatus", title: "Details" };
  const show = (state: State) => {
    item.text = headline(state);
    item.detail = told(state).slice(1).join("\n");
    item.busy = state.kind === "starting";
    item.severity = severity(state);
  };
  show(server.state);
  const watching = server.onDidChange((state) => {
    show(state);
    if (state.kind === "failed") void offer(state);
  });
  return [item, watching];
}

function severity({ kind }: State): LanguageStatusSeverity {
  if (kind === "failed") return LanguageStatusSeverity.Error;
  return kind === "waiting" ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
}

async function offer(state: State): Promise<void> {
  const [reason = "", ...details] = told(state);
  const chosen = await window.showErrorMessage(`Flow: ${reason}. ${details[0] ?? ""}`.trim(), ...Object.keys(ACTIONS));
  await act(chosen);
}

/** `flow.serverStatus`: all that is known, in a dialogue. */
export async function showStatus(server: Server, log: LogOutputChannel): Promise<void> {
  const [head = "", ...details] = await report(server);
  const text = [head, ...details].join("\n");
  log.info(text);
  const actions = server.state.kind === "running" ? ["Restart", "Copy", "Show Log"] : ["Restart", ...Object.keys(ACTIONS)];
  const detail = details.join("\n");
  const chosen = await window.showInformationMessage(head, { modal: true, detail }, ...actions);
  if (chosen === "Restart") await commands.executeCommand("flow.restartServer");
  else if (chosen === "Copy") await env.clipboard.writeText(text);
  else await act(chosen);
}

async function act(chosen: string | undefined): Promise<void> {
  const action = ACTIONS[chosen ?? ""];
  if (action) await commands.executeCommand(...action);
}

/** The state, line by line, with what the server says of itself. */
export async function report(server: Server): Promise<string[]> {
  const { state } = server;
  const [first = "", ...rest] = told(state);
  const head = state.kind === "running" ? `The language server runs: ${first}` : first;
  return [head, ...rest, ...(workspace.isTrusted ? [] : [UNTRUSTED]), ...(await itsOwnWords(server))];
}

const UNTRUSTED = "The workspace is not trusted: no interpreter in it is started, and none of its plug-ins run.";

const TOLD = ["version", "python"]; // known before it was started

async function itsOwnWords(server: Server): Promise<string[]> {
  if (server.state.kind !== "running") return [];
  try {
    const said = Object.entries(await server.command<object>("status"));
    return said.filter(([name]) => !TOLD.includes(name)).map(([name, value]) => `${name}: ${toldValue(value)}`);
  } catch (error) {
    return [`It does not answer: ${String(error)}`];
  }
}

function toldValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
