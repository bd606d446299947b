import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { find, outside, toldAttempts } from "../src/python/find";
import { type Answer, failure, probe, runIn } from "../src/python/probe";

const PYTHON = { source: "test", program: "/usr/bin/python3" };

function saying(output: string): Promise<Answer> {
  return probe(PYTHON, () => Promise.resolve(output));
}

function failing(error: object): Promise<Answer> {
  return probe(PYTHON, () => Promise.reject(Object.assign(new Error("boom"), error)));
}

const about = (python: string, missing = "", flow = "") => JSON.stringify({ python, flow, missing });

describe("asking a Python", () => {
  it("finds Flow in it", async () => {
    expect(await saying(about("3.12.1", "", "0.1.0"))).toEqual({ found: { ...PYTHON, python: "3.12.1", flow: "0.1.0" } });
  });

  it("reads past what a site's start-up prints", async () => {
    expect(await saying(`Welcome to conda!\n${about("3.12.1", "", "0.1.0")}\n`)).toHaveProperty("found");
  });

  it.each([
    [about("3.9.2", "ModuleNotFoundError: No module named 'flow_lsp'"), "this is Python 3.9.2, and Flow needs 3.11 or later"],
    [about("2.7.18", "ImportError: No module named flow_lsp"), "this is Python 2.7.18, and Flow needs 3.11 or later"],
    [about("3.12.1", "ModuleNotFoundError: No module named 'flow_lsp'"), "Flow is not installed in it (Python 3.12.1)"],
    [about("3.12.1", "ImportError: broken wheel"), "it can't import flow_lsp (Python 3.12.1): ImportError: broken wheel"],
    ["Hello, I am Perl", "it does not answer as Python does"],
  ])("says why it will not do: %s", async (output, problem) => {
    expect(await saying(output)).toEqual({ problem });
  });

  it.each([
    [{ code: "ENOENT" }, "there is no such program"],
    [{ code: "EACCES" }, "it may not be executed"],
    [{ killed: true }, "it did not answer within 20 seconds"],
    [{ code: 1, stderr: "a\nFatal Python error: init\n" }, "it fails: Fatal Python error: init"],
    [{ code: 1, stderr: "" }, "it fails: boom"],
  ])("says why it failed: %s", async (error, problem) => {
    expect(await failing(error)).toEqual({ problem });
    expect(failure(Object.assign(new Error("boom"), error))).toBe(problem);
  });
});

describe("asking `flow`", () => {
  const FLOW = { source: "test", program: "/usr/bin/flow", isFlow: true };

  it("finds its version", async () => {
    expect(await probe(FLOW, () => Promise.resolve("flow 0.1.0\n"))).toEqual({ found: { ...FLOW, flow: "0.1.0" } });
  });

  it("knows another program by that name", async () => {
    expect(await probe(FLOW, () => Promise.resolve("a type checker\n"))).toEqual({
      problem: "does not say its version, so this is not `flow`",
    });
  });
});

describe("the search", () => {
  const all = ["/shop/.venv/bin/python", "/usr/bin/python3"].map((program) => ({ source: "here", program }));
  const knows = (good: string) => ({ program, source }: (typeof all)[0]) =>
    Promise.resolve<Answer>(program === good ? { found: { program, source, flow: "1" } } : { problem: "is not there" });

  it("takes the first that can, and remembers why others can't", async () => {
    const { found, tried } = await find(all, knows("/usr/bin/python3"));
    expect(found?.program).toBe("/usr/bin/python3");
    expect(toldAttempts(tried)).toEqual(["/shop/.venv/bin/python (here): is not there"]);
  });

  it("starts nothing of a workspace that is not trusted", async () => {
    const started: string[] = [];
    const probing = outside(["/shop"], (candidate) => {
      started.push(candidate.program);
      return knows("/shop/.venv/bin/python")(candidate);
    });
    const { found, tried } = await find(all, probing);
    expect(found).toBeUndefined();
    expect(started).toEqual(["/usr/bin/python3"]);
    expect(tried[0]?.problem).toBe("it is inside of this workspace, which is not trusted");
  });

  it("says so when there is nothing to try", () => {
    expect(toldAttempts([])).toEqual(["No Python was found: no virtual environment in the workspace, and none on PATH."]);
  });
});

describe.skipIf(process.platform === "win32")("real programs", () => {
  const folder = mkdtempSync(join(tmpdir(), "flow-probe-"));
  const script = (name: string, text: string) => {
    const program = join(folder, name);
    writeFileSync(program, text);
    chmodSync(program, 0o755);
    return { source: "test", program };
  };

  it("are run, and understood", async () => {
    const fake = script("python", `#!/bin/sh\necho '${about("3.13.0", "", "0.2.0")}'\n`);
    expect(await probe(fake, runIn(folder))).toHaveProperty("found.flow", "0.2.0");
  });

  it("may be missing, or no programs", async () => {
    const missing = { source: "test", program: join(folder, "none") };
    expect(await probe(missing, runIn(folder))).toEqual({ problem: "there is no such program" });
    const text = script("text", "no program");
    chmodSync(text.program, 0o644);
    expect(await probe(text, runIn(folder))).toEqual({ problem: "it may not be executed" });
  });

  const python = pythonThere();
  it.skipIf(python === undefined)("do not import a module of the folder that they run in", async () => {
    writeFileSync(join(folder, "flow_lsp.py"), "raise SystemExit('imported!')\n");
    const answer = await probe({ source: "test", program: python ?? "" }, runIn(folder));
    expect(JSON.stringify(answer)).not.toContain("imported!");
  });
});

/** A Python that knows PYTHONSAFEPATH. */
function pythonThere(): string | undefined {
  const question = "import sys; sys.exit(sys.version_info < (3, 11))";
  return ["python3", "python"].find((name) => {
    try {
      execFileSync(name, ["-c", question]);
      return true;
    } catch {
      return false;
    }
  });
}
