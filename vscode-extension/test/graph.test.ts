import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { timeline } from "../src/dryRun/timeline";
import { innermost } from "../src/graph/boxes";
import { hosted, notice } from "../src/graph/page";

const range = (from: number, to: number) => ({ start: { line: from, character: 2 }, end: { line: to, character: 9 } });

describe("the box at the cursor", () => {
  const ranges = { group: range(1, 9), "group/inner": range(3, 5), "group/other": range(6, 9), last: range(12, 14) };

  it.each([
    [2, 0, "group"],
    [3, 2, "group/inner"],
    [5, 9, "group/inner"],
    [5, 10, "group"],
    [7, 0, "group/other"],
    [10, 0, undefined],
    [13, 0, "last"],
  ])("at %i:%i is %s", (line, character, id) => {
    expect(innermost(ranges, { line, character })).toBe(id);
  });
});

/** What a browser would allow: each script's hash stands in the policy. */
function allowed(html: string): boolean[] {
  const policy = /content="([^"]*)"/.exec(html)?.[1] ?? "";
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
  return scripts.map(([, text = ""]) => policy.includes(`'sha256-${createHash("sha256").update(text).digest("base64")}'`));
}

describe("the page in a panel", () => {
  const page = `<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x'">
</head><body>$&</body></html>`;

  it("keeps what is needed after a reload, with a script that its policy allows", () => {
    const html = hosted(page, { uri: "file:///a/</script>$1.flow.yaml", locked: true });
    expect(allowed(html)).toEqual([true]);
    expect(html).toContain("script-src 'sha256-");
    expect(html).toContain("'sha256-x'");
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).toContain("$&");
  });

  it("shows what is said as text, and runs nothing", () => {
    const html = notice("<script>alert(1)</script>");
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain("<script>");
  });
});

describe("the page of a dry run", () => {
  it("has picture, text and outputs, and no script", () => {
    const svg = "<svg onload='x'></svg>";
    const html = timeline("a <b>", { svg, text: "<a> succeeded", status: "succeeded", outputs: { n: "<1>" } });
    expect(html).toContain(`base64,${Buffer.from(svg).toString("base64")}`);
    expect(html).toContain("&lt;a&gt; succeeded");
    expect(html).toContain("&lt;1&gt;");
    expect(html).not.toMatch(/<script|onload/);
  });
});
