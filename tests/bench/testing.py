"""What the harness costs: 1,000 scenarios, and the plugin where nobody uses it; run me.

    python tests/bench/testing.py

Every figure stands beside one of the same run: 1,000 tests of pytest that do nothing, and pytest
without the plugin. Commands take turns, so that a machine's moods hit all alike; compare the
ratios, not the seconds.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from textwrap import indent

from figures import limit, ratio
from measure import Spent, medians, spent_by

from flow_cli.bench_figures import interval

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "order-processing"
SCENARIOS = 1_000
FILES = 25
ROUNDS = 5
LOAD_ROUNDS = 30

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
FLOW_TEST = [sys.executable, "-m", "flow_cli", "test"]
TWO = ["-n", "2"]


def main() -> None:
    """Print each budget with what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        _thousand(Path(folder))
        _load(Path(folder))


def _thousand(folder: Path) -> None:
    flow, plain = folder / "flow", folder / "plain"
    shutil.copytree(EXAMPLE, flow, ignore=shutil.ignore_patterns("broken", "tests"))
    _write_scenarios(flow / "tests")
    plain.mkdir()
    for number in range(FILES):
        (plain / f"test_{number}.py").write_text("".join(_trivial()))
    found = medians(
        {
            "flow test": [*FLOW_TEST, str(flow)],
            "pytest": [*PYTEST, str(flow)],
            "pytest -n 2": [*PYTEST, *TWO, str(flow)],
            "trivial": [*PYTEST, str(plain)],
            "trivial -n 2": [*PYTEST, *TWO, str(plain)],
        },
        str(folder),
        ROUNDS,
    )
    print(f"{SCENARIOS:,} scenarios in {FILES} files, beside as many tests that do nothing:")
    for name, spent in found.items():
        print(f"  {name:13} CPU {spent.cpu:6.2f} s   clock {spent.wall:6.2f} s")
    limit("flow test, seconds of CPU time, which two cores share", found["flow test"].cpu, 5)
    _ratios(found)


def _ratios(found: dict[str, Spent]) -> None:
    ratio("flow test / trivial tests, CPU", found["flow test"].cpu, found["trivial"].cpu)
    ratio("scenarios in pytest / trivial tests, CPU", found["pytest"].cpu, found["trivial"].cpu)
    two = found["pytest -n 2"].wall, found["trivial -n 2"].wall
    ratio("scenarios / trivial tests, both on two cores, clock", *two)


def _write_scenarios(folder: Path) -> None:
    """Scenarios of the example, each with an order of its own."""
    folder.mkdir()
    source = (EXAMPLE / "tests" / "order.flowtest.yaml").read_text("utf-8")
    head, _, body = source.partition("scenarios:\n")
    names = list(_scenarios(body))
    each = SCENARIOS // FILES
    for number in range(FILES):
        numbers = range(number * each, (number + 1) * each)
        parts = [_renamed(names[one % len(names)], one) for one in numbers]
        (folder / f"many_{number}.flowtest.yaml").write_text(
            head + "scenarios:\n" + indent("".join(parts), "  "), "utf-8"
        )


def _scenarios(body: str) -> Iterator[str]:
    """The texts of the scenarios of a file, set at its left edge."""
    lines: list[str] = []
    for line in body.splitlines(keepends=True):
        if line.startswith("  ") and not line[2:3].isspace() and lines:
            yield "".join(lines)
            lines = []
        lines.append(line.removeprefix("  "))
    yield "".join(lines)


def _renamed(scenario: str, number: int) -> str:
    name, colon, rest = scenario.partition(":\n")
    return f"{name}, {number}{colon}{rest}"


def _trivial() -> Iterator[str]:
    for number in range(SCENARIOS // FILES):
        yield f"def test_{number}():\n    assert {number} == {number}\n\n"


def _load(folder: Path) -> None:
    empty = folder / "empty"
    empty.mkdir()
    (empty / "test_one.py").write_text("def test_one():\n    assert True\n")
    commands = {"with": PYTEST, "without": [*PYTEST, "-p", "no:flow"]}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(LOAD_ROUNDS + 1):
        for name in sorted(commands, reverse=bool(turn % 2)):  # each goes first in turn
            cpu = spent_by([*commands[name], str(empty)], str(folder)).cpu
            if turn:  # the first round warms up
                spent[name].append(cpu * 1000)
    added = [one - other for one, other in zip(spent["with"], spent["without"], strict=True)]
    low, high = interval(added)
    print(
        f"\npytest in a project without Flow, {statistics.median(spent['without']):.0f} ms of CPU:"
    )
    limit("what the plugin adds, milliseconds", statistics.median(added), 5)
    print(f"  95% sure: between {low:.1f} and {high:.1f}")
    limit("what pytest needs to list the files of Flow, milliseconds", _listing(), 5)


def _listing() -> float:
    """Milliseconds for the names of all files of this distribution, which pytest looks at.

    It does so for each that has a plugin, loaded or not, to know whose asserts to rewrite; there
    are few where it is installed for editing.
    """
    spent: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        if not [str(file) for file in distribution("flow-pipelines").files or ()]:
            raise RuntimeError("flow-pipelines is not installed")
        spent.append((time.process_time() - start) * 1000)
    return min(spent)


if __name__ == "__main__":
    main()
