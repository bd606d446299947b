/** The process of the server, and what it said last. */

import { type ChildProcess, spawn } from "node:child_process";
import { type Found, safeEnvironment } from "../python/probe";

const KEPT = 20; // lines of its error output

export class ServerProcess {
  readonly child: ChildProcess;
  /** Whether the connection to it is closed: a client may still take its start for a success. */
  isLost = false;
  private lines: readonly string[] = [];
  private exit = "closed its connection";

  /** Starts it in `neutral`, a folder that holds no code of the workspace. */
  constructor({ program, isFlow }: Found, neutral: string) {
    const parameters = isFlow ? ["lsp"] : ["-m", "flow_lsp"];
    const child = spawn(program, parameters, { cwd: neutral, env: safeEnvironment(), windowsHide: true });
    child.stderr.on("data", (data: Buffer) => {
      this.lines = [...this.lines, ...data.toString().split(/\r?\n/).filter(Boolean)].slice(-KEPT);
    });
    child.on("exit", (code, signal) => {
      this.exit = signal ? `was ended by ${signal}` : `ended with exit code ${code ?? "unknown"}`;
    });
    child.on("error", (error) => {
      this.exit = `could not be started: ${error.message}`;
    });
    this.child = child;
  }

  /** How it ended, once what it said last has come in. */
  async end(): Promise<string> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      await Promise.race([new Promise((ended) => child.once("close", ended)), pause(500)]);
    }
    return `The language server ${this.exit}`;
  }

  /** The last lines of its error output. */
  get lastWords(): readonly string[] {
    return this.lines;
  }

  /** Makes sure that it is gone. */
  kill(): void {
    this.child.kill();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
