const assert = require("node:assert");
const vscode = require("vscode");
const { open, running, until } = require("./tools.cjs");
module.exports = {
  "the server runs": async () => { const p = await running(); console.log(p.server.state); },
  "languages": async () => { const e = await open("order-processing/order.flow.yaml"); assert.equal(e.document.languageId, "flow"); },
  "diagnostics": async () => { const e = await open("order-processing/broken/order.flow.yaml"); await until(() => vscode.languages.getDiagnostics(e.document.uri).length > 0); },
};
