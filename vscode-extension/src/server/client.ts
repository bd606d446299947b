/** The client of one running server. */

import { type LogOutputChannel, workspace } from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient/node";
import { LANGUAGES, SCHEMES } from "../languages";
import { SECTION } from "../settings";
import { linked } from "./codeLinks";
import type { ServerProcess } from "./process";

const TOLERATED = 3; // broken messages in a row

/** What fails goes to the log; what that means is told once, by the one who holds the client. */
export class FlowClient extends LanguageClient {
  constructor(process: ServerProcess, log: LogOutputChannel, died: () => void) {
    super("flow", "Flow", () => Promise.resolve(process.child), options(log, died));
    // All findings come through here, pushed or pulled; middleware does not see all that are pulled.
    const converter = this.protocol2CodeConverter;
    const asDiagnostics = converter.asDiagnostics.bind(converter);
    converter.asDiagnostics = async (diagnostics, token) => linked(await asDiagnostics(diagnostics, token));
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function options(log: LogOutputChannel, died: () => void): LanguageClientOptions {
  return {
    documentSelector: LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme }))),
    diagnosticCollectionName: "flow",
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => ({ trusted: workspace.isTrusted, settings: settings() }),
    initializationFailedHandler: () => false,
    middleware: { provideCodeLenses: (document, token, next) => (wantsLenses() ? next(document, token) : []) },
    errorHandler: errorHandler(died),
  };
}

/** The section as plain data. */
function settings(): unknown {
  return JSON.parse(JSON.stringify(workspace.getConfiguration(SECTION)));
}

/** The server asks for lenses to be shown anew whenever settings change. */
function wantsLenses(): boolean {
  return workspace.getConfiguration(SECTION).get("codeLens.enable", true);
}

/** The client does not start the server again: that may need another Python by now. */
function errorHandler(died: () => void): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: (count ?? 0) <= TOLERATED ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => {
      died();
      return { action: CloseAction.DoNotRestart, message: "the connection was closed", handled: true };
    },
  };
}
