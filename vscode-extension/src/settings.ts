/** The extension's settings, as they are now. */

import { ConfigurationTarget, workspace } from "vscode";

export const SECTION = "flow";

/** A setting that holds a text; empty where it is not set. */
export function textSetting(name: "path" | "pythonPath"): string {
  return workspace.getConfiguration(SECTION).get<string>(name, "").trim();
}

/** Writes where it holds as narrowly as it can: in the workspace if there is one. */
export async function setPythonPath(value: string): Promise<void> {
  const target = workspace.workspaceFolders && workspace.isTrusted ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration(SECTION).update("pythonPath", value, target);
}
