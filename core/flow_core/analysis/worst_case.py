"""How long steps and pipelines can take at most, and what they can cost.

The rules of the language decide: a call lasts as long as its `timeout` lets it, is retried as
often as its `retry` says, repeated as often as its `repeat`. What has no `timeout` may last for
ever; then its estimate still tells of a duration that is possible. Left out are the times in which
attempts queue for slots, and compensations; a run may spend them on top.
"""

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.effort import NOTHING, UNKNOWN, Effort, Range
from flow_core.analysis.in_force import Governing, governing
from flow_core.analysis.waits import total_wait
from flow_core.components.signature import Estimate, Signature
from flow_core.durations import parse_duration
from flow_core.model.pipeline import (
    Call,
    Constant,
    Give,
    Group,
    Handler,
    Repeat,
    Skip,
    Step,
    Switch,
    Uses,
    Value,
)
from flow_core.places import Path

if TYPE_CHECKING:
    from flow_core.module import Module


class WorstCase:
    """What the steps of a module take, and its pipeline."""

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._steps: dict[Path, Effort] = {}

    @cached_property
    def pipeline(self) -> Effort:
        """What budgets count: all steps, but `finally`. Unknown for one that calls itself."""
        self.__dict__["pipeline"] = UNKNOWN
        return self._scope(self._module.pipeline.steps)

    @cached_property
    def whole(self) -> Effort:
        """What a caller of the pipeline waits for: its `finally` too, which costs no budget."""
        self.__dict__["whole"] = UNKNOWN
        with self._module.project.nested() as allowed:
            if not allowed:
                return UNKNOWN
            last = self._scope(self._module.pipeline.finally_)
            return self.pipeline.then(Effort(duration=last.duration))

    def critical_path(self) -> tuple[str, ...]:
        """The chain of steps that makes the pipeline's longest possible duration."""
        steps = self._module.pipeline.steps
        ends = self._ends(steps)
        chain: dict[str, None] = {}
        name = max(ends, key=lambda name: ends[name].most, default="")
        while name and name not in chain:
            chain[name] = None
            before = [t for t in self._module.graph.siblings[name] if t in steps]
            name = max(before, key=lambda target: ends[target].most, default="")
        return tuple(reversed([step for step in chain if self.step(steps[step]).duration.most]))

    def step(self, step: Step) -> Effort:
        """What a step takes, with all its attempts, iterations, elements and handlers."""
        if step.path not in self._steps:
            self._steps[step.path] = self._step(step)
        return self._steps[step.path]

    def attempt(self, call: Call | None, path: Path, step: Step) -> Effort:
        """What one attempt of a call takes if nothing cuts it short."""
        match call:
            case Uses():
                return self._component(call, path, step)
            case Group(steps=steps):
                return self._scope(steps)
            case Switch():
                return self._switch(call, path, step)
            case Give() | Skip():
                return NOTHING
            case None:
                return UNKNOWN

    def _scope(self, steps: dict[str, Step]) -> Effort:
        """Steps that wait for one another."""
        found = NOTHING
        for step in steps.values():
            found = found.beside(self.step(step))
        duration = Range()
        for end in self._ends(steps).values():
            duration = duration.beside(end)
        return msgspec.structs.replace(found, duration=duration)

    def _ends(self, steps: dict[str, Step]) -> dict[str, Range]:
        """When each step of a scope has settled, from the scope's start."""
        graph = self._module.graph
        ends: dict[str, Range] = {}
        for name in sorted(steps, key=self._rank.__getitem__):
            start = Range()
            for target in graph.siblings[name]:
                start = start.beside(ends.get(target, Range()))
            ends[name] = start.then(self.step(steps[name]).duration)
        return ends

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self._module.graph.order)}

    def _step(self, step: Step) -> Effort:
        found = self._attempts(step.call, step.path, step)
        if step.repeat is not None:
            found = _repeated(found, step.repeat)
        if step.catch:
            handled = NOTHING
            for index, handler in enumerate(step.catch):
                path = (*step.path, "catch", index)
                handled = handled.either(self._handler(handler, path, step))
            found = found.then(handled).maybe()
        if step.for_each is not None:
            found = _for_each(found, step.for_each, step.max_parallel)
        return found.maybe() if self._module.outcomes.may_skip(step.name) else found

    def _attempts(self, call: Call | None, path: Path, step: Step) -> Effort:
        """All attempts of a step's own call, or of one branch."""
        if isinstance(call, Switch):
            return self._switch(call, path, step)
        signature = self._module.called(path)
        own = governing(step, signature, self._module.pipeline.defaults)
        one = self.attempt(call, path, step)
        if signature is not None and is_deterministic(signature):
            own = msgspec.structs.replace(own, retry=None)
        return _governed(one, own)

    def _switch(self, switch: Switch, path: Path, step: Step) -> Effort:
        found: Effort | None = None
        for index, branch in enumerate(switch.branches):
            one = self._attempts(branch.call, (*path, "switch", index), step)
            found = one if found is None else found.either(one)
        found = found or UNKNOWN
        return found if self._module.outcomes.is_total(switch) else found.maybe()

    def _handler(self, handler: Handler, path: Path, step: Step) -> Effort:
        plain = Step(step.name, path, estimate=None)
        one = self.attempt(handler.call, path, plain)
        return _governed(one, Governing(handler.timeout, handler.retry))

    def _component(self, call: Uses, path: Path, step: Step) -> Effort:
        signature = self._module.called(path)
        if signature is None:
            return UNKNOWN
        if signature.kind == "pipeline":
            inner = self._module.resolved(path).module
            return UNKNOWN if inner is None else inner.worst_case.whole
        return _leaf(signature, call, _estimate(step, signature))


