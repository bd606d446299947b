"""Measuring what Flow itself takes for a pipeline: CPU time and memory, never virtual time.

All versions are measured in the same rounds of one process, in turn, and who goes first changes
from round to round.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from flow_cli.bench_figures import Bench, Measure
from flow_core.check import check
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start
from flow_core.plan.build import make_plan
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.project import Project
from flow_core.simulate import Run, simulate
from flow_core.simulate.outcomes import Source

if TYPE_CHECKING:
    from flow_core.model.scenario import Scenario
    from flow_core.module import Module

_AT_LEAST = 0.005
"""Seconds that a measurement takes: what is quicker is done several times."""
_SNAPSHOTS = 64
"""At about so many attempts of a run the state is written, to see how large it gets."""
_YARD = 20_000

TIMED = ("check", "plan", "run")
"""The names of what is timed: reading and checking all files, making the plan, one run."""


class Subject:
    """A version of a pipeline, with what its runs are given."""

    def __init__(
        self, module: "Module", inputs: dict[str, Any], scenario: "Scenario | None", file: str
    ) -> None:
        self._module = module
        self._given = inputs
        self._scenario = scenario
        self._file = file
        self.plan = make_plan(module)

    def check(self) -> object:
        """Read and check all files anew, from their texts in memory."""
        old = self._module.project
        module = Project(old.settings, old.text).module(self._module.file)
        return check(module) if module else None

    def make_plan(self) -> PipelinePlan:
        """Make the plan of the module, which is checked."""
        return make_plan(self._module)

    def run(self, source: Source | None = None) -> Run:
        """Simulate one run.

        Raises:
            SimulationError: it can't go on.
        """
        return simulate(
            self.plan, self._given, self._scenario, scenario_file=self._file, source=source
        )


class _Work(msgspec.Struct, frozen=True):
    """Something to be timed; each measurement does it ``times`` times."""

    call: Callable[[], object]
    times: int

    def seconds(self) -> float:
        """CPU time of doing it once."""
        start = time.process_time()
        for _ in range(self.times):
            self.call()
        return (time.process_time() - start) / self.times


def measure(
    subjects: Sequence[Subject], rounds: int, tick: Callable[[], object] = lambda: None
) -> tuple[Bench, ...]:
    """Measure versions side by side; ``tick`` is called after each round.

    Raises:
        SimulationError: a run can't go on.
    """
    attempts = [subject.run().kernel.state.attempts for subject in subjects]  # and warm up
    works = [_works(subject) for subject in subjects]
    yard = _calibrated(_yard)
    spent: list[dict[str, list[float]]] = [{name: [] for name in TIMED} for _ in subjects]
    paces: list[float] = []
    for number in range(rounds):
        order = range(len(subjects)) if number % 2 else range(len(subjects) - 1, -1, -1)
        with _Undisturbed():
            paces.append(yard.seconds())
            for name in TIMED:
                for index in order:
                    spent[index][name].append(works[index][name].seconds())
        tick()
    gc.unfreeze()
    pace = Measure("s", tuple(paces))
    return tuple(
        _bench(subject, made, pace, found)
        for subject, made, found in zip(subjects, attempts, spent, strict=True)
    )


def _works(subject: Subject) -> dict[str, _Work]:
    calls: list[Callable[[], object]] = [subject.check, subject.make_plan, subject.run]
    return {name: _calibrated(call) for name, call in zip(TIMED, calls, strict=True)}


def _calibrated(call: Callable[[], object]) -> _Work:
    """Work that takes long enough for the clock."""
    once = _Work(call, 1)
    least = min(once.seconds() for _ in range(2))
    return _Work(call, max(1, round(_AT_LEAST / max(least, 1e-7))))


class _Undisturbed:
    """No garbage is collected meanwhile; what there is, is collected before.

    What is in use by then is not looked at again, so that the next one costs less.
    """

    def __enter__(self) -> None:
        gc.collect()
        gc.freeze()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        gc.enable()


def _yard() -> int:
    """A piece of work in plain Python, which tells how fast a machine is."""
    found: dict[int, tuple[int, str]] = {}
    for number in range(_YARD):
        found[number % 512] = number, str(number)
    return len(found)


def _bench(subject: Subject, attempts: int, pace: Measure, spent: dict[str, list[float]]) -> Bench:
    timed = {name: Measure("s", tuple(values)) for name, values in spent.items()}
    sizes = {"memory": _memory(subject), "snapshot": _snapshot(subject, attempts)}
    sized = {name: Measure("bytes", (float(size),)) for name, size in sizes.items()}
    return Bench(
        pipeline=subject.plan.name,
        attempts=attempts,
        yardstick=pace,
        measures={**timed, **sized},
    )


def _memory(subject: Subject) -> int:
    """The most bytes that a run has in use at once."""
    gc.collect()
    tracemalloc.start()
    try:
        subject.run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _snapshot(subject: Subject, attempts: int) -> int:
    """The size of the largest state of a run, of those that are looked at, as it is kept."""
    sizes = _Sizes(-(-attempts // _SNAPSHOTS) or 1)
    last = subject.run(sizes).kernel
    return max(sizes.largest, len(last.snapshot()))


class _Sizes:
    """A source of no results that looks at the state where every so many attempts start."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._seen = 0
        self.largest = 0

    def __call__(self, _start: Start, _leaf: Leaf, kernel: Kernel) -> None:
        if self._seen % self._every == 0:
            self.largest = max(self.largest, len(kernel.snapshot()))
        self._seen += 1
