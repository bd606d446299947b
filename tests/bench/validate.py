"""`flow validate` beside check-jsonschema and yamllint: run me; I print ratios.

    python tests/bench/validate.py [--rounds N]

check-jsonschema gets Flow's own exported schema. The commands run in turn; compare the ratios, not
the seconds. CPU time counts children; on the clock Flow uses all cores, the others one. Needs the
extra `dev`.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from measure import medians
from samples import pipeline, with_steps

BIN = Path(sys.executable).parent
FILES = 500


def main() -> None:
    """Print each budget with what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder, "flow.schema.json")
        schema.write_text(_schema(), "utf-8")
        _one_file(folder, schema, rounds)
        _many_files(folder, schema, max(1, rounds // 2))
    _linear()


def _schema() -> str:
    import json

    from flow_core.language.schema import schema

    return json.dumps(schema("pipeline"))


def _commands(schema: Path, *targets: str) -> dict[str, list[str]]:
    return {
        "flow validate": [str(BIN / "flow"), "validate", "--no-cache", *targets],
        "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", str(schema), *targets],
        "yamllint": [str(BIN / "yamllint"), "-d", "relaxed", *targets],
    }


def _one_file(folder: str, schema: Path, rounds: int) -> None:
    Path(folder, "one.flow.yaml").write_text(pipeline(100), "utf-8")
    spent = medians(_commands(schema, "one.flow.yaml"), folder, rounds)
    found = {name: one.cpu for name, one in spent.items()}
    print(f"one file of 100 lines, cold, CPU ms: {_ms(found)}")
    _budget("flow / check-jsonschema", found, "check-jsonschema", "<= 0.60")
    _budget("flow / yamllint (stretch)", found, "yamllint", "<= 1.00")


def _many_files(folder: str, schema: Path, rounds: int) -> None:
    many = Path(folder, "many")
    many.mkdir()
    names = [f"sample_{number}.flow.yaml" for number in range(FILES)]
    for number, name in enumerate(names):
        (many / name).write_text(pipeline(100, number), "utf-8")
    spent = medians(_commands(schema, *names), str(many), rounds)
    print(f"\n{FILES} files of 100 lines:")
    for name, one in spent.items():
        print(f"  {name}: {FILES / one.wall:,.0f} a second, {FILES / one.cpu:,.0f} a CPU second")
    wall = {name: one.wall for name, one in spent.items()}
    cpu = {name: one.cpu for name, one in spent.items()}
    _budget(
        "flow / check-jsonschema, files a second", wall, "check-jsonschema", ">= 5.00", inverse=True
    )
    _budget("the same by CPU time", cpu, "check-jsonschema", "none", inverse=True)


def _linear() -> None:
    from flow_cli.main import collect_less
    from flow_core.check import check
    from flow_core.project import Project
    from flow_core.settings import Settings

    collect_less()
    print("\nchecking one pipeline, CPU µs a step:")
    costs: list[float] = []
    for steps in (1_000, 10_000, 100_000):
        project = Project(Settings("/"), lambda _: None)
        start = time.process_time()
        found = check(project.add("/large.flow.yaml", with_steps(steps)))
        costs.append((time.process_time() - start) / steps * 1e6)
        print(f"  {steps:>7,} steps: {costs[-1]:.0f} ({len(found)} findings)")
    print(f"  100,000 / 1,000 steps: {costs[-1] / costs[0]:.2f} (budget <= 1.30)")


def _ms(found: dict[str, float]) -> str:
    return ", ".join(f"{name} {spent * 1000:.0f}" for name, spent in found.items())


def _budget(
    what: str, found: dict[str, float], peer: str, budget: str, *, inverse: bool = False
) -> None:
    ratio = found["flow validate"] / found[peer]
    print(f"  {what}: {1 / ratio if inverse else ratio:.2f} (budget {budget})")


if __name__ == "__main__":
    main()
