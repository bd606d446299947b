/** One panel with the graph of a pipeline, kept in step with its text and with the cursor. */

import * as path from "node:path";
import { Range, type TextEditor, Uri, type WebviewPanel, workspace } from "vscode";
import { Debounced } from "../debounce";
import type { Graph, Page } from "../protocol";
import { toRange } from "../ranges";
import type { Server } from "../server/server";
import { innermost } from "./boxes";
import { hosted, notice } from "./page";
import { reveal } from "./reveal";

const QUIET = 150; // milliseconds without a change before the picture follows

/** What the page tells: a box was chosen, or its source is wanted. */
interface Told {
  readonly type?: string;
  readonly id?: string;
  readonly file?: string;
  readonly line?: number;
}

export class Preview {
  private graph: Graph | undefined;
  /** The box that both sides have chosen last: news of it goes no further. */
  private chosen: string | undefined;
  private hasPage = false;
  private readonly redraw = new Debounced(QUIET, () => void this.refresh());

  constructor(
    readonly panel: WebviewPanel,
    private readonly server: Server,
    private source: Uri,
    private fixed = false,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    panel.webview.onDidReceiveMessage((told: Told) => void this.heard(told));
    panel.onDidChangeViewState(() => { this.changed(); });
    panel.onDidDispose(() => { this.redraw.dispose(); });
    void this.load();
  }

  get uri(): Uri {
    return this.source;
  }

  get locked(): boolean {
    return this.fixed;
  }

  /** What the picture shows; nothing while there is none. */
  get shown(): Graph | undefined {
    return this.graph;
  }

  /** Whether the panel stays with its pipeline when another one is edited. */
  lock(locked: boolean): Promise<void> {
    this.fixed = locked;
    return this.load();
  }

  show(uri: Uri): Promise<void> {
    this.source = uri;
    return this.load();
  }

  /** The text has changed, or something that it depends on. */
  changed(): void {
    if (this.panel.visible) this.redraw.soon();
  }

  /** The cursor has moved: the box that it is in is chosen. */
  follow(editor: TextEditor): void {
    const id = this.graph && innermost(this.graph.ranges, editor.selection.active);
    if (id === undefined || id === this.chosen) return;
    this.chosen = id;
    void this.post({ type: "flow.select", id });
  }

  /** The page anew, for instance once the server has started. */
  async load(): Promise<void> {
    const { source, panel } = this;
    panel.title = `${this.fixed ? "Graph (locked)" : "Graph"}: ${path.posix.basename(source.path)}`;
    try {
      await workspace.openTextDocument(source); // the server answers for what is open
      const [{ html }, graph] = await Promise.all([this.ask<Page>("flow/page"), this.ask<Graph>("flow/graph")]);
      if (source !== this.source) return;
      this.graph = graph;
      this.put(html, true);
    } catch (error) {
      this.graph = undefined;
      this.put(notice(error instanceof Error ? error.message : String(error)), false);
    }
  }

  private async refresh(): Promise<void> {
    if (!this.hasPage) {
      await this.load();
      return;
    }
    const { source } = this;
    const graph = await this.ask<Graph>("flow/graph").catch(() => undefined);
    if (!graph || source !== this.source) return;
    this.graph = graph;
    await this.post({ type: "flow.graph", picture: graph.picture });
  }

  private put(html: string, isPage: boolean): void {
    this.panel.webview.html = hosted(html, { uri: this.source.toString(), locked: this.fixed });
    this.hasPage = isPage;
    this.chosen = undefined;
  }

  private async heard({ type, id, file, line }: Told): Promise<void> {
    if (type === "flow.select" && id !== undefined && id !== this.chosen) {
      this.chosen = id;
      const range = this.graph?.ranges[id];
      if (range) await reveal(this.source, toRange(range), { focus: false });
    } else if (type === "flow.open") await this.opened(id, file, line);
  }

  private async opened(id = "", file = "", line = 1): Promise<void> {
    const range = this.graph?.ranges[id];
    const start = Math.max(line - 1, 0);
    if (range) await reveal(this.source, toRange(range), { focus: true });
    else await reveal(this.beside(file), new Range(start, 0, start, 0), { focus: true });
  }

  /** A file that the picture names: relative to the pipeline's. */
  private beside(file: string): Uri {
    return file ? Uri.joinPath(this.source, "..", file) : this.source;
  }

  private ask<Answer>(method: string): Promise<Answer> {
    return this.server.ask(method, { textDocument: { uri: this.source.toString() } });
  }

  private post(message: object): Thenable<boolean> {
    return this.panel.webview.postMessage(message);
  }
}
