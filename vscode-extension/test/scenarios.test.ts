import { describe, expect, it } from "vitest";
import type { FileHits } from "../src/protocol";
import { added, counted } from "../src/scenarios/hits";
import { lots } from "../src/scenarios/lots";

const RANGE = { start: { line: 3, character: 2 }, end: { line: 4, character: 0 } };

function hits(step: number, ...branches: number[]): FileHits {
  const ways = branches.map((count, index) => ({ id: `way ${index}`, label: `a: way ${index}`, hits: count }));
  return { uri: "file:///a.flow.yaml", steps: [{ name: "a", range: RANGE, hits: step }], lines: [{ line: 3, hits: step, branches: ways }] };
}

describe("what is run in one request", () => {
  it("is little at first, and twice as much each time", () => {
    const items = [...Array(1000).keys()];
    const found = [...lots(items)];
    expect(found.map((lot) => lot.length)).toEqual([8, 16, 32, 64, 128, 256, 256, 240]);
    expect(found.flat()).toEqual(items);
  });

  it("is nothing where there is nothing", () => {
    expect([...lots([])]).toEqual([]);
  });
});

describe("coverage", () => {
  it("of several runs is added up by line, step and branch", () => {
    expect(added(hits(2, 1, 0), hits(1, 0, 0))).toEqual(hits(3, 1, 0));
  });

  it("of a first run is as it is", () => {
    expect(added(undefined, hits(1, 1))).toEqual(hits(1, 1));
  });

  it("forgets what the text no longer has", () => {
    expect(added(hits(2, 1, 4), hits(1, 1))).toEqual(hits(3, 2));
  });

  it("counts what was reached at least once", () => {
    expect(counted([{ hits: 0 }, { hits: 3 }, { hits: 1 }])).toEqual({ covered: 2, total: 3 });
  });
});
