/** The languages of Flow's files. */

import type { TextDocument } from "vscode";

export const PIPELINES: readonly string[] = ["flow", "flow-json"];
export const SCENARIOS: readonly string[] = ["flowtest", "flowtest-json"];
export const LANGUAGES: readonly string[] = [...PIPELINES, ...SCENARIOS];

export function isPipeline(document: TextDocument | undefined): document is TextDocument {
  return document !== undefined && PIPELINES.includes(document.languageId);
}

export function isScenarios(document: TextDocument | undefined): document is TextDocument {
  return document !== undefined && SCENARIOS.includes(document.languageId);
}

export function isFlow(document: TextDocument | undefined): document is TextDocument {
  return isPipeline(document) || isScenarios(document);
}
