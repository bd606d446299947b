"""The errors that steps can raise, by name.

Three views, from the inside out: what a *call* can raise, what an *attempt* can raise, which is
what `retry` sees, and what an *activation* can raise, which is what `catch` sees. What a *step* can
fail with is what its handlers leave.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flow_core.analysis.in_force import Governing, governing
from flow_core.components.signature import Signature
from flow_core.fields import fields
from flow_core.model.pipeline import (
    Budget,
    Call,
    Expression,
    Group,
    Handler,
    Interpolation,
    Step,
    Switch,
    Uses,
)
from flow_core.places import Path

if TYPE_CHECKING:
    from flow_core.module import Module

NEVER_RETRIED = ("expression_error", "type_error", "cancelled", "budget_exceeded")
"""What `retry` without `errors` leaves alone."""

BUILT_IN: Mapping[str, str] = {
    "timeout": "an attempt reached its `timeout`, or `retry.max_duration`",
    "circuit_open": "the circuit breaker let no call through",
    "repeat_exhausted": "`max_iterations` were made and `until` never held",
    "unexpected": "the call failed with an error that it does not declare",
    "expression_error": "an expression could not be evaluated",
    "type_error": "a value does not fit its port or its place",
    "cancelled": "the run or an enclosing attempt was stopped",
    "budget_exceeded": "a budget refused an attempt",
}
"""The errors that the language itself raises, and what they mean."""

_EVALUATION = frozenset({"expression_error", "type_error"})
"""What a call's values can always come to."""

_NOTHING: frozenset[str] = frozenset()


class Raises:
    """For each step and call of a module the names of the errors that can reach its outside."""

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._steps: dict[Path, frozenset[str]] = {}
        self._known: bool | None = None

    @property
    def pipeline(self) -> tuple[str, ...]:
        """The errors that the pipeline can fail with, built-in ones too, sorted."""
        found: set[str] = set()
        for step in self._top_level():
            found |= self.step(step)
        pipeline = self._module.pipeline
        if pipeline.outputs:
            found |= _EVALUATION
        if pipeline.budget != Budget():
            found.add("budget_exceeded")
        return tuple(sorted(found))

    @property
    def pipeline_is_known(self) -> bool:
        """Whether `pipeline` is all that it can fail with; not for one that calls itself."""
        if self._known is None:
            self._known = False
            with self._module.project.nested() as allowed:
                steps = self._top_level()
                self._known = allowed and all(map(self.step_is_known, steps))
        return self._known

    def _top_level(self) -> list[Step]:
        pipeline = self._module.pipeline
        return [*pipeline.steps.values(), *pipeline.finally_.values()]

    def step(self, step: Step) -> frozenset[str]:
        """What a step can fail with, handlers considered."""
        if step.path not in self._steps:
            self._steps[step.path] = _NOTHING
            self._steps[step.path] = self._escaping(step)
        return self._steps[step.path]

    def activation(self, step: Step) -> frozenset[str]:
        """What an activation can raise before `catch`: its iterations, and evaluating its keys."""
        found = self.attempt(step) | _EVALUATION
        cut = any(own.retry and own.retry.max_duration is not None for own in self._governing(step))
        if cut:
            found |= {"timeout"}
        return found | {"repeat_exhausted"} if step.repeat is not None else found

    def attempt(self, step: Step) -> frozenset[str]:
        """What one attempt of a step's own call can raise: what `retry` sees."""
        found = _NOTHING if step.call is None else self.call(step.call, step.path)
        limited = any(own.timeout is not None for own in self._governing(step))
        return found | {"timeout"} if limited or self._has_misread_timeout(step) else found

    def _has_misread_timeout(self, step: Step) -> bool:
        """Whether a `timeout` is written that is no duration: that is said there, and enough."""
        keys = fields(self._module.document.get(step.path)) if self._module.shape else ()
        return "timeout" in keys and "timeout" not in step.without

    def _governing(self, step: Step) -> list[Governing]:
        """What governs a step's own call, or each branch of its `switch`."""
        defaults, called = self._module.pipeline.defaults, self._module.called
        paths = [step.path]
        if isinstance(step.call, Switch):
            paths = [(*step.path, "switch", i) for i in range(len(step.call.branches))]
        return [governing(step, called(path), defaults) for path in paths]

    def call(self, call: Call, path: Path) -> frozenset[str]:
        """What one execution of a call can raise."""
        match call:
            case Uses():
                return self._uses(path)
            case Group(steps=steps, outputs=outputs):
                inner = _NOTHING.union(*(self.step(step) for step in steps.values()))
                return inner | _EVALUATION if outputs else inner
            case Switch(branches=branches):
                calls = (
                    self.call(branch.call, (*path, "switch", index))
                    for index, branch in enumerate(branches)
                    if branch.call is not None
                )
                return _NOTHING.union(*calls)
            case _:
                return _NOTHING

    def is_known(self, call: Call | None, path: Path) -> bool:
        """Whether `call` tells all that a call can raise: every component in it is known."""
        match call:
            case None:
                return False
            case Uses():
                return self._component_is_known(call, path)
            case Group(steps=steps):
                return all(self.step_is_known(step) for step in steps.values())
            case Switch(branches=branches):
                return all(
                    self.is_known(branch.call, (*path, "switch", index))
                    for index, branch in enumerate(branches)
                )
            case _:
                return True

    def step_is_known(self, step: Step) -> bool:
        """Whether `step` tells all that a step can fail with."""
        return self.is_known(step.call, step.path) and all(
            self.is_known(handler.call, (*step.path, "catch", index))
            for index, handler in enumerate(step.catch)
        )

    def _component_is_known(self, call: Uses, path: Path) -> bool:
        signature = self._module.called(path)
        if signature is None:
            return False
        if signature.kind == "pipeline":
            inner = self._module.resolved(path).module
            return inner is not None and inner.raises.pipeline_is_known
        return not _is_told_its_error(signature, call)

    def _uses(self, path: Path) -> frozenset[str]:
        signature = self._module.called(path)
        if signature is None:
            return frozenset({"unexpected"})
        found = set(signature.errors)
        if signature.kind != "pipeline":
            found |= {"unexpected", "type_error"}
        if signature.breaker is not None:
            found.add("circuit_open")
        return frozenset(found)

    def _escaping(self, step: Step) -> frozenset[str]:
        found = self.activation(step)
        left = found - _caught(step, found)
        for index, handler in enumerate(step.catch):
            left |= self.handler(handler, (*step.path, "catch", index))
        return left

    def handler(self, handler: Handler, path: Path) -> frozenset[str]:
        """What a handler can fail with."""
        found = self.handler_attempt(handler, path) | _EVALUATION
        cut = handler.retry is not None and handler.retry.max_duration is not None
        return found | {"timeout"} if cut else found

    def handler_attempt(self, handler: Handler, path: Path) -> frozenset[str]:
        """What one attempt of a handler's or compensation's call can raise."""
        found = _NOTHING if handler.call is None else self.call(handler.call, path)
        return found if handler.timeout is None else found | {"timeout"}


def _is_told_its_error(signature: Signature, call: Uses) -> bool:
    """Whether the error's name is an argument that only the run knows: that of `std.fail`."""
    told = isinstance(call.arguments.get("error"), Expression | Interpolation)
    return signature.kind == "std" and signature.name == "fail" and told


def _caught(step: Step, errors: frozenset[str]) -> frozenset[str]:
    """What handlers without a further condition certainly catch."""
    found: set[str] = set()
    for handler in step.catch:
        if handler.when is None:
            found |= errors if handler.errors is None else errors & set(handler.errors)
    return frozenset(found)
