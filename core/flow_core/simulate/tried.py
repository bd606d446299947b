"""The runs of a scenario with samples, held against what it expects of each and of all."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.model.scenario import Scenario
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.expectations import Unmet, unmet, unmet_by_all
from flow_core.simulate.run import Run
from flow_core.simulate.samples import Samples, collect

if TYPE_CHECKING:
    from flow_core.places import Path


class Tried(msgspec.Struct, frozen=True):
    """How the runs went.

    ``run`` with its ``seed`` is one that shows what is unmet; where all is met, the longest.
    """

    samples: Samples
    unmet: tuple[Unmet, ...]
    run: Run
    seed: int


def try_samples(make: Callable[[int], Run], scenario: Scenario, seed: int | None = None) -> Tried:
    """Make all runs of a scenario with samples; ``seed`` takes the place of its own.

    Raises:
        SimulationError: a run can't go on; the message has its seed.
    """
    first = scenario.first_seed if seed is None else seed
    misses = _Misses(scenario)
    samples = collect(_runs(make, first, scenario.samples or 1, misses), first)
    all_ = unmet_by_all(samples, scenario.expect, scenario.path)
    found = (*misses.found(samples.count), *all_)
    seed = next((each.seed for each in found if each.seed is not None), samples.longest)
    return Tried(samples, found, {**misses.runs, **samples.kept}[seed], seed)


def _runs(make: Callable[[int], Run], first: int, count: int, misses: "_Misses") -> Iterator[Run]:
    for seed in range(first, first + count):
        try:
            run = make(seed)
        except SimulationError as error:
            message = f"{error.message} (in the run with seed {seed})"
            raise SimulationError(message, error.place, error.help, error.code) from None
        misses.look(run, seed)
        yield run


class _Misses:
    """What single runs did otherwise than expected: the first of each kind, and how many did.

    ``runs`` are those that did first, by their seeds.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._first: dict[Path, Unmet] = {}
        self._count: dict[Path, int] = {}
        self.runs: dict[int, Run] = {}

    def look(self, run: Run, seed: int) -> None:
        """Hold a run against what is expected of each."""
        for each in unmet(run, self._scenario.expect, self._scenario.path):
            if each.path not in self._first:
                self._first[each.path] = msgspec.structs.replace(each, seed=seed)
                self.runs[seed] = run
            self._count[each.path] = self._count.get(each.path, 0) + 1

    def found(self, count: int) -> tuple[Unmet, ...]:
        """The first of each kind, with how many of all runs are like it."""
        return tuple(
            msgspec.structs.replace(
                each, message=f"{each.message} (in {self._count[path]} of {count} runs)"
            )
            for path, each in self._first.items()
        )
