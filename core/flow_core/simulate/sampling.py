"""Many runs with drawn durations and failures (Monte Carlo): how long, how dear, how sure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random

import msgspec

from flow_core.diagnostics import Json
from flow_core.model.scenario import Scenario
from flow_core.plan.find import without_indices
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.lots import Drawn, Lots
from flow_core.simulate.run import Run, simulate
from flow_core.simulate.samples import Distribution


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

    In a scenario, what its mocks leave open is drawn.

    Raises:
        SimulationError: as `simulate` does.
    """
    found = _Tally()
    drawn = scenario and msgspec.structs.replace(scenario, samples=samples)
    for number in range(samples):
        random = Random(f"{seed}/{number}")  # noqa: S311 - to be repeatable, not secret
        run = simulate(
            plan,
            inputs,
            drawn,
            random.getrandbits(32),
            source=None if scenario else Drawn(Lots(random)),
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
    found = Distribution(tuple(values) or (0,))
    return Spread(found.at(50), found.at(90), found.at(99), found.most)
