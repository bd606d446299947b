/** The search for a Python that has Flow, in this workspace. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { workspace } from "vscode";
import { textSetting } from "../settings";
import { type Candidate, type Surroundings, candidates } from "./candidates";
import { type Prober, type Search, find, outside } from "./find";
import { probe, runIn } from "./probe";
import { chosenInterpreter } from "./pythonExtension";

/** Programs are asked in `neutral`, a folder without code of the workspace. */
export async function discover(neutral: string): Promise<Search> {
  return find(candidates(await surroundings()), prober(neutral));
}

/** Every place but those that settings name, for a list to choose from. */
export async function otherCandidates(): Promise<Candidate[]> {
  return candidates({ ...(await surroundings()), flowPath: "", pythonPath: "" });
}

export function prober(neutral: string): Prober {
  const run = runIn(neutral);
  const ask: Prober = (candidate) => probe(candidate, run);
  return workspace.isTrusted ? ask : outside(folders(), ask);
}

function folders(): string[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}

async function surroundings(): Promise<Surroundings> {
  return {
    flowPath: textSetting("path"),
    pythonPath: textSetting("pythonPath"),
    folders: folders(),
    chosen: await chosenInterpreter(),
    environment: process.env,
    home: homedir(),
    windows: process.platform === "win32",
    exists: existsSync,
  };
}
