/**
 * Takes the pictures of docs/vscode.md from the real editor:
 * `node scripts/screenshots.mjs CODE_SERVER PYTHON [NAME…]`, where CODE_SERVER is a folder made by
 * tests/vscode/install.sh and PYTHON one that has Flow.
 */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { address, missing, startBrowser, startServer } from "./code-server.mjs";

const [installed, python, ...wanted] = process.argv.slice(2);
const root = resolve(import.meta.dirname, "../..");
const LOOK = {
  "flow.pythonPath": python,
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.layoutControl.enabled": false,
  "workbench.tips.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "window.title": "${rootName}",
  "editor.minimap.enabled": false,
  "editor.fontSize": 13,
  "editor.hover.delay": 100,
  "breadcrumbs.enabled": false,
  "chat.commandCenter.enabled": false,
  "security.workspace.trust.enabled": false,
  "testing.automaticallyOpenTestResults": "neverOpen",
};

/**
 * The pictures: which file is open, with which words changed, and what is done until it can be taken.
 */
const PICTURES = {
  editor: {
    file: "checkout.flow.yaml",
    async act(editor) {
      await editor.page.waitForSelector(".squiggly-error");
      await editor.run("View: Toggle Problems");
      await editor.hover("receipt: ${{", "outputs");
    },
  },

  completion: {
    file: "order.flow.yaml",
    change: ["  receipt: ${{ steps.charge.outputs.receipt }}", "  paid: ${{ steps.charge.outputs.receipt. }}"],
    async act(editor) {
      await editor.goTo("outputs.receipt. }}", "outputs.receipt.".length);
      await editor.page.keyboard.press("Control+Space");
      await editor.page.waitForSelector(".suggest-widget.visible .monaco-list-row");
      await editor.page.keyboard.press("Control+Space"); // opens the text beside the list
    },
  },

  graph: {
    file: "order.flow.yaml",
    async act(editor) {
      await editor.run("View: Toggle Primary Side Bar Visibility");
      await editor.run("Flow: Show Graph");
      await editor.webview("[data-ready=yes]");
      await editor.goTo("uses: payments.charge@", 6);
      await editor.webview("#panel-title");
    },
  },

  tests: {
    file: "tests/order.flowtest.yaml",
    change: ["ran: [validate, reserve, charge, pick,", "ran: [validate, charge, reserve, pick,"],
    async act(editor) {
      await editor.run("Testing: Focus on Test Explorer View");
      await editor.run("Test: Run All Tests");
      await editor.page.waitForSelector(".test-explorer .codicon-testing-failed-icon", { timeout: 60_000 });
      await editor.page.locator(".test-explorer .monaco-tl-twistie").first().click();
      await editor.goTo("ran: [validate, charge", 4);
      await editor.run("Test: Peek Output");
    },
  },

  coverage: {
    file: "order.flow.yaml",
    async act(editor) {
      await editor.run("Test: Run All Tests with Coverage");
      await editor.goTo("  pick:\n", 2);
      await editor.page.waitForSelector(".coverage-deco-gutter", { timeout: 60_000 });
      await editor.run("Testing: Focus on Test Coverage View");
      await editor.page.locator(".test-coverage-list-item").last().click();
      await editor.page.keyboard.press("ArrowRight");
    },
  },

  "dry-run": {
    file: "order.flow.yaml",
    async act(editor) {
      await editor.run("View: Toggle Primary Side Bar Visibility");
      await editor.run("Flow: Dry Run");
      await editor.webview("img");
    },
  },

  status: {
    file: "checkout.flow.yaml",
    settings: { "flow.pythonPath": "/usr/bin/python3" },
    async act(editor) {
      await editor.page.waitForSelector(".notifications-toasts .notification-toast");
      await editor.run("Flow: Show Server Status");
      await editor.page.waitForSelector(".monaco-dialog-box");
    },
  },
};

/** The editor's page, and what a person does with it. */
class Editor {
  constructor(page, text) {
    this.page = page;
    this.text = text;
  }

  run(command) {
    return this.palette(`>${command}`);
  }

  /** Rests the pointer on a word of the line that begins with a text. */
  async hover(line, word) {
    const place = this.page.locator(".view-line", { hasText: line }).locator("span", { hasText: word }).last();
    await place.hover();
    await this.page.waitForSelector(".monaco-hover:not(.hidden) .hover-row");
  }

  async palette(text) {
    await this.page.keyboard.press("F1");
    await this.page.waitForSelector(".quick-input-widget input");
    await this.page.locator(".quick-input-widget input").fill(text);
    await this.page.waitForTimeout(700); // the list is filtered while one types
    await this.page.keyboard.press("Enter");
    await this.page.waitForTimeout(500);
  }

  /** Puts the cursor so many characters behind the start of a text of the open file. */
  goTo(text, behind) {
    const before = this.text.slice(0, this.text.indexOf(text) + behind).split("\n");
    return this.palette(`:${before.length}:${before.at(-1).length + 1}`);
  }

  /** Waits for something in the page of a panel, which is two frames further in. */
  async webview(selector) {
    for (let left = 200; left; left--) {
      const found = await Promise.all(this.page.frames().map((frame) => frame.$(selector).catch(() => null)));
      if (found.some(Boolean)) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no ${selector} in a panel`);
  }
}

function workspaceIn(folder) {
  const shop = join(folder, "shop");
  cpSync(join(root, "docs/examples/order-processing"), shop, { recursive: true, filter: (name) => !name.includes("cache") });
  for (const name of ["checkout", "payments"]) cpSync(join(root, `docs/first-look/${name}.flow.yaml`), join(shop, `${name}.flow.yaml`));
  rmSync(join(shop, "broken"), { recursive: true });
  return shop;
}

async function taken(name, { file, change = ["", ""], settings = {}, act }, workspace) {
  const path = join(workspace, file);
  const text = readFileSync(path, "utf8").replace(change[0], () => change[1]);
  writeFileSync(path, text);
  const server = await startServer(installed, { settings: { ...LOOK, ...settings } });
  const browser = await startBrowser(installed, { width: 1280, height: 760 });
  try {
    const { page } = browser;
    await page.goto(address(server.port, workspace, { extension: join(root, "vscode-extension"), file: path }));
    await page.waitForSelector(".monaco-editor .view-line", { timeout: 60_000 });
    if (!settings["flow.pythonPath"]) await page.waitForSelector(".codelens-decoration a", { timeout: 60_000 });
    await act(new Editor(page, text));
    await page.waitForTimeout(1500); // until all of it is drawn
  } finally {
    await browser.page.screenshot({ path: join(root, `docs/pictures/vscode-${name}.png`) });
    await browser.stop();
    server.stop();
  }
}

const absent = missing(installed);
if (absent) throw new Error(absent);
const folder = mkdtempSync(join(tmpdir(), "flow-pictures-"));
for (const [name, picture] of Object.entries(PICTURES)) {
  if (wanted.length && !wanted.includes(name)) continue;
  rmSync(join(folder, "shop"), { recursive: true, force: true });
  await taken(name, picture, workspaceIn(folder)).catch((error) => console.error(name, error));
}
rmSync(folder, { recursive: true });
