/**
 * Takes the pictures of docs/vscode.md from the real editor:
 * `node scripts/screenshots.mjs CODE_SERVER PYTHON [NAME…]`, where CODE_SERVER is a folder made by
 * tests/vscode/install.sh and PYTHON one that has Flow.
 */

import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
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
};

/** The pictures: which file is open, and what is done until it can be taken. */
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
    async act(editor) {
      await editor.goTo("receipt: ${{ steps.charge.outputs.receipt }}");
      await editor.page.keyboard.press("End");
      await editor.page.keyboard.press("Enter");
      await editor.type("paid: ${{ steps.charge.outputs.receipt.");
      await editor.page.keyboard.press("Control+Space");
      await editor.page.waitForSelector(".suggest-widget.visible .monaco-list-row");
    },
  },

  graph: {
    file: "order.flow.yaml",
    async act(editor) {
      await editor.run("Flow: Show Graph");
      await editor.webview((frame) => frame.waitForSelector("[data-ready=yes]"));
      await editor.goTo("uses: payments.charge@");
      await editor.webview((frame) => frame.waitForSelector("#panel-title"));
    },
  },

  tests: {
    file: "tests/order.flowtest.yaml",
    async act(editor) {
      await editor.goTo("track: {iterations: 2}");
      await editor.type("track: {iterations: 3}");
      await editor.run("Testing: Focus on Test Explorer View");
      await editor.run("Test: Run All Tests");
      await editor.page.waitForSelector(".test-explorer .codicon-testing-failed-icon", { timeout: 60_000 });
    },
  },

  "dry-run": {
    file: "order.flow.yaml",
    async act(editor) {
      await editor.run("Flow: Dry Run");
      await editor.webview((frame) => frame.waitForSelector("img"));
    },
  },
};

/** The editor's page, and what a person does with it. */
class Editor {
  constructor(page) {
    this.page = page;
  }

  /** Waits until a file is there and the server has looked at it. */
  async ready() {
    await this.page.waitForSelector(".monaco-editor .view-line", { timeout: 60_000 });
    await this.page.waitForSelector(".codelens-decoration a", { timeout: 60_000 });
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

  /** Finds a text, and leaves the cursor there. */
  async goTo(text) {
    await this.page.locator(".monaco-editor").first().click();
    await this.page.keyboard.press("Control+f");
    await this.page.locator(".find-widget textarea").first().fill(text);
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.press("Escape");
  }

  type(text) {
    return this.page.keyboard.insertText(text);
  }

  /** Looks into the page of a panel, two frames further in. */
  async webview(look) {
    for (let left = 100; left; left--) {
      for (const frame of this.page.frames()) {
        if (frame.url().includes("fake.html") && (await frame.$("body > *"))) return look(frame);
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error("no panel");
  }
}

function workspaceIn(folder) {
  const shop = join(folder, "shop");
  cpSync(join(root, "docs/examples/order-processing"), shop, { recursive: true });
  for (const name of ["checkout", "payments"]) cpSync(join(root, `docs/first-look/${name}.flow.yaml`), join(shop, `${name}.flow.yaml`));
  rmSync(join(shop, "broken"), { recursive: true });
  return shop;
}

async function taken(name, { file, act }, workspace) {
  const server = await startServer(installed, { settings: LOOK });
  const browser = await startBrowser(installed, { width: 1280, height: 760 });
  try {
    const { page } = browser;
    await page.goto(address(server.port, workspace, { extension: join(root, "vscode-extension"), file: join(workspace, file) }));
    const editor = new Editor(page);
    await editor.ready();
    await act(editor);
    await page.waitForTimeout(1500);
  } finally {
    await browser.page.screenshot({ path: join(root, `docs/pictures/vscode-${name}.png`) });
    await browser.stop();
    server.stop();
  }
}

const absent = missing(installed);
if (absent) throw new Error(absent);
const folder = mkdtempSync(join(tmpdir(), "flow-pictures-"));
mkdirSync(join(root, "docs/pictures"), { recursive: true });
for (const [name, picture] of Object.entries(PICTURES)) {
  if (wanted.length && !wanted.includes(name)) continue;
  rmSync(join(folder, "shop"), { recursive: true, force: true });
  await taken(name, picture, workspaceIn(folder)).catch((error) => console.error(name, error));
}
rmSync(folder, { recursive: true });
