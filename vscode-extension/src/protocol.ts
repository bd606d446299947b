/** What the server answers beyond the protocol that all editors share. */

import type { Location, Range } from "vscode-languageserver-protocol";

/** `flow/page`: the whole page of the graph. */
export interface Page {
  readonly html: string;
}

/** `flow/graph`: what the page shows, and where its boxes are in the text. */
export interface Graph {
  readonly version: number;
  readonly picture: unknown;
  readonly ranges: Readonly<Record<string, Range>>;
  /** The boxes that show an older text, because the one at hand is broken there. */
  readonly stale: readonly string[];
}

/** `flow.server.scenarios`. */
export interface Scenario {
  readonly name: string;
  readonly range: Range;
}

/** `flow.server.runScenarios`: `files` are those that the results hang on. */
export interface ScenarioRun {
  readonly results: readonly ScenarioResult[];
  readonly files: readonly string[];
}

/** `flow.server.coverScenarios`. */
export interface CoveringRun extends ScenarioRun {
  readonly coverage: readonly FileHits[];
}

export interface ScenarioResult {
  readonly name: string;
  readonly text: string;
  /** Milliseconds. */
  readonly took: number;
  readonly failures: readonly Failure[];
}

/** `expected` and `found` are empty where the message says all. */
export interface Failure {
  readonly message: string;
  readonly help: string;
  readonly expected: string;
  readonly found: string;
  readonly location: Location;
  readonly about: readonly { readonly message: string; readonly location: Location }[];
}

/** What runs have covered of a file: how many came to each line, step and branch. */
export interface FileHits {
  readonly uri: string;
  readonly lines: readonly LineHits[];
  readonly steps: readonly StepHits[];
}

export interface LineHits {
  readonly line: number;
  readonly hits: number;
  readonly branches: readonly BranchHits[];
}

export interface BranchHits {
  readonly id: string;
  readonly label: string;
  readonly hits: number;
}

export interface StepHits {
  readonly name: string;
  readonly range: Range;
  readonly hits: number;
}

/** `flow.server.dryRun`. */
export interface DryRun {
  readonly text: string;
  readonly status: string;
  readonly outputs: unknown;
  readonly svg: string;
}

/** `flow.server.validateWorkspace`. */
export interface Validation {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}
