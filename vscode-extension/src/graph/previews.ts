/** All panels with graphs: at most one of them follows the editor, the others are locked. */

import { Disposable, type ExtensionContext, type TextDocument, type TextEditor, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import { isFlow, isPipeline } from "../languages";
import type { Server } from "../server/server";
import type { Kept } from "./page";
import { Preview } from "./preview";

const VIEW = "flow.graph";

export class Previews {
  private readonly all = new Set<Preview>();

  constructor(
    private readonly server: Server,
    private readonly icon: { readonly light: Uri; readonly dark: Uri },
  ) {}

  /** Listens to the editor for as long as the extension lives. */
  start(context: ExtensionContext): void {
    context.subscriptions.push(
      window.onDidChangeActiveTextEditor((editor) => { this.activated(editor); }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => { this.moved(textEditor); }),
      workspace.onDidChangeTextDocument(({ document }) => { this.changed(document); }),
      workspace.onDidSaveTextDocument((document) => { this.changed(document); }),
      this.server.onDidChange(({ kind }) => { if (kind === "running") this.reload(); }),
      window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: (panel, kept: Kept | undefined) => this.restored(panel, kept),
      }),
      new Disposable(() => { this.all.forEach(({ panel }) => { panel.dispose(); }); }),
    );
  }

  /** Shows the graph of a pipeline beside its text. */
  async open(uri: Uri): Promise<Preview> {
    const there = this.panels.find((preview) => !preview.locked || same(preview.uri, uri));
    if (!there) return this.added(this.created(), uri, false);
    there.panel.reveal(undefined, true);
    if (!same(there.uri, uri)) await there.show(uri);
    return there;
  }

  /** Locks the panel that is in front, or lets it follow again. */
  async toggleLock(): Promise<void> {
    const active = this.panels.find(({ panel }) => panel.active);
    await active?.lock(!active.locked);
  }

  get panels(): Preview[] {
    return [...this.all];
  }

  private created(): WebviewPanel {
    const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    return window.createWebviewPanel(VIEW, "Graph", where, { retainContextWhenHidden: true });
  }

  private restored(panel: WebviewPanel, kept: Kept | undefined): Promise<void> {
    if (kept) this.added(panel, Uri.parse(kept.uri), kept.locked);
    else panel.dispose();
    return Promise.resolve();
  }

  private added(panel: WebviewPanel, uri: Uri, locked: boolean): Preview {
    panel.iconPath = this.icon;
    const preview = new Preview(panel, this.server, uri, locked);
    this.all.add(preview);
    panel.onDidDispose(() => this.all.delete(preview));
    return preview;
  }

  private activated(editor: TextEditor | undefined): void {
    const document = editor?.document;
    if (!isPipeline(document)) return;
    const follower = this.panels.find(({ locked }) => !locked);
    if (follower && !same(follower.uri, document.uri)) void follower.show(document.uri);
  }

  private moved(editor: TextEditor): void {
    for (const preview of this.panels) if (same(preview.uri, editor.document.uri)) preview.follow(editor);
  }

  /** A pipeline's picture shows other files too: those it calls, and what is wrong because of them. */
  private changed(document: TextDocument): void {
    if (isFlow(document)) this.panels.forEach((preview) => { preview.changed(); });
  }

  private reload(): void {
    for (const preview of this.panels) void preview.load();
  }
}

function same(a: Uri, b: Uri): boolean {
  return a.toString() === b.toString();
}
