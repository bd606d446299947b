"""Every fault of a pipeline, one run each: found by running it, not by reading it.

What can go wrong is what the attempts of a run without faults could do instead. The second of two
faults is one that only the first made possible: in a handler, a compensation, a later attempt. Two
faults that know nothing of each other are not paired.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start, Succeeded
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.faults import (
    KINDS,
    Fault,
    FaultPlan,
    FaultSource,
    Kind,
    is_bounded,
    possible,
)
from flow_core.simulate.outcomes import Result, Source
from flow_core.simulate.run import Run, simulate

MOST_CASES = 1_000
"""So many fault plans are tried unless asked otherwise."""
MOST_ATTEMPTS = 20_000
"""After so many attempts a run of a sweep is taken to have no end."""
MOST_OF_ALL = 400_000
"""So many attempts are made in all runs of a sweep."""
_MOST_NUMBERS = 2


class Site(msgspec.Struct, frozen=True):
    """An attempt of a run that no fault has met, and what could have gone wrong in it.

    ``number`` is that of `Fault`; ``key`` says which attempt it is of which iteration, so that it
    is the same where an earlier iteration needed one attempt more.
    """

    path: str
    number: int
    key: str
    hows: tuple[str, ...]


class Call(msgspec.Struct, frozen=True):
    """An attempt with what it was given, and what it gave if a source said that it ends well."""

    start: Start
    outputs: dict[str, Json] | None


class Case(msgspec.Struct, frozen=True):
    """A fault plan and what it came to: a run, or why it could not be simulated.

    ``applied`` are the attempts that the faults met, ``sites`` the others, and ``calls`` all.
    """

    plan: FaultPlan
    run: Run | None
    error: SimulationError | None = None
    applied: tuple[tuple[str, int, str], ...] = ()
    sites: tuple[Site, ...] = ()
    calls: tuple[Call, ...] = ()


class Sweep(msgspec.Struct, frozen=True):
    """All cases, the run without faults first; not ``complete`` where the bound was reached."""

    cases: tuple[Case, ...]
    complete: bool


class _Watch:
    """A source that notes the attempts of a run, and lets a fault plan and others end them."""

    def __init__(self, plan: FaultPlan, inner: Source | None, each: Collection[Kind]) -> None:
        self.faults = FaultSource(plan, inner)
        self._each = each
        self._made: Counter[str] = Counter()
        self.sites: list[Site] = []
        self.calls: list[Call] = []

    def __call__(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        self._made[start.path] += 1
        before = len(self.faults.applied)
        result = self.faults(start, leaf, kernel)
        if len(self.faults.applied) == before:
            hows = tuple(possible(leaf, self._each, bounded=is_bounded(start, kernel)))
            key = f"{start.key}/{start.attempt}"
            self.sites.append(Site(start.path, self._made[start.path], key, hows))
        event = result.event if result else None
        self.calls.append(Call(start, event.outputs if isinstance(event, Succeeded) else None))
        return result


class Sweeper:
    """Runs a pipeline with faults.

    ``source`` makes what says how attempts end that no fault meets, anew for each run; without it,
    and where it says nothing, the estimates do. ``steps`` are those to which the faults are
    restricted, with all that is inside of them, their handlers and their compensations.
    """

    def __init__(  # noqa: PLR0913 - what its runs depend on, all by name
        self,
        plan: PipelinePlan,
        inputs: Mapping[str, Json],
        source: Callable[[], Source] | None = None,
        *,
        seed: int | None = None,
        start: str | None = None,
        scheduled_at: str | None = None,
        each: Collection[Kind] = KINDS,
        steps: Collection[str] | None = None,
    ) -> None:
        self._plan = plan
        self._inputs = inputs
        self._source = source
        self._seed = seed
        self._start = start
        self._scheduled_at = scheduled_at
        self._each = each
        self._steps = steps

    def run(self, faults: FaultPlan) -> Case:
        """One run with the faults of a plan."""
        watch = _Watch(faults, self._source() if self._source else None, self._each)
        try:
            run = simulate(
                self._plan,
                self._inputs,
                seed=self._seed,
                start=self._start,
                scheduled_at=self._scheduled_at,
                source=watch,
                most=MOST_ATTEMPTS,
            )
        except SimulationError as error:
            return Case(faults, None, error)
        applied = tuple((fault.path, number, fault.how) for fault, number in watch.faults.applied)
        return Case(faults, run, None, applied, tuple(watch.sites), tuple(watch.calls))

    def sweep(
        self, depth: int = 1, most: int = MOST_CASES, tick: Callable[[], object] = lambda: None
    ) -> Sweep:
        """The run without faults, then with each single fault, then with pairs, up to ``depth``."""
        base = self.run(FaultPlan())
        cases, attempts = [base], 0
        seen = {base.applied}
        level: list[tuple[Case, Collection[Site]]] = [(base, ())]
        for _ in range(depth):
            following: list[tuple[Case, Collection[Site]]] = []
            for case, before in level:
                for child in self._children(case, before):
                    tick()
                    attempts += len(child.calls)
                    if child.applied in seen and child.error is None:
                        continue
                    if len(cases) >= most or attempts > MOST_OF_ALL:
                        return Sweep(tuple(cases), complete=False)
                    seen.add(child.applied)
                    cases.append(child)
                    following.append((child, case.sites))
            level = following
        return Sweep(tuple(cases), complete=True)

    def _children(self, case: Case, before: Collection[Site]) -> Iterator[Case]:
        """The case with one fault more, where something new can go wrong."""
        known = {site.key for site in before}
        new = [site for site in case.sites if site.key not in known]
        for site in representative(self._wanted(new)):
            for how in site.hows:
                once = self.run(_with(case.plan, Fault(site.path, site.number, how)))
                yield once
                again = any(other.path == site.path and other.number > 1 for other in once.sites)
                if site.number == 1 and again:
                    yield self.run(_with(case.plan, Fault(site.path, 0, how)))

    def _wanted(self, sites: Iterable[Site]) -> Iterator[Site]:
        for site in sites:
            path = without_indices(site.path).replace("!", "/")
            if self._steps is None or any(f"/{step}/" in f"/{path}/" for step in self._steps):
                yield site


def representative(sites: Iterable[Site]) -> Iterator[Site]:
    """Of the elements of a `for_each` the first and the last, of attempts the first two.

    The others stand where these do, and what goes wrong there leads to the same.
    """
    found = list(sites)
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for site in found:
        step = without_indices(site.path)
        first.setdefault(step, site.path)
        last[step] = site.path
    ends = {*first.values(), *last.values()}
    made: Counter[str] = Counter()
    for site in found:
        made[site.path] += 1
        if site.path in ends and made[site.path] <= _MOST_NUMBERS:
            yield site


def _with(plan: FaultPlan, fault: Fault) -> FaultPlan:
    return FaultPlan((*plan.faults, fault))
