"""The sites of a pipeline: where values may hold expressions, and what is in scope there."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from flow_core.model.pipeline import (
    Call,
    Give,
    Group,
    Handler,
    Output,
    Pipeline,
    Retry,
    Step,
    Switch,
    Uses,
    Value,
)
from flow_core.model.walk import Section
from flow_core.places import Path

Role: TypeAlias = Literal[
    "with",
    "when",
    "for_each",
    "until",
    "set",
    "value",
    "branch.when",
    "retry.when",
    "catch.when",
    "concurrency.group",
    "output",
    "request",
]


class Context(msgspec.Struct, frozen=True, gc=False):
    """Which names are in scope.

    ``step`` is the step whose key it is (of an output of a group: the group's step; of an output
    of the pipeline: ``""``). ``item`` and ``loop`` name the nearest steps around whose
    ``for_each`` and ``repeat`` count; ``outputs`` is the path of the call whose outputs are
    visible; ``given`` are the conditions that were decided before, with their outcomes.
    """

    step: str = ""
    section: Section = "steps"
    item: str = ""
    loop: str = ""
    outputs: Path | None = None
    error: bool = False
    attempt: bool = False
    given: tuple[tuple[Value, bool], ...] = ()

    def knowing(self, condition: Value | None, outcome: bool = True) -> "Context":  # noqa: FBT001, FBT002 -- the outcome is the point
        """This context where a condition has had an outcome."""
        return (
            self if condition is None else replace(self, given=(*self.given, (condition, outcome)))
        )


class Site(msgspec.Struct, frozen=True, gc=False):
    """A value at a path. ``call`` is the path of the call it is an argument or result of."""

    path: Path
    value: Value
    role: Role
    context: Context
    call: Path = ()


def walk_sites(pipeline: Pipeline) -> Iterator[Site]:
    """All sites in the order of the steps; the pipeline's outputs come last."""
    for step in pipeline.steps.values():
        yield from _step(step, Context())
    for step in pipeline.finally_.values():
        yield from _step(step, Context(section="finally"))
    yield from _outputs(pipeline.outputs, Context(), ())


def _site(path: Path, value: Value | None, role: Role, context: Context) -> Iterator[Site]:
    if value is not None:
        yield Site(path, value, role, context)


def _step(step: Step, outside: Context) -> Iterator[Site]:
    """The sites of a step, from the outside in: `Nesting` in the language reference."""
    path = step.path
    outer = replace(outside, step=step.name)
    yield from _site((*path, "when"), step.when, "when", outer)
    outer = outer.knowing(step.when)
    yield from _site((*path, "for_each"), step.for_each, "for_each", outer)
    element = replace(outer, item=step.name) if step.for_each is not None else outer
    for index, handler in enumerate(step.catch):
        yield from _handler(handler, (*path, "catch", index), replace(element, error=True))
    inner = replace(element, loop=step.name) if step.repeat is not None else element
    if step.repeat is not None:
        seen = replace(inner, outputs=path)
        yield from _site((*path, "repeat", "until"), step.repeat.until, "until", seen)
    yield from _retry(step.retry, path, inner)
    if step.concurrency is not None:
        group = (*path, "concurrency", "group")
        yield from _site(group, step.concurrency.group, "concurrency.group", inner)
    if step.call is not None:
        yield from _call(step.call, path, inner)
    for channel, value in step.set.items():
        yield from _site((*path, "set", channel), value, "set", replace(inner, outputs=path))
    if step.compensate is not None:
        yield from _handler(step.compensate, (*path, "compensate"), replace(inner, outputs=path))


def _retry(retry: Retry | None, path: Path, context: Context) -> Iterator[Site]:
    if retry is not None:
        seen = replace(context, error=True, attempt=True)
        yield from _site((*path, "retry", "when"), retry.when, "retry.when", seen)


def _handler(handler: Handler, path: Path, context: Context) -> Iterator[Site]:
    yield from _site((*path, "when"), handler.when, "catch.when", context)
    context = context.knowing(handler.when)
    yield from _retry(handler.retry, path, context)
    if handler.call is not None:
        yield from _call(handler.call, path, context)
    if handler.compensate is not None:
        inner = replace(context, outputs=path)
        yield from _handler(handler.compensate, (*path, "compensate"), inner)


def _call(call: Call, path: Path, context: Context) -> Iterator[Site]:
    match call:
        case Uses():
            for name, value in call.arguments.items():
                yield Site((*path, "with", name), value, "with", context, path)
        case Give():
            yield Site((*path, "value"), call.value, "value", context, path)
        case Group():
            for step in call.steps.values():
                yield from _step(step, context)
            yield from _outputs(call.outputs, context, path)
        case Switch():
            for index, branch in enumerate(call.branches):
                here = (*path, "switch", index)
                yield from _site((*here, "when"), branch.when, "branch.when", context)
                if branch.call is not None:
                    yield from _call(branch.call, here, context.knowing(branch.when))
                context = context.knowing(branch.when, outcome=False)
        case _:
            return


def _outputs(outputs: dict[str, Output], context: Context, call: Path) -> Iterator[Site]:
    for output in outputs.values():
        if output.value is not None:
            yield Site(output.path, output.value, "output", context, call)
