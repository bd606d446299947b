"""Many runs of one scenario, seed after seed: how long and how dear they are, how many succeed."""

import math
from collections.abc import Iterable
from functools import cached_property

import msgspec

from flow_core.simulate.run import Run

_SECOND = 1_000_000


class Distribution(msgspec.Struct, frozen=True, dict=True):
    """What each of many runs came to; ``values`` in the order of the runs, at least one."""

    values: tuple[float, ...]

    @cached_property
    def ordered(self) -> list[float]:
        """The values, the least first."""
        return sorted(self.values)

    def at(self, percent: float) -> float:
        """The value that so many of 100 runs do not exceed, by the nearest rank.

        >>> Distribution((4.0, 1.0, 3.0, 2.0)).at(50)
        2.0
        """
        rank = math.ceil(percent / 100 * len(self.values))
        return self.ordered[max(0, rank - 1)]

    @property
    def least(self) -> float:
        """The least value."""
        return self.ordered[0]

    @property
    def most(self) -> float:
        """The greatest value."""
        return self.ordered[-1]


def readable(microseconds: float) -> int:
    """A duration for people: one of more than a second is rounded up to milliseconds."""
    whole = int(microseconds)
    return whole if whole < _SECOND else -(-whole // 1_000) * 1_000


class Samples(msgspec.Struct, frozen=True, dict=True):
    """What many runs came to: durations in microseconds, costs, and the status of each run.

    The first run has the ``seed``, each other the next. Of the runs themselves only the longest,
    the dearest and the first that did not succeed are ``kept``, by their seeds.
    """

    seed: int
    durations: Distribution
    costs: Distribution
    statuses: tuple[str, ...]
    kept: dict[int, Run]

    @property
    def count(self) -> int:
        """How many runs there were."""
        return len(self.statuses)

    @cached_property
    def success_rate(self) -> float:
        """The share of the runs that succeeded."""
        return self.statuses.count("succeeded") / self.count

    @cached_property
    def longest(self) -> int:
        """The seed of the longest run."""
        return self.seed + self.durations.values.index(self.durations.most)

    @cached_property
    def dearest(self) -> int:
        """The seed of the dearest run."""
        return self.seed + self.costs.values.index(self.costs.most)

    @cached_property
    def failure(self) -> int | None:
        """The seed of the first run that did not succeed."""
        seeds = enumerate(self.statuses, self.seed)
        return next((seed for seed, status in seeds if status != "succeeded"), None)


def collect(runs: Iterable[Run], seed: int) -> Samples:
    """Add up runs, of which there must be one; the first has the ``seed``."""
    durations: list[float] = []
    costs: list[float] = []
    statuses: list[str] = []
    worst: dict[str, tuple[int, Run]] = {}
    for number, run in enumerate(runs, seed):
        longest, dearest = worst.get("longest"), worst.get("dearest")
        if longest is None or run.elapsed > longest[1].elapsed:
            worst["longest"] = number, run
        if dearest is None or run.cost > dearest[1].cost:
            worst["dearest"] = number, run
        if not run.succeeded:
            worst.setdefault("failure", (number, run))
        durations.append(run.elapsed)
        costs.append(run.cost)
        statuses.append(run.status)
    spread = Distribution(tuple(durations)), Distribution(tuple(costs))
    return Samples(seed, *spread, tuple(statuses), dict(worst.values()))
