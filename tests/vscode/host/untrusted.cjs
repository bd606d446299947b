/** A workspace that is not trusted. */

const assert = require("node:assert");
const vscode = require("vscode");
const { open, parts, until } = require("./tools.cjs");

module.exports = {
  "no interpreter of the workspace is started": async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const { server } = await parts();
    await until(() => server.state.kind === "running" || server.state.kind === "failed");
    const { program } = server.found ?? {};
    assert.ok(!program?.includes("/workspace/"), program);
    if (server.state.kind === "failed") assert.match(server.state.details[0], /it is inside of this workspace, which is not trusted/);
  },

  "the language is there all the same": async () => {
    const { document } = await open("order-processing/order.flow.yaml");
    assert.equal(document.languageId, "flow");
  },
};
