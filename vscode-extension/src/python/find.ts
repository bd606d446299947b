/** The search for a Python that has Flow. */

import { type Candidate, isInside } from "./candidates";
import type { Answer, Found } from "./probe";

export type Prober = (candidate: Candidate) => Promise<Answer>;

/** One that was tried, and why it will not do. */
export interface Attempt {
  readonly candidate: Candidate;
  readonly problem: string;
}

export interface Search {
  readonly found?: Found;
  readonly tried: readonly Attempt[];
}

/** The first that can start the server. */
export async function find(all: readonly Candidate[], probe: Prober): Promise<Search> {
  const tried: Attempt[] = [];
  for (const candidate of all) {
    const answer = await probe(candidate);
    if ("found" in answer) return { found: answer.found, tried };
    tried.push({ candidate, problem: answer.problem });
  }
  return { tried };
}

/** Starts nothing below these folders: the prober of a workspace that is not trusted. */
export function outside(folders: readonly string[], probe: Prober): Prober {
  const problem = "it is inside of this workspace, which is not trusted";
  return (candidate) => (isInside(candidate.program, folders) ? Promise.resolve({ problem }) : probe(candidate));
}

/** What was tried and why it failed, a line each. */
export function toldAttempts(tried: readonly Attempt[]): string[] {
  if (!tried.length) return ["No Python was found: no virtual environment in the workspace, and none on PATH."];
  return tried.map(({ candidate, problem }) => `${candidate.program} (${candidate.source}): ${problem}`);
}
