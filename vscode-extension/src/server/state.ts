/** What the server is doing, and how that is told. */

import type { Found } from "../python/probe";

export type State =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly with: Found }
  | { readonly kind: "waiting"; readonly reason: string; readonly seconds: number }
  | { readonly kind: "failed"; readonly reason: string; readonly details: readonly string[] };

/** One line for the status bar. */
export function headline(state: State): string {
  switch (state.kind) {
    case "stopped":
      return "The language server is stopped";
    case "starting":
      return "The language server is starting";
    case "running":
      return `Flow ${state.with.flow}`;
    case "waiting":
      return `${state.reason}; it starts again in ${state.seconds} s`;
    case "failed":
      return state.reason;
  }
}

/** All that is known, a line each. */
export function told(state: State): string[] {
  switch (state.kind) {
    case "running": {
      const { flow, python, program, source } = state.with;
      return [`Flow ${flow}${python ? `, Python ${python}` : ""}`, `${program} (${source})`];
    }
    case "failed":
      return [state.reason, ...state.details];
    default:
      return [headline(state)];
  }
}
