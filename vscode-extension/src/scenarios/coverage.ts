/** Coverage of pipelines as VS Code shows it: a number for each file, and marks beside its lines. */

import {
  BranchCoverage,
  DeclarationCoverage,
  FileCoverage,
  type FileCoverageDetail,
  Position,
  StatementCoverage,
  TestCoverageCount,
  Uri,
} from "vscode";
import type { FileHits, LineHits } from "../protocol";
import { toRange } from "../ranges";
import { type Count, added, counted } from "./hits";

/** The coverage of a file, which VS Code hands back when its lines are to be shown. */
export class PipelineCoverage extends FileCoverage {
  constructor(private readonly hits: FileHits) {
    const branches = counted(hits.lines.flatMap((line) => line.branches));
    super(Uri.parse(hits.uri), count(counted(hits.lines)), count(branches), count(counted(hits.steps)));
  }

  /** Steps, and lines with the ways that they can go. */
  details(): FileCoverageDetail[] {
    const steps = this.hits.steps.map(({ name, range, hits }) => new DeclarationCoverage(name, hits, toRange(range)));
    return [...steps, ...this.hits.lines.map(statement)];
  }
}

/** What the runs of one test run have covered so far. */
export class Sum {
  private readonly files = new Map<string, FileHits>();

  add(found: readonly FileHits[]): void {
    for (const file of found) this.files.set(file.uri, added(this.files.get(file.uri), file));
  }

  all(): PipelineCoverage[] {
    return [...this.files.values()].map((file) => new PipelineCoverage(file));
  }
}

function statement({ line, hits, branches }: LineHits): StatementCoverage {
  const place = new Position(line, 0);
  return new StatementCoverage(hits, place, branches.map(({ label, hits }) => new BranchCoverage(hits, place, label)));
}

function count({ covered, total }: Count): TestCoverageCount {
  return new TestCoverageCount(covered, total);
}
