/** The interpreter that the Python extension has chosen, where that extension is installed. */

import { type Event, extensions } from "vscode";

/** The part of its published interface that is used here. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<Environment | undefined>;
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
  };
}

interface Environment {
  readonly executable: { readonly uri?: { readonly fsPath: string } | undefined };
}

const PYTHON = "ms-python.python";

export async function chosenInterpreter(): Promise<string | undefined> {
  const environments = (await pythonApi())?.environments;
  if (!environments) return undefined;
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath());
  return environment?.executable.uri?.fsPath;
}

/** Tells when another interpreter is chosen; never, without the extension. */
export async function onChosenInterpreter(changed: () => void): Promise<{ dispose(): void }> {
  const api = await pythonApi();
  return api?.environments.onDidChangeActiveEnvironmentPath(changed) ?? { dispose: () => undefined };
}

async function pythonApi(): Promise<PythonApi | undefined> {
  try {
    return await extensions.getExtension<PythonApi>(PYTHON)?.activate();
  } catch {
    return undefined; // that it is broken is for it to say
  }
}