def is_deterministic(signature: Signature) -> bool:
    """Whether a component that failed would fail again: those that touch nothing do."""
    return not signature.effect


def literal_wait(signature: Signature, call: Uses) -> int | None:
    """How long a call of `std.wait` lasts, where that is written."""
    if signature.kind != "std" or signature.name != "wait":
        return None
    match call.arguments.get("duration"):
        case Constant(data=str() as text):
            return parse_duration(text)
        case _:
            return None


def _leaf(signature: Signature, call: Uses, estimate: Estimate) -> Effort:
    """One attempt of a component; what it may last without a timeout is not known."""
    usual = estimate.p95 or estimate.p50 or 0
    cost = estimate.cost or 0
    wait = literal_wait(signature, call)
    if wait is not None:
        duration = Range(wait, wait)
    else:
        instant = is_deterministic(signature) and signature.name != "wait"
        duration = Range(0, usual, bounded=instant)
    return Effort(duration, Range(cost, cost), Range(1, 1))


def _estimate(step: Step, signature: Signature) -> Estimate:
    """What is assumed of a call: what the step says, else what the component says."""
    own, general = step.estimate or Estimate(), signature.estimate or Estimate()
    return Estimate(
        p50=general.p50 if own.p50 is None else own.p50,
        p95=general.p95 if own.p50 is None and own.p95 is None else own.p95,
        cost=general.cost if own.cost is None else own.cost,
    )


def _governed(one: Effort, own: Governing) -> Effort:
    """All attempts of a call under its `timeout` and `retry`."""
    duration = one.duration if own.timeout is None else _cut(one.duration, own.timeout)
    one = msgspec.structs.replace(one, duration=duration)
    retry = own.retry
    if retry is None:
        return one
    found = one.times(1, max(1, retry.max_attempts))
    duration = found.duration.then(Range(0, total_wait(retry)))
    if retry.max_duration is not None:
        duration = _cut(duration, retry.max_duration)
    return msgspec.structs.replace(found, duration=duration)


def _cut(duration: Range, limit: int) -> Range:
    """What is left of a duration that ends at a limit; what has no other bound may reach it."""
    most = min(duration.most, limit) if duration.bounded else limit
    return Range(min(duration.least, limit), most)


def _repeated(one: Effort, repeat: Repeat) -> Effort:
    most = max(1, repeat.max_iterations)
    delays = Effort(duration=Range(0, (most - 1) * repeat.delay))
    return one.times(1, most).then(delays)


def _for_each(one: Effort, elements: Value, max_parallel: int | None) -> Effort:
    """One activation for each element, so many at once; an unknown list may well have one."""
    if not isinstance(elements, Constant) or not isinstance(elements.data, list):
        return one.maybe().unbounded()
    count = len(elements.data)
    rounds = min(count, 1 if max_parallel is None else -(-count // max(1, max_parallel)))
    duration = one.duration.times(min(count, 1), rounds)
    return msgspec.structs.replace(one.times(count, count), duration=duration)
