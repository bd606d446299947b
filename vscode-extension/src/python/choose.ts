/** Lets people choose the Python that starts the server. */

import { type QuickPickItem, type Uri, window } from "vscode";
import { setPythonPath } from "../settings";
import type { Candidate } from "./candidates";
import { otherCandidates, prober } from "./discover";
import type { Answer } from "./probe";

interface Choice extends QuickPickItem {
  readonly program?: string;
}

const BROWSE: Choice = { label: "$(folder) Browse…", detail: "Choose a Python that is not listed" };

/** Asks, and writes the answer to the settings; the change of the setting restarts the server. */
export async function chooseInterpreter(neutral: string): Promise<void> {
  const picked = await window.showQuickPick(choices(neutral), {
    title: "Which Python has Flow?",
    placeHolder: "The language server is started with this one",
  });
  if (!picked) return;
  const program = picked.program ?? (await browsed())?.fsPath;
  if (program !== undefined) await setPythonPath(program);
}

async function choices(neutral: string): Promise<Choice[]> {
  const probe = prober(neutral);
  const all = await otherCandidates();
  const answers = await Promise.all(all.map(async (candidate) => choice(candidate, await probe(candidate))));
  return [...answers, BROWSE];
}

function choice({ program, source }: Candidate, answer: Answer): Choice {
  const said = "found" in answer ? `$(check) Flow ${answer.found.flow}` : `$(error) ${answer.problem}`;
  return { label: program, description: source, detail: said, program };
}

async function browsed(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({ title: "The Python that has Flow", canSelectMany: false });
  return chosen?.[0];
}
