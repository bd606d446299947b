/** What VS Code runs in its extension host: the tests of a suite, one after the other. */

const { appendFileSync, writeFileSync } = require("node:fs");

const LONGEST = 30_000;

exports.run = async () => {
  const { FLOW_TEST_RESULTS: results, FLOW_TEST_SUITE: suite } = process.env;
  const say = (result) => appendFileSync(results, `${JSON.stringify(result)}\n`);
  try {
    for (const [name, test] of Object.entries(require(suite))) say({ name, ...(await outcome(test)) });
  } catch (error) {
    say({ name: "the suite", error: String(error.stack) });
  }
  writeFileSync(`${results}.done`, "");
};

async function outcome(test) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("took too long")), LONGEST);
  });
  try {
    await Promise.race([test(), late]);
    return {};
  } catch (error) {
    return { error: String(error.stack) };
  } finally {
    clearTimeout(timer);
  }
}
