/** Adds up what runs have covered: several lots of scenarios, and several files, test one pipeline. */

import type { FileHits, LineHits } from "../protocol";

export function added(known: FileHits | undefined, more: FileHits): FileHits {
  if (!known) return more;
  const steps = new Map(known.steps.map((step) => [step.name, step.hits]));
  const lines = new Map(known.lines.map((line) => [line.line, line]));
  return {
    uri: more.uri,
    steps: more.steps.map((step) => ({ ...step, hits: step.hits + (steps.get(step.name) ?? 0) })),
    lines: more.lines.map((line) => sum(lines.get(line.line), line)),
  };
}

function sum(known: LineHits | undefined, more: LineHits): LineHits {
  const hits = new Map(known?.branches.map((branch) => [branch.id, branch.hits]));
  return {
    line: more.line,
    hits: more.hits + (known?.hits ?? 0),
    branches: more.branches.map((branch) => ({ ...branch, hits: branch.hits + (hits.get(branch.id) ?? 0) })),
  };
}

export interface Count {
  readonly covered: number;
  readonly total: number;
}

/** How many of some things were covered at least once. */
export function counted(things: readonly { readonly hits: number }[]): Count {
  return { covered: things.filter(({ hits }) => hits > 0).length, total: things.length };
}
