"""What the examples can do is what there is to cover in them: drawn runs come to nearly all of it.

What they don't come to is listed here with the reason; anything else would be a goal that nobody
can reach.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flow_core.analysis.tested import UnderTest
from flow_core.coverage import covered, goals
from flow_core.kernel import Kernel
from flow_core.kernel.events import Assume, Failed, Start, Succeeded
from flow_core.module import Module
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate import simulate
from flow_core.simulate.outcomes import Result, built_in, unknown_outputs
from flow_core.simulate.run import plan_of

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "first-dry-run/parcel.flow.yaml": ({"weight": 40}, ()),
    "examples/order-processing/order.flow.yaml": (
        {"region": "us", "approval_limit": 0},
        (
            "budget:exceeded",
            "label.for_each:many",
            "pick.for_each:many",
            "reserve.for_each:many",
        ),
    ),
    "examples/etl/etl.flow.yaml": (
        {"day": None},
        (
            "budget:exceeded",
            "convert.for_each:none",
            "convert.for_each:many",
        ),
    ),
    "examples/multi-flow/first_order.flow.yaml": (
        {},
        ("budget:exceeded", "allocate.for_each:many"),
    ),
}
"""For each example inputs besides those of its scenarios, and the goals that drawn runs miss.

Budgets are for what never happens, and all scenarios order one thing. Of a list that a component
gives, a run takes it that it has one element.
"""
RUNS = 600
AT = "2026-01-05T05:30:00Z"


class Drawn:
    """Draws how attempts end: mostly well, but some calls fail again and again."""

    def __init__(self, seed: int, names: list[str]) -> None:
        self._lots = random.Random(seed)  # noqa: S311 - no secrets are made
        self._bad = {names[seed % len(names)]} if names and seed % 3 else set[str]()
        self._bad |= set(self._lots.sample(names, min(len(names), seed % 2)))
        self._always: dict[str, str | None] = {}
        self._rate = self._lots.choice([0.02, 0.1, 0.4])
        self.seen: set[str] = set()

    def __call__(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        done = built_in(start, leaf, kernel)
        if done is not None:
            return done
        name = without_indices(start.path)
        self.seen.add(name)
        takes = leaf.target.p50 or 0
        if name not in self._bad and self._lots.random() >= self._rate:
            return Result(takes, Succeeded(start.id, unknown_outputs(start, leaf)))
        hangs = leaf.policy.timeout is not None and self._lots.random() < 0.3
        drawn = None if hangs else self._lots.choice(sorted(leaf.target.errors or {"unexpected"}))
        how = self._always.setdefault(name, drawn) if name in self._bad else drawn
        return Result(takes, None if how is None else Failed(start.id, how))


def inputs_of(module: Module) -> list[dict[str, Any]]:
    """The inputs of the scenarios that test a pipeline."""
    folder = Path(module.file).parent
    files = (module.project.module(str(file)) for file in folder.rglob("*.flowtest.yaml"))
    return [
        dict(scenario.inputs)
        for file in files
        if file and file.tested and file.tested.module.file == module.file
        for scenario in file.scenario.scenarios.values()
    ]


def runs(module: Module, more: dict[str, Any]) -> Iterator[dict[str, frozenset[str]]]:
    """What each of many drawn runs covers."""
    plan, given = plan_of(module), inputs_of(module)
    given += [{**each, **more} for each in given]
    asked: set[str] = set()
    names: set[str] = set()
    for seed in range(RUNS):
        lots = random.Random(seed)  # noqa: S311 - the same
        source = Drawn(seed, sorted(names))
        events = [(0, Assume(each, lots.random() < (seed % 5) / 4)) for each in sorted(asked)]
        run = simulate(
            plan,
            lots.choice(given),
            seed=seed,
            source=source,
            events=events,
            scheduled_at=lots.choice([None, AT]),
        )
        asked |= {note.asks for note in run.notes if note.asks}
        names |= source.seen
        yield covered(run)


@pytest.mark.parametrize("example", EXAMPLES)
def test_drawn_runs_come_to_all_goals_but_those_that_are_listed(example: str) -> None:
    file = (DOCS / example).resolve()
    module = Project(load(file.parent)).module(str(file))
    assert module is not None
    more, listed = EXAMPLES[example]
    found = {
        (file, goal) for run in runs(module, more) for file, ids in run.items() for goal in ids
    }
    every = {(m.file, goal.id) for m in UnderTest(module).modules for goal in goals(m)}
    assert sorted(goal for _, goal in every - found) == sorted(listed)
