"""Many runs with drawn durations and failures (Monte Carlo): how long, how dear, how sure.

A duration is drawn from the log-normal distribution whose median is the estimate's `p50` and whose
95th percentile is its `p95`; an attempt fails with the probability `failure_rate`, with one of the
errors that the component declares.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.model.scenario import Scenario
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf, PipelinePlan, Target
from flow_core.simulate.outcomes import Result, unknown_outputs
from flow_core.simulate.run import Run, simulate

_Z95 = 1.6448536269514722
"""The 95th percentile of the standard normal distribution."""


class Spread(msgspec.Struct, frozen=True):
    """Percentiles of a figure, by the nearest rank."""

    p50: float
    p90: float
    p99: float
    most: float


class Sampling(msgspec.Struct, frozen=True):
    """What many runs came to. Durations in microseconds.

    ``assumed`` are the conditions that were taken to hold where they were not known. ``statuses``
    and ``errors`` count runs; ``critical`` counts for each step the runs in which it
    was on the critical path, ``failed`` those in which it failed.
    """

    samples: int
    seed: int
    duration: Spread
    cost: Spread
    statuses: dict[str, int]
    errors: dict[str, int]
    critical: dict[str, int]
    failed: dict[str, int]
    assumed: tuple[str, ...] = ()

    @property
    def failure_probability(self) -> float:
        """The share of the runs that did not succeed."""
        return 1 - self.statuses.get("succeeded", 0) / self.samples


class _Drawn:
    """Draws how attempts of effects end."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        target = leaf.target
        if not target.effect:
            return None
        takes = self._duration(target)
        if self._random.random() < target.failure_rate:
            name = self._random.choice(sorted(target.errors or ()) or ["unexpected"])
            return Result(takes, Failed(start.id, name, "drawn by its `failure_rate`"))
        return Result(takes, Succeeded(start.id, unknown_outputs(start, leaf)))

    def _duration(self, target: Target) -> int:
        if not target.p50 or target.p95 is None or target.p95 <= target.p50:
            return target.p50 or 0
        sigma = math.log(target.p95 / target.p50) / _Z95
        return round(target.p50 * math.exp(sigma * self._random.gauss(0, 1)))


def sample(  # noqa: PLR0913 - what is sampled, all by name
    plan: PipelinePlan,
    inputs: Mapping[str, Json],
    scenario: Scenario | None = None,
    *,
    samples: int = 1000,
    seed: int = 0,
    scenario_file: str = "",
    start: str | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Sampling:
    """Simulate many runs; one seed gives one result. ``tick`` is called after each run.

    Raises:
        SimulationError: as `simulate` does.
    """
    found = _Tally()
    for number in range(samples):
        random = Random(f"{seed}/{number}")  # noqa: S311 - to be repeatable, not secret
        run = simulate(
            plan,
            inputs,
            scenario,
            random.getrandbits(32),
            source=None if scenario else _Drawn(random),
            scenario_file=scenario_file,
            start=start,
        )
        found.add(run)
        tick()
    return found.result(samples, seed)


class _Tally:
    """Adds runs up."""

    def __init__(self) -> None:
        self._durations: list[float] = []
        self._costs: list[float] = []
        self._statuses: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._critical: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._assumed: dict[str, None] = {}

    def add(self, run: Run) -> None:
        self._durations.append(run.elapsed)
        self._costs.append(run.cost)
        self._statuses[run.status] += 1
        if run.outcome and run.outcome.error:
            self._errors[run.outcome.error.name] += 1
        self._critical.update(dict.fromkeys(map(without_indices, run.critical_path), 1))
        failed = [row.path for row in run.rows.values() if row.status == "failed"]
        self._failed.update(dict.fromkeys(map(without_indices, failed), 1))
        self._assumed.update((n.path, None) for n in run.notes if n.what == "assumed")

    def result(self, samples: int, seed: int) -> Sampling:
        return Sampling(
            samples,
            seed,
            _spread(self._durations),
            _spread(self._costs),
            dict(self._statuses.most_common()),
            dict(self._errors.most_common()),
            dict(self._critical.most_common()),
            dict(self._failed.most_common()),
            tuple(self._assumed),
        )


def _spread(values: Sequence[float]) -> Spread:
    ordered = sorted(values) or [0]

    def at(share: float) -> float:
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    return Spread(at(0.5), at(0.9), at(0.99), ordered[-1])
