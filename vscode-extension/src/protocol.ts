/** What the server answers beyond the protocol that all editors share. */

import type { Range } from "vscode-languageserver-protocol";

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

/** `flow.server.runScenario`. */
export interface ScenarioResult {
  readonly passed: boolean;
  readonly message: string;
  readonly line: number | null;
  readonly text: string;
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
