/**
 * The real VS Code without a desktop: the server that the npm package `code-server` brings, and a
 * page of it in Chromium. For tests and for screenshots; both work on copies.
 */

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What of the things that are needed is not there; nothing if all is. */
export function missing(installed) {
  if (!existsSync(main(installed))) return `no code-server in ${installed}`;
  if (!existsSync(join(installed, "node_modules", "playwright-core"))) return `no playwright-core in ${installed}`;
  return CHROMIUM.some((file) => existsSync(file)) ? "" : "no Chromium";
}

function main(installed) {
  return join(installed, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js");
}

/**
 * Starts a server of VS Code. `settings` are a user's, `environment` is added to the processes of
 * extensions, `trust` asks whether a workspace is trusted.
 */
export async function startServer(installed, { settings = {}, environment = {}, trust = false } = {}) {
  const data = mkdtempSync(join(tmpdir(), "flow-vscode-"));
  mkdirSync(join(data, "user", "User"), { recursive: true });
  writeFileSync(join(data, "user", "User", "settings.json"), JSON.stringify(settings));
  const port = await freePort();
  const options = [
    "--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms",
    "--telemetry-level", "off", "--server-data-dir", join(data, "server"), "--user-data-dir", join(data, "user"),
    "--extensions-dir", join(data, "extensions"), ...(trust ? [] : ["--disable-workspace-trust"]),
  ];
  // Its own group: extension hosts and language servers end with it.
  const child = spawn(process.execPath, [main(installed), ...options], {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: process.env.VERBOSE ? "inherit" : "ignore",
  });
  const stop = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // it is gone already
    }
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  await answering(`http://127.0.0.1:${port}/version`);
  return { port, stop };
}

/** A browser with one page; `stop` closes both. */
export async function startBrowser(installed, { width = 1280, height = 800, scale = 1 } = {}) {
  const { chromium } = createRequire(join(installed, "node_modules/"))("playwright-core");
  const profile = mkdtempSync(join(tmpdir(), "flow-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM.find((file) => existsSync(file)),
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: scale,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  if (process.env.VERBOSE) page.on("console", (message) => console.error("console:", message.text().slice(0, 400)));
  const stop = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, stop };
}

/** The address of a folder in the server's page, with the extension under development. */
export function address(port, folder, { extension, tests, file } = {}) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = Object.entries({ extensionDevelopmentPath: extension, extensionTestsPath: tests, openFile: file })
    .filter(([, path]) => path !== undefined)
    .map(([name, path]) => [name, remote(path)]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answering(url, tries = 300) {
  for (let left = tries; left; left--) {
    const ok = await fetch(url).then((answer) => answer.ok, () => false);
    if (ok) return;
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error(`${url} does not answer`);
}
