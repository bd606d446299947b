/** Where a Python with Flow may be, in the order in which it is looked for. */

import * as path from "node:path";

/** A program that may be able to start the server, and who says so. */
export interface Candidate {
  readonly source: string;
  readonly program: string;
  /** `flow` itself rather than a Python that has it. */
  readonly isFlow?: boolean;
}

/** All that the search depends on. */
export interface Surroundings {
  /** The settings `flow.path` and `flow.pythonPath`; empty where they are not set. */
  readonly flowPath: string;
  readonly pythonPath: string;
  readonly folders: readonly string[];
  /** What the Python extension has chosen, if it is there. */
  readonly chosen?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly windows: boolean;
  readonly exists: (file: string) => boolean;
}

const VENVS = [".venv", "venv"];

/** What a setting names is taken at its word: if it does not work, nothing else is tried. */
export function candidates(around: Surroundings): Candidate[] {
  const { flowPath, pythonPath } = around;
  if (flowPath) return [{ source: "setting flow.path", program: resolved(flowPath, around), isFlow: true }];
  if (pythonPath) return [{ source: "setting flow.pythonPath", program: resolved(pythonPath, around) }];
  return unlike([...venvs(around), ...chosen(around), ...onPath(around)]);
}

function venvs({ folders, windows, exists }: Surroundings): Candidate[] {
  const python = windows ? ["Scripts", "python.exe"] : ["bin", "python"];
  return folders.flatMap((folder) =>
    VENVS.map((venv) => ({
      source: `${venv} of ${path.basename(folder)}`,
      program: path.join(folder, venv, ...python),
    })).filter(({ program }) => exists(program)),
  );
}

function chosen(around: Surroundings): Candidate[] {
  return around.chosen ? [{ source: "the Python extension", program: around.chosen }] : [];
}

function onPath(around: Surroundings): Candidate[] {
  const names = around.windows ? ["python.exe", "python3.exe"] : ["python3", "python"];
  return names.flatMap((name) => {
    const program = located(name, around);
    return program ? [{ source: `${name} on PATH`, program }] : [];
  });
}

/** A program on PATH, whose relative parts are passed over: they mean something else in each folder. */
function located(name: string, { environment, windows, exists }: Surroundings): string | undefined {
  const parts = (environment.PATH ?? environment.Path ?? "").split(windows ? ";" : ":");
  return parts.filter((part) => path.isAbsolute(part)).map((part) => path.join(part, name)).find(exists);
}

/** A path of a setting: from the home folder, the first folder of the workspace, or on PATH. */
function resolved(setting: string, around: Surroundings): string {
  const { home, folders } = around;
  const folder = folders[0] ?? home;
  const text = setting.replaceAll("${workspaceFolder}", folder).replace(/^~(?=[/\\]|$)/, home);
  if (/[/\\]/.test(text)) return path.resolve(folder, text);
  return located(text, around) ?? text;
}

function unlike(all: readonly Candidate[]): Candidate[] {
  return all.filter(({ program }, at) => all.findIndex((other) => other.program === program) === at);
}

/** Whether a program is below one of the folders. */
export function isInside(program: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = path.relative(folder, program);
    return way !== "" && way.split(path.sep)[0] !== ".." && !path.isAbsolute(way);
  });
}
