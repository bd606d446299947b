/** Asks a program whether it can start the server. */

import { execFile } from "node:child_process";
import type { Candidate } from "./candidates";

/** A program that can. */
export interface Found extends Candidate {
  readonly flow: string;
  readonly python?: string;
}

/** What came of trying one: it can, or why it can't. */
export type Answer = { readonly found: Found } | { readonly problem: string };

/** How a program is run: its exit is an error that carries what it printed. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;

/** Readable for every Python there is, so that an old one can say that it is old. */
const QUESTION = `
import json, sys
about = {"python": ".".join(map(str, sys.version_info[:3])), "flow": "", "missing": ""}
try:
    import flow_lsp
    from importlib.metadata import version
    about["flow"] = version("flow-pipelines")
except Exception as error:
    about["missing"] = "%s: %s" % (type(error).__name__, error)
print(json.dumps(about))
`;
const OLDEST = [3, 11] as const;
const PATIENCE = 20_000; // a cold disk and a virus scanner can take long

export async function probe(candidate: Candidate, run: Run): Promise<Answer> {
  try {
    return candidate.isFlow ? await askFlow(candidate, run) : await askPython(candidate, run);
  } catch (error) {
    return { problem: failure(error) };
  }
}

async function askFlow(candidate: Candidate, run: Run): Promise<Answer> {
  const version = /\d+(?:\.\d+)+\S*/.exec(await run(candidate.program, ["--version"]))?.[0];
  return version === undefined
    ? { problem: "does not say its version, so this is not `flow`" }
    : { found: { ...candidate, flow: version } };
}

async function askPython(candidate: Candidate, run: Run): Promise<Answer> {
  const { python, flow, missing } = answered(await run(candidate.program, ["-c", QUESTION]));
  if (isOld(python)) return { problem: `this is Python ${python}, and Flow needs ${OLDEST.join(".")} or later` };
  if (/No module named '?flow_lsp'?$/.test(missing)) return { problem: `Flow is not installed in it (Python ${python})` };
  if (missing) return { problem: `it can't import flow_lsp (Python ${python}): ${missing}` };
  return { found: { ...candidate, flow, python } };
}

interface About {
  readonly python: string;
  readonly flow: string;
  readonly missing: string;
}

/** The last line; what a site's start-up prints comes before it. */
function answered(output: string): About {
  const line = output.trim().split("\n").at(-1) ?? "";
  return JSON.parse(line) as About;
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** What the error of a child process means, in words. */
export function failure(error: unknown): string {
  const { code, killed, stderr, message } = error as {
    code?: string | number;
    killed?: boolean;
    stderr?: string;
    message?: string;
  };
  if (code === "ENOENT") return "there is no such program";
  if (code === "EACCES") return "it may not be executed";
  if (killed) return `it did not answer within ${PATIENCE / 1000} seconds`;
  if (error instanceof SyntaxError) return "it does not answer as Python does";
  const last = stderr?.trim().split("\n").at(-1);
  return last ? `it fails: ${last}` : `it fails: ${message ?? String(code)}`;
}

/** Runs a program in a folder where no module of the workspace can be taken for one of Flow. */
export function runIn(folder: string): Run {
  const options = { cwd: folder, env: safeEnvironment(), timeout: PATIENCE, windowsHide: true };
  return (program, args) =>
    new Promise((resolve, reject) => {
      execFile(program, args, options, (error, stdout, stderr) => {
        if (error) reject(Object.assign(error as Error, { stderr }));
        else resolve(stdout);
      });
    });
}

/** With `PYTHONSAFEPATH` a folder's own `flow_lsp.py` is not imported in place of Flow's. */
export function safeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONSAFEPATH: "1" };
}
