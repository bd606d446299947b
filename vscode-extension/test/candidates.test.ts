import { describe, expect, it } from "vitest";
import { type Surroundings, candidates, isInside } from "../src/python/candidates";

const NOTHING: Surroundings = {
  flowPath: "",
  pythonPath: "",
  folders: ["/shop"],
  environment: {},
  home: "/home/me",
  windows: false,
  exists: () => false,
};

function programs(around: Partial<Surroundings>, ...there: string[]): string[] {
  const exists = (file: string) => there.includes(file);
  return candidates({ ...NOTHING, exists, ...around }).map(({ program }) => program);
}

describe("where a Python may be", () => {
  it("is the workspace's environment, then the Python extension's choice, then PATH", () => {
    const around = { chosen: "/opt/py/bin/python", environment: { PATH: "/usr/bin:/bin" } };
    const there = ["/shop/venv/bin/python", "/shop/.venv/bin/python", "/bin/python3", "/usr/bin/python", "/bin/python"];
    expect(programs(around, ...there)).toEqual([
      "/shop/.venv/bin/python",
      "/shop/venv/bin/python",
      "/opt/py/bin/python",
      "/bin/python3",
      "/usr/bin/python",
    ]);
  });

  it("is looked for in every folder of the workspace", () => {
    expect(programs({ folders: ["/a", "/b"] }, "/b/.venv/bin/python")).toEqual(["/b/.venv/bin/python"]);
  });

  it("names nothing twice", () => {
    expect(programs({ chosen: "/shop/.venv/bin/python" }, "/shop/.venv/bin/python")).toEqual(["/shop/.venv/bin/python"]);
  });

  it("is not in a part of PATH that depends on the current folder", () => {
    expect(programs({ environment: { PATH: ".:bin::/usr/bin" } }, "bin/python3", "/usr/bin/python3")).toEqual(["/usr/bin/python3"]);
  });

  it.each([
    ["/opt/python", "/opt/python"],
    ["~/py/bin/python", "/home/me/py/bin/python"],
    ["${workspaceFolder}/env/bin/python", "/shop/env/bin/python"],
    ["env/bin/python", "/shop/env/bin/python"],
    ["python3.12", "/usr/bin/python3.12"],
    ["python9", "python9"],
  ])("is what the setting %s says, and nothing else", (pythonPath, program) => {
    const environment = { PATH: "/usr/bin" };
    expect(programs({ pythonPath, environment }, "/shop/.venv/bin/python", "/usr/bin/python3.12")).toEqual([program]);
  });

  it("does not matter where `flow` itself is set", () => {
    const [only, ...others] = candidates({ ...NOTHING, flowPath: "/opt/flow", pythonPath: "/opt/python" });
    expect(only).toMatchObject({ program: "/opt/flow", isFlow: true, source: "setting flow.path" });
    expect(others).toEqual([]);
  });
});

describe("a program inside of a folder", () => {
  it.each([
    ["/shop/.venv/bin/python", true],
    ["/shop/..venv/bin/python", true],
    ["/shop", false],
    ["/workshop/python", false],
    ["/usr/bin/python", false],
    ["/shop/../usr/bin/python", false],
  ])("%s: %s", (program, inside) => {
    expect(isInside(program, ["/other", "/shop"])).toBe(inside);
  });
});
