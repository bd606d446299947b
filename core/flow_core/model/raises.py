"""The errors that steps can raise, by name."""

from typing import TYPE_CHECKING

from flow_core.model.in_force import retry_of, timeout_of
from flow_core.model.pipeline import Call, Give, Group, Handler, Skip, Step, Switch, Uses
from flow_core.places import Path

if TYPE_CHECKING:
    from flow_core.module import Module

NEVER_RETRIED = ("expression_error", "type_error", "cancelled", "budget_exceeded")
"""What `retry` without `errors` leaves alone."""

BUILT_IN = (
    "timeout",
    "circuit_open",
    "repeat_exhausted",
    "unexpected",
    *NEVER_RETRIED,
)
"""The names of errors that the language itself raises."""


class Raises:
    """For each step and call of a module the names of the errors that can reach its outside."""

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._steps: dict[str, frozenset[str]] = {}

    @property
    def pipeline(self) -> tuple[str, ...]:
        """The errors of the file's components that the pipeline can fail with, sorted."""
        found: set[str] = set()
        for section in (self._module.pipeline.steps, self._module.pipeline.finally_):
            for step in section.values():
                found |= self.step(step)
        return tuple(sorted(found))

    def step(self, step: Step) -> frozenset[str]:
        """What a step can fail with, handlers considered."""
        if step.name not in self._steps:
            self._steps[step.name] = frozenset()
            self._steps[step.name] = self._escaping(step)
        return self._steps[step.name]

    def attempt(self, step: Step) -> frozenset[str]:
        """What one attempt of a step's own call can raise: what `retry` and `catch` may name."""
        found = {"expression_error"}
        if step.call is not None:
            found |= self.call(step.call, step.path)
        defaults = self._module.pipeline.defaults
        retry = retry_of(step, defaults)
        if timeout_of(step, defaults) is not None or (retry and retry.max_duration is not None):
            found.add("timeout")
        return frozenset(found)

    def activation(self, step: Step) -> frozenset[str]:
        """What an activation can raise before `catch`: its attempts and iterations."""
        found = self.attempt(step)
        return found | {"repeat_exhausted"} if step.repeat is not None else found

    def call(self, call: Call, path: Path) -> frozenset[str]:
        """What a call can raise."""
        match call:
            case Uses():
                return self._uses(path)
            case Group(steps=steps):
                return frozenset().union(*(self.step(step) for step in steps.values()))
            case Switch(branches=branches):
                calls = (
                    self.call(branch.call, (*path, "switch", index))
                    for index, branch in enumerate(branches)
                    if branch.call is not None
                )
                return frozenset({"expression_error"}).union(*calls)
            case Give() | Skip():
                return frozenset({"expression_error"})

    def is_known(self, call: Call | None, path: Path) -> bool:
        """Whether all that a call can raise is known: every component in it is."""
        match call:
            case Uses():
                return self._module.called(path) is not None
            case Group(steps=steps):
                return all(self.is_known(step.call, step.path) for step in steps.values())
            case Switch(branches=branches):
                return all(
                    self.is_known(branch.call, (*path, "switch", index))
                    for index, branch in enumerate(branches)
                )
            case _:
                return True

    def _uses(self, path: Path) -> frozenset[str]:
        signature = self._module.called(path)
        if signature is None:
            return frozenset({"unexpected"})
        found = {"type_error", "budget_exceeded", "cancelled", *signature.errors}
        if signature.kind not in ("std", "pipeline"):
            found.add("unexpected")
        if signature.breaker is not None:
            found.add("circuit_open")
        if signature.kind == "pipeline":
            found |= {"timeout", "circuit_open", "repeat_exhausted", "unexpected"}
        return frozenset(found)

    def _escaping(self, step: Step) -> frozenset[str]:
        found = self.activation(step)
        left = found - _caught(step, found)
        for index, handler in enumerate(step.catch):
            left |= self._handler(handler, (*step.path, "catch", index))
        return left

    def _handler(self, handler: Handler, path: Path) -> frozenset[str]:
        found = frozenset[str]() if handler.call is None else self.call(handler.call, path)
        return found if handler.timeout is None else found | {"timeout"}


def _caught(step: Step, errors: frozenset[str]) -> frozenset[str]:
    """What handlers without a further condition certainly catch."""
    found: set[str] = set()
    for handler in step.catch:
        if handler.when is None:
            found |= errors if handler.errors is None else errors & set(handler.errors)
    return frozenset(found)
