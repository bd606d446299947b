"""Where `timeout` and `retry` are written."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.model.pipeline import Call, Group, Handler, Pipeline, Retry, Step, Switch
from flow_core.places import Path

PolicyRole: TypeAlias = Literal["defaults", "step", "catch", "compensate"]


class Policy(msgspec.Struct, frozen=True):
    """The `timeout` and `retry` that one mapping writes: a step, a handler, or `defaults`.

    ``step`` is the step they serve (``""`` for `defaults`). ``budgeted`` tells whether budgets
    count what happens here: not in `finally` and in compensations. ``enclosing`` is the path of
    the nearest mapping around it whose `timeout` covers it, ``()`` if there is none.
    """

    path: Path
    role: PolicyRole
    step: str = ""
    call: Call | None = None
    timeout: int | None = None
    retry: Retry | None = None
    budgeted: bool = True
    enclosing: Path = ()

    @property
    def owner(self) -> str:
        """What messages call it."""
        match self.role:
            case "defaults":
                return "`defaults`"
            case "step":
                return f"`{self.step}`"
            case "catch":
                return f"the handler of `{self.step}`"
            case "compensate":
                return f"the compensation of `{self.step}`"


def walk_policies(pipeline: Pipeline) -> Iterator[Policy]:
    """All of them in the order of the file, `defaults` first."""
    defaults = pipeline.defaults
    yield Policy(("defaults",), "defaults", timeout=defaults.timeout, retry=defaults.retry)
    for step in pipeline.steps.values():
        yield from _step(step, (), budgeted=True)
    for step in pipeline.finally_.values():
        yield from _step(step, (), budgeted=False)


def _step(step: Step, enclosing: Path, *, budgeted: bool) -> Iterator[Policy]:
    path, name = step.path, step.name
    yield Policy(path, "step", name, step.call, step.timeout, step.retry, budgeted, enclosing)
    inner = path if step.timeout is not None else enclosing
    yield from _inside(step.call, inner, budgeted=budgeted)
    for index, handler in enumerate(step.catch):
        here = (*path, "catch", index)
        yield from _handler(handler, here, "catch", name, enclosing, budgeted=budgeted)
    if step.compensate is not None:
        here = (*path, "compensate")
        yield from _handler(step.compensate, here, "compensate", name, (), budgeted=False)


def _handler(  # noqa: PLR0913 -- what a handler knows of where it stands
    handler: Handler, path: Path, role: PolicyRole, step: str, enclosing: Path, *, budgeted: bool
) -> Iterator[Policy]:
    call, timeout, retry = handler.call, handler.timeout, handler.retry
    yield Policy(path, role, step, call, timeout, retry, budgeted, enclosing)
    yield from _inside(call, path if timeout is not None else enclosing, budgeted=budgeted)
    if handler.compensate is not None:
        here = (*path, "compensate")
        yield from _handler(handler.compensate, here, "compensate", step, (), budgeted=False)


def _inside(call: Call | None, enclosing: Path, *, budgeted: bool) -> Iterator[Policy]:
    """The policies of the steps in a group, or in the groups of a switch."""
    match call:
        case Group(steps=steps):
            for step in steps.values():
                yield from _step(step, enclosing, budgeted=budgeted)
        case Switch(branches=branches):
            for branch in branches:
                yield from _inside(branch.call, enclosing, budgeted=budgeted)
        case _:
            return
