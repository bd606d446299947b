/** The languages of Flow's files. */

import type { TextDocument } from "vscode";

export const PIPELINES: readonly string[] = ["flow", "flow-json"];
export const SCENARIOS: readonly string[] = ["flowtest", "flowtest-json"];
export const LANGUAGES: readonly string[] = [...PIPELINES, ...SCENARIOS];

/** What the server looks at; a version of git, for instance, is not edited. */
export const SCHEMES: readonly string[] = ["file", "untitled"];

export function isPipeline(document: TextDocument | undefined): document is TextDocument {
  return isOneOf(PIPELINES, document);
}

export function isScenarios(document: TextDocument | undefined): document is TextDocument {
  return isOneOf(SCENARIOS, document);
}

export function isFlow(document: TextDocument | undefined): document is TextDocument {
  return isPipeline(document) || isScenarios(document);
}

function isOneOf(languages: readonly string[], document: TextDocument | undefined): boolean {
  return document !== undefined && languages.includes(document.languageId) && SCHEMES.includes(document.uri.scheme);
}
