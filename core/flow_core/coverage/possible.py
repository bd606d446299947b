"""What the checker knows to be impossible, so that nobody is asked to test it."""

from collections.abc import Iterator
from typing import cast

from flow_core.analysis.error_names import covered_names
from flow_core.analysis.worst_case import literal_wait
from flow_core.coverage.failing import can_fail, takes_time
from flow_core.coverage.names import elements_id
from flow_core.coverage.spots import Option, Spot, options
from flow_core.model.pipeline import SETTLED, Budget, Constant, Status, Step, Uses
from flow_core.module import Module
from flow_core.places import Path
from flow_core.plan import plan as p
from flow_core.plan.find import attempted
from flow_core.types import deref
from flow_core.types.kinds import ListType


class Possible:
    """What can happen at the spots of a module."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def _step(self, spot: Spot) -> Step:
        return self._module.steps[spot.step.name].step

    def runs(self, spot: Spot) -> bool:
        """Whether a step, a handler or a compensation may run at all."""
        if spot.handler is None:
            return spot.name not in self._module.liveness.cause
        if spot.undone is not None:
            return not spot.final and bool(attempted(spot.undone))  # R-end-5
        return self._catches(spot)

    def calls(self, spot: Spot) -> bool:
        """Whether a step calls anything at all: not over a list that is written as empty."""
        each = self._step(spot).for_each
        return not (isinstance(each, Constant) and each.data == [])

    def outcomes(self, path: Path) -> list[bool]:
        """How the condition at a path can come out."""
        certain = self._module.conditions.outcome(path)
        return [True, False] if certain is None else [certain]

    def elements(self, spot: Spot) -> list[str]:
        """The parts of ids for how many elements there can be."""
        step = self._step(spot)
        if isinstance(step.for_each, Constant) and isinstance(step.for_each.data, list):
            return [elements_id(len(step.for_each.data))]
        found = deref(self._module.typing.checked((*step.path, "for_each")).result.type)
        least, most = 0, 2
        if isinstance(found, ListType):
            least = min(found.min_items or 0, 2)
            most = 2 if found.max_items is None else min(found.max_items, 2)
        return [elements_id(count) for count in range(least, most + 1)]

    def branches(self, spot: Spot) -> Iterator[tuple[str, Option]]:
        """What can become of switches, as ids end: branches taken, and that none holds."""
        over: set[str] = set()
        dead: set[str] = set()
        for option in options(spot.call):
            certain = self._certain(option)
            reached = option.switch not in over and option.switch.rpartition(".")[0] not in dead
            if not reached or certain is False:
                dead.add(option.name)
            else:
                yield f"{option.name}:taken", option
            if reached and certain is True:
                over.add(option.switch)
            elif reached and option.last:
                yield f"{option.switch}:none", option

    def _certain(self, option: Option) -> bool | None:
        """How a branch's condition certainly comes out once it is tried."""
        if option.branch.when is None:
            return True
        return self._module.conditions.outcome((*option.place, "when"))

    # Failure

    def _catches(self, spot: Spot) -> bool:
        """Whether an error may come to a handler."""
        step, index = self._step(spot), cast("int", spot.place[-1])
        if any(each.handler == index and each.position is None for each in covered_names(step)):
            return False
        if self.outcomes((*spot.place, "when")) == [False]:
            return False
        errors, raises = step.catch[index].errors, self._module.raises
        if errors is None or not raises.is_known(step.call, step.path):
            return True
        return not raises.activation(step).isdisjoint(errors)

    def retries(self, spot: Spot, *, inherited: bool = False) -> bool:
        """Whether an error may come to a spot that is retried there: by its own policy or not."""
        return any(
            call.policy.retry is not None
            and call.policy.retry.policy.max_attempts > 1
            and can_fail(call, call.policy.retry.policy.errors)
            and ("retry" in call.policy.inherited) is inherited
            for call in attempted(spot.call)
        )

    def fails(self, spot: Spot) -> bool:
        """Whether what is called at a spot can fail."""
        return any(map(can_fail, attempted(spot.call)))

    def times_out(self, spot: Spot, *, inherited: bool = False) -> bool:
        """Whether a timeout, its own or not, may cut a call at a spot; no waits for signals."""
        return any(
            call.policy.timeout is not None
            and not waits_for_signal(call)
            and takes_time(call)
            and not self._is_short(call, call.policy.timeout)
            and ("timeout" in call.policy.inherited) is inherited
            for call in attempted(spot.call)
        )

    def _is_short(self, call: p.Attempted, timeout: int) -> bool:
        """Whether a call only waits, for less than its timeout."""
        signature, info = self._module.called(call.path), self._module.calls.get(call.path)
        if signature is None or info is None or not isinstance(info.call, Uses):
            return False
        lasts = literal_wait(signature, info.call)
        return lasts is not None and lasts <= timeout

    # Dependencies

    def statuses(self, dependent: Spot, dependency: p.Dependency) -> list[Status]:
        """How a step may be where another one that waits for it runs."""
        source = dependent.graph.steps[dependency.step]
        possible = set(self._statuses(dependent, source))
        if len(dependency.statuses) < len(SETTLED) and self._is_cancelled(dependent, source):
            possible.add("cancelled")  # `settled` asks for nothing special
        return [status for status in dependency.statuses if status in possible]

    def _statuses(self, dependent: Spot, source: p.StepPlan) -> Iterator[Status]:
        outcomes, liveness = self._module.outcomes, self._module.liveness
        if liveness.succeeds(source.name):
            yield "succeeded"
        fails = source.repeat is not None or any(map(can_fail, attempted(source.call)))
        if fails and outcomes.may_fail(source.name) and source.name not in liveness.cause:
            yield "failed"
        if (
            outcomes.may_skip(source.name)
            or source.name in liveness.cause
            or (
                (dependent.step.tolerant or dependent.final)
                and self._is_passed_over(dependent, source)
            )
        ):
            yield "skipped"

    def _is_passed_over(self, dependent: Spot, source: p.StepPlan) -> bool:
        """Whether a step may still wait, for others or for a slot, when its scope fails."""
        around = (self._module.steps[name].step for name in names_around(dependent))
        limits = (self._module.pipeline.max_parallel, *(step.concurrency for step in around))
        return bool(source.dependencies or source.concurrency or any(limits))

    def _is_cancelled(self, dependent: Spot, source: p.StepPlan) -> bool:
        """Whether a step may be cancelled before another one runs: a failing run cuts waits."""
        if dependent.final:
            return True
        waits = any(isinstance(call, p.Leaf) and call.waits for call in attempted(source.call))
        several = source.for_each is not None or source.repeat is not None
        return not source.tolerant and (waits or several)

    # The pipeline

    def exceeds(self, budget: Budget) -> bool:
        """Whether a budget can be used up."""
        if budget.duration is not None or budget.cost is not None:
            return True
        most = self._module.worst_case.pipeline.attempts.limit
        return budget.attempts is not None and (most is None or most > budget.attempts)

    def opens(self, met: list[tuple[Spot, p.BreakerPlan]]) -> bool:
        """Whether the calls that meet a breaker may fail in a row as often as it takes to open."""
        failures = [self._failures(spot) for spot, _ in met]
        return (
            None in failures or sum(filter(None, failures)) >= met[0][1].breaker.failure_threshold
        )

    def _failures(self, spot: Spot) -> int | None:
        """How often a call can fail in a row in one run of its file; None for any number."""
        calls = attempted(spot.call)
        most = max((_attempts(call.policy.retry) for call in calls), default=0)
        if spot.step.for_each is not None:
            return None
        for name in names_around(spot):
            around = self._module.steps[name].step
            if around.for_each is not None:
                return None
            most *= around.retry.max_attempts if around.retry else 1
            most *= around.repeat.max_iterations if around.repeat else 1
        return most


def _attempts(retry: p.RetryPlan | None) -> int:
    return 1 if retry is None else retry.policy.max_attempts


def names_around(spot: Spot) -> list[str]:
    """The names of the steps whose groups a spot is in."""
    return [name.partition("!")[0] for name in spot.path.split("/")[:-1]]


def waits_for_signal(call: p.Attempted) -> bool:
    """Whether a call waits for somebody's answer."""
    return isinstance(call, p.Leaf) and call.waits == "signal"
