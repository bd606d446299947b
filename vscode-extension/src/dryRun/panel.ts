/** The panel that shows what a pipeline would do. */

import * as path from "node:path";
import { ProgressLocation, type Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import type { DryRun } from "../protocol";
import type { Server } from "../server/server";
import { timeline } from "./timeline";

export class DryRuns {
  private panel: WebviewPanel | undefined;

  constructor(private readonly server: Server) {}

  /** Simulates a pipeline, or a scenario of a file, and shows the timeline. */
  async run(uri: Uri, scenario?: string): Promise<DryRun> {
    const name = scenario ?? path.posix.basename(uri.path);
    const given = scenario === undefined ? [] : [scenario];
    const where = { location: ProgressLocation.Window, title: `Dry run of ${name}` };
    const result = await window.withProgress(where, async () => {
      await workspace.openTextDocument(uri); // the server answers for what is open
      return this.server.command<DryRun>("dryRun", uri.toString(), ...given);
    });
    this.show(`Dry run: ${name}`, result);
    return result;
  }

  private show(title: string, result: DryRun): void {
    this.panel ??= this.created();
    this.panel.title = title;
    this.panel.webview.html = timeline(title, result);
    this.panel.reveal(undefined, true);
  }

  private created(): WebviewPanel {
    const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel("flow.dryRun", "Dry run", where, { enableFindWidget: true });
    panel.onDidDispose(() => { this.panel = undefined; });
    return panel;
  }
}
