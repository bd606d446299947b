import { describe, expect, it } from "vitest";
import { Backoff } from "../src/server/backoff";
import { headline, told } from "../src/server/state";

describe("a server that dies", () => {
  it("is started again, later each time, until that is no use", () => {
    const backoff = new Backoff();
    const delays = [1, 2, 3, 4, 5, 6].map((second) => backoff.died(second * 1000));
    expect(delays).toEqual([0, 1, 2, 4, 8, undefined]);
    expect(backoff.count).toBe(6);
  });

  it("has its old deaths forgotten", () => {
    const backoff = new Backoff();
    backoff.died(0);
    backoff.died(1);
    expect(backoff.died(200_000)).toBe(0);
    backoff.died(200_001);
    backoff.forget();
    expect(backoff.died(200_002)).toBe(0);
  });
});

describe("the state in words", () => {
  const found = { source: ".venv of shop", program: "/shop/.venv/bin/python", flow: "0.1.0", python: "3.12.1" };

  it("says what runs", () => {
    expect(told({ kind: "running", with: found })).toEqual(["Flow 0.1.0, Python 3.12.1", "/shop/.venv/bin/python (.venv of shop)"]);
  });

  it("says why nothing runs", () => {
    const state = { kind: "failed", reason: "No Python with Flow was found", details: ["a is not there"] } as const;
    expect(headline(state)).toBe("No Python with Flow was found");
    expect(told(state)).toEqual(["No Python with Flow was found", "a is not there"]);
  });

  it("says that it waits", () => {
    expect(headline({ kind: "waiting", reason: "It ended", seconds: 4 })).toBe("It ended; it starts again in 4 s");
  });
});
