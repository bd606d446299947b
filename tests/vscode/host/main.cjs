/**
 * What VS Code runs in its extension host: the tests of a suite, one after the other. A suite may
 * have tests `afterReload`: they run once the window was loaded again.
 */

const { appendFileSync, existsSync, writeFileSync } = require("node:fs");

const LONGEST = 30_000;
const { FLOW_TEST_RESULTS: results, FLOW_TEST_SUITE: suite } = process.env;

exports.run = async () => {
  try {
    const { afterReload, ...tests } = require(suite);
    const reloaded = existsSync(`${results}.reload`);
    for (const [name, test] of Object.entries(reloaded ? afterReload : tests)) say({ name, ...(await outcome(test)) });
    if (afterReload && !reloaded) await loadedAgain();
  } catch (error) {
    say({ name: "the suite", error: String(error.stack) });
  }
  writeFileSync(`${results}.done`, "");
};

/** Never comes back: an extension host whose tests have ended takes its panels with it. */
function loadedAgain() {
  writeFileSync(`${results}.reload`, "");
  return new Promise(() => {});
}

function say(result) {
  appendFileSync(results, `${JSON.stringify(result)}\n`);
}

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
