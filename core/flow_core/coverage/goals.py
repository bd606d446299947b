"""What tests can cover in a file: everything that can happen in a run of its pipeline."""

from collections.abc import Iterator

import msgspec

from flow_core.coverage.goal import Goal, Kind
from flow_core.coverage.names import (
    BUDGET,
    DEFAULTS,
    FINALLY,
    breaker_id,
    goal_id,
    transition_id,
    words,
)
from flow_core.coverage.possible import Possible, waits_for_signal
from flow_core.coverage.spots import Spot, breakers, spots
from flow_core.model.pipeline import Budget
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.plan.build import PlanError, make_plan
from flow_core.plan.find import attempted
from flow_core.plan.plan import PipelinePlan


def goals(module: Module) -> tuple[Goal, ...]:
    """The goals of a module's file, in its order; those of the pipelines that it calls are theirs.

    What the checker knows to be impossible is left out: a step that never runs, a condition that
    has one outcome, a handler for what is never raised. A module without a plan has no goals.
    """
    if not module.is_pipeline:
        return ()
    try:
        plan = make_plan(module)
    except PlanError:
        return ()
    return tuple(_Goals(module, plan).all())


class _Goals:
    """Makes the goals of a module. Methods give those of a spot, by what they are about."""

    def __init__(self, module: Module, plan: PipelinePlan) -> None:
        self.module = module
        self.plan = plan
        self.possible = Possible(module)

    def all(self) -> Iterator[Goal]:
        for spot in self._live():
            if spot.handler is None:
                yield from self._step(spot)
            elif spot.undone is not None:
                yield from self._compensation(spot)
            else:
                yield from self._catch(spot)
            if self.possible.calls(spot):
                yield from self._call(spot)
        yield from self._defaults()
        yield from self._breakers()
        yield from self._pipeline()

    def _live(self) -> Iterator[Spot]:
        """The spots that may run, without those inside of others that never do."""
        dead: tuple[str, ...] = ()
        for spot in spots(self.plan.graph):
            if spot.path.startswith(dead):
                continue
            runs = self.possible.runs(spot)
            if runs:
                yield spot
            if not runs or not self.possible.calls(spot):
                dead = (*dead, f"{spot.path}/", f"{spot.path}!")

    def _goal(self, kind: Kind, spot: Spot, what: str, place: Place) -> Goal:
        return self._made(kind, goal_id(spot.name, what), spot, place, words(what))

    def _made(  # noqa: PLR0913, PLR0917 - all that makes a goal
        self,
        kind: Kind,
        goal: str,
        spot: Spot | None,
        place: Place,
        said: tuple[str, str],
        source: str = "",
    ) -> Goal:
        document = self.module.document
        line = document.lines.line(document.locate(place).start) + 1
        name, path = (spot.name, spot.path) if spot else ("", "")
        return Goal(goal, kind, self.module.file, name, path, place.path, line, *said, source)

    # Steps, handlers, compensations

    def _step(self, spot: Spot) -> Iterator[Goal]:
        step = spot.step
        yield self._goal("step", spot, "ran", Place(spot.place, "key"))
        yield from self._transitions(spot)
        if step.when is not None:
            yield from self._condition(spot, "when")
        if step.for_each is not None:
            found = self.possible.elements(spot)
            for what in found if len(found) > 1 else ():
                yield self._goal("for_each", spot, what, _key(spot, "for_each"))
        if step.repeat is not None and self.possible.calls(spot):
            yield from self._repeat(spot)

    def _condition(self, spot: Spot, name: str) -> Iterator[Goal]:
        outcomes = self.possible.outcomes((*spot.place, name))
        for outcome in outcomes if len(outcomes) > 1 else ():
            yield self._goal("branch", spot, f"{name}:{str(outcome).lower()}", _key(spot, name))

    def _repeat(self, spot: Spot) -> Iterator[Goal]:
        outcomes = self.possible.outcomes((*spot.place, "repeat", "until"))
        if True in outcomes:
            yield self._goal("repeat", spot, "repeat:until", _key(spot, "repeat", "until"))
        if False in outcomes:
            yield self._goal("repeat", spot, "repeat:exhausted", _key(spot, "repeat"))

    def _transitions(self, spot: Spot) -> Iterator[Goal]:
        for dependency in (*spot.step.dependencies, *spot.step.outer):
            source = spot.graph.steps[dependency.step].name
            place = self._place_of(spot, source)
            for status in self.possible.statuses(spot, dependency):
                said = f"after `{source}` {status}", f"never after `{source}` {status}"
                goal = transition_id(source, spot.name, status)
                yield self._made("transition", goal, spot, place, said, source)

    def _place_of(self, spot: Spot, source: str) -> Place:
        """Where a step names one that it waits for: in `depends_on`, else where it first does."""
        edge = self.module.graph.edges[spot.name].get(source)
        places = edge.places if edge else ()
        depth = len(spot.place)
        own = (place for place in places if place.path[depth : depth + 1] == ("depends_on",))
        return next(own, places[0] if places else Place(spot.place, "key"))

    def _catch(self, spot: Spot) -> Iterator[Goal]:
        yield self._goal("catch", spot, "taken", Place(spot.place))
        has_when = spot.handler is not None and spot.handler.when is not None
        if has_when and False in self.possible.outcomes((*spot.place, "when")):
            yield self._goal("catch", spot, "declined", _key(spot, "when"))

    def _compensation(self, spot: Spot) -> Iterator[Goal]:
        yield self._goal("compensation", spot, "compensated", Place(spot.place, "key"))
        if self.possible.fails(spot):
            yield self._goal("compensation", spot, "uncompensated", Place(spot.place, "key"))

    # Calls

    def _call(self, spot: Spot) -> Iterator[Goal]:
        for what, option in self.possible.branches(spot):
            yield self._goal("branch", spot, what, Place(option.place))
        yield from self._retry(spot)
        if self.possible.times_out(spot):
            yield self._goal("timeout", spot, "timeout:cut", _key(spot, "timeout"))
        yield from self._signal(spot)

    def _retry(self, spot: Spot) -> Iterator[Goal]:
        if self.possible.retries(spot):
            for what, place in self._retry_ways((*spot.place, "retry")):
                yield self._goal("retry", spot, what, place)

    def _retry_ways(self, retry: Path) -> Iterator[tuple[str, Place]]:
        """What can become of a retry: how ids end, and where that stands."""
        outcomes = self.possible.outcomes((*retry, "when"))
        if True in outcomes:
            yield "retry:used", Place(retry, "key")
            yield "retry:exhausted", Place(retry, "key")
        if False in outcomes and self.module.document.get((*retry, "when")) is not None:
            yield "retry:declined", Place((*retry, "when"), "key")

    def _signal(self, spot: Spot) -> Iterator[Goal]:
        calls = [call for call in attempted(spot.call) if waits_for_signal(call)]
        if calls:
            yield self._goal("signal", spot, "signal:answered", Place(spot.place, "key"))
        if any(call.policy.timeout is not None for call in calls):
            yield self._goal("signal", spot, "signal:timed out", _key(spot, "timeout"))

    # What the whole pipeline has

    def _defaults(self) -> Iterator[Goal]:
        """The policies that are written once for all calls: each is tested if it is for one."""
        live = list(self._live())
        if any(self.possible.retries(spot, inherited=True) for spot in live):
            for what, place in self._retry_ways(("defaults", "retry")):
                yield self._default("retry", what, place)
        if any(self.possible.times_out(spot, inherited=True) for spot in live):
            yield self._default("timeout", "timeout:cut", Place(("defaults", "timeout"), "key"))

    def _default(self, kind: Kind, what: str, place: Place) -> Goal:
        made = self._made(kind, goal_id(DEFAULTS, what), None, place, words(what))
        return msgspec.structs.replace(made, path="defaults")

    def _breakers(self) -> Iterator[Goal]:
        live = {spot.name for spot in self._live()}
        for met in breakers(self.plan).values():
            found = [(spot, breaker) for spot, breaker, _ in met if spot.name in live]
            if found and self.possible.opens(found):
                spot, component = found[0][0], met[0][2]
                said = tuple(f"the breaker of `{component}` {word}" for word in words("opened"))
                place = Place((*spot.place, "uses"), "key")
                yield self._made("breaker", breaker_id(component), None, place, (said[0], said[1]))

    def _pipeline(self) -> Iterator[Goal]:
        budget = self.plan.budget
        if budget != Budget() and self.possible.exceeds(budget):
            place = Place(("budget",), "key")
            yield self._made("budget", BUDGET, None, place, words(BUDGET))
        if self.plan.graph.finals < len(self.plan.graph.steps):
            place = Place(("finally",), "key")
            yield self._made("finally", FINALLY, None, place, words(FINALLY))


def _key(spot: Spot, *path: str) -> Place:
    found: Path = (*spot.place, *path)
    return Place(found, "key")
