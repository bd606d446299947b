/** The language server as the extension sees it: one for each window; found, started, watched. */

import { EventEmitter, type LogOutputChannel } from "vscode";
import { discover } from "../python/discover";
import { toldAttempts } from "../python/find";
import type { Found } from "../python/probe";
import { Backoff } from "./backoff";
import { FlowClient } from "./client";
import { ServerProcess } from "./process";
import { type State, headline, told } from "./state";

export class Server {
  private readonly changed = new EventEmitter<State>();
  readonly onDidChange = this.changed.event;
  private current: State = { kind: "stopped" };
  private running: { readonly client: FlowClient; readonly process: ServerProcess } | undefined;
  private program: Found | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly backoff = new Backoff();
  private again: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: LogOutputChannel,
    /** A folder that holds no code of the workspace. */
    private readonly neutral: string,
  ) {}

  get state(): State {
    return this.current;
  }

  /** The program that was started last; a server that died leaves it. */
  get found(): Found | undefined {
    return this.program;
  }

  /** Starts it anew, with the Python that is found now. */
  restart(): Promise<void> {
    this.backoff.forget();
    return this.turn(() => this.launch());
  }

  stop(): Promise<void> {
    return this.turn(() => Promise.resolve());
  }

  /**
   * The server's answer to a request, once it has started.
   *
   * @throws Error - It is not running; the message says why.
   */
  async ask<Answer>(method: string, parameters: object): Promise<Answer> {
    await this.queue;
    if (this.running === undefined || this.current.kind !== "running") throw new Error(headline(this.current));
    return this.running.client.sendRequest<Answer>(method, parameters);
  }

  /** The same for one of the server's commands, `flow.server.NAME`. */
  command<Answer>(name: string, ...given: readonly unknown[]): Promise<Answer> {
    return this.ask("workspace/executeCommand", { command: `flow.server.${name}`, arguments: given });
  }

  /** Does something once all before it is done, and with no server running. */
  private turn(work: () => Promise<void>): Promise<void> {
    clearTimeout(this.again);
    this.queue = this.queue.then(() => this.halt()).then(work).catch((error: unknown) => {
      this.fail("The language server could not be started", [String(error)]);
    });
    return this.queue;
  }

  private async halt(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (!running) return;
    await running.client.dispose().catch((error: unknown) => { this.log.debug(String(error)); });
    running.process.kill();
    this.become({ kind: "stopped" });
  }

  private async launch(): Promise<void> {
    this.become({ kind: "starting" });
    const { found, tried } = await discover(this.neutral);
    this.program = found;
    if (tried.length) toldAttempts(tried).forEach((line) => { this.log.info(`tried ${line}`); });
    if (found) await this.connect(found);
    else this.fail("The language server can't run: no Python with Flow was found", toldAttempts(tried));
  }

  private async connect(found: Found): Promise<void> {
    this.log.info(`starting Flow ${found.flow} with ${found.program} (${found.source})`);
    const process = new ServerProcess(found, this.neutral);
    const client = new FlowClient(process, this.log, () => void this.died(process));
    this.running = { client, process };
    try {
      await client.start();
      if (process.isLost) throw new Error("it ended while it was being started");
      this.become({ kind: "running", with: found });
    } catch (error) {
      this.running = undefined;
      process.kill();
      this.fail(await process.end(), [String(error), ...process.lastWords, ...told({ kind: "running", with: found })]);
    }
  }

  /** A server that ran has died. (One that never ran fails where it is started.) */
  private async died(process: ServerProcess): Promise<void> {
    process.isLost = true;
    if (this.running?.process !== process || this.current.kind !== "running") return;
    const seconds = this.backoff.died(Date.now());
    const reason = await process.end();
    if (this.running.process !== process) return; // somebody has started another meanwhile
    if (seconds === undefined) {
      this.fail(`${reason}, ${this.backoff.count} times in a row`, process.lastWords);
      return;
    }
    this.become({ kind: "waiting", reason, seconds });
    this.again = setTimeout(() => void this.turn(() => this.launch()), seconds * 1000);
  }

  private fail(reason: string, details: readonly string[]): void {
    this.become({ kind: "failed", reason, details });
  }

  private become(state: State): void {
    this.current = state;
    for (const line of told(state)) this.log[state.kind === "failed" ? "error" : "info"](line);
    this.changed.fire(state);
  }
}
