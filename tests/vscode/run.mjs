/**
 * Runs the tests of a folder inside the real VS Code:
 * `node run.mjs CODE_SERVER SUITE WORKSPACE` prints a line of JSON for each test.
 *
 * The tests run in the extension host, with the extension as it was built. `CODE_SERVER` is a folder
 * with the npm packages `code-server` and `playwright-core`; see install.sh.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { address, missing, startBrowser, startServer } from "../../vscode-extension/scripts/code-server.mjs";

const [installed, suite, workspace] = process.argv.slice(2).map((path) => resolve(path));
const here = new URL(".", import.meta.url).pathname;
const extension = resolve(here, "../../vscode-extension");
const LONGEST = 180_000;
const LAYOUT_SAVED = 8_000; // in a browser, VS Code writes it down every five seconds

const absent = missing(installed);
if (absent) {
  console.error(absent);
  process.exit(2);
}

const untrusted = suite.endsWith("untrusted.cjs");
const results = join(mkdtempSync(join(tmpdir(), "flow-results-")), "results.jsonl");
const server = await startServer(installed, {
  trust: untrusted,
  settings: { "security.workspace.trust.startupPrompt": "never", "workbench.startupEditor": "none", "files.autoSave": "off" },
  environment: { FLOW_TEST_RESULTS: results, FLOW_TEST_SUITE: suite },
});
const browser = await startBrowser(installed);
try {
  await browser.page.goto(address(server.port, workspace, { extension, tests: join(here, "host/main.cjs") }));
  const ended = () => existsSync(`${results}.done`);
  await until(() => ended() || existsSync(`${results}.reload`));
  if (!ended()) {
    await browser.page.waitForTimeout(LAYOUT_SAVED);
    await browser.page.reload();
  }
  await until(ended);
} finally {
  if (process.env.FLOW_SCREENSHOT) await browser.page.screenshot({ path: process.env.FLOW_SCREENSHOT });
  if (existsSync(results)) process.stdout.write(readFileSync(results, "utf8"));
  await browser.stop();
  server.stop();
  rmSync(join(results, ".."), { recursive: true, force: true });
}

async function until(holds) {
  for (const began = Date.now(); !holds(); ) {
    if (Date.now() - began > LONGEST) throw new Error("the tests did not end in time");
    await new Promise((again) => setTimeout(again, 100));
  }
}
