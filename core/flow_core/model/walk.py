"""Walking a pipeline: its steps and its calls, in the order of the file."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.model.pipeline import Call, Group, Handler, Pipeline, Step, Switch
from flow_core.places import Path

Section: TypeAlias = Literal["steps", "finally"]


class StepInfo(msgspec.Struct, frozen=True):
    """A step and where it stands: the step whose group holds it (``""``: none), and the section."""

    step: Step
    parent: str
    section: Section


CallRole: TypeAlias = Literal["step", "branch", "catch", "compensate"]


class CallInfo(msgspec.Struct, frozen=True):
    """A call, the path of the mapping that makes it, and the step it serves."""

    path: Path
    call: Call
    role: CallRole
    step: str


def walk_steps(pipeline: Pipeline) -> Iterator[StepInfo]:
    """All steps, those of groups included, in the order of the file."""
    yield from _steps(pipeline.steps, "", "steps")
    yield from _steps(pipeline.finally_, "", "finally")


def _steps(steps: dict[str, Step], parent: str, section: Section) -> Iterator[StepInfo]:
    for step in steps.values():
        yield StepInfo(step, parent, section)
        for info in step_calls(step):
            if isinstance(info.call, Group):
                yield from _steps(info.call.steps, step.name, section)


def step_calls(step: Step) -> Iterator[CallInfo]:
    """The calls of one step: its own, its branches', its handlers' and compensations'."""
    if step.call is not None:
        yield from _calls(step.call, step.path, "step", step.name)
    for index, handler in enumerate(step.catch):
        yield from _handler_calls(handler, (*step.path, "catch", index), "catch", step.name)
    if step.compensate is not None:
        path = (*step.path, "compensate")
        yield from _handler_calls(step.compensate, path, "compensate", step.name)


def _calls(call: Call, path: Path, role: CallRole, step: str) -> Iterator[CallInfo]:
    yield CallInfo(path, call, role, step)
    if isinstance(call, Switch):
        for index, branch in enumerate(call.branches):
            if branch.call is not None:
                inner: CallRole = "branch" if role == "step" else role
                yield from _calls(branch.call, (*path, "switch", index), inner, step)


def _handler_calls(handler: Handler, path: Path, role: CallRole, step: str) -> Iterator[CallInfo]:
    if handler.call is not None:
        yield from _calls(handler.call, path, role, step)
    if handler.compensate is not None:
        inner = (*path, "compensate")
        yield from _handler_calls(handler.compensate, inner, "compensate", step)


def walk_calls(pipeline: Pipeline) -> Iterator[CallInfo]:
    """All calls of all steps."""
    for info in walk_steps(pipeline):
        yield from step_calls(info.step)
