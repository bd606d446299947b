"""The names that expressions see, and their types, apart from what steps give."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from flow_core.components.signature import Port, Signature
from flow_core.expr.references import NamePath
from flow_core.model.pipeline import SETTLED, Channel, Pipeline, Status
from flow_core.model.walk import Section
from flow_core.types import Type, nullable, without_null
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    STRING,
    DatetimeType,
    Field,
    ListType,
    ObjectType,
    StringType,
)

VARIABLES: Mapping[str, str] = {
    "inputs": "The inputs of this file.",
    "steps": "The steps that can be seen from here, with their attributes.",
    "state": "The channels of the run's state.",
    "secrets": "The secrets that this file declares; only secret ports take one.",
    "run": "The run of this file; in a sub-pipeline, its own.",
    "item": "The element of the list that `for_each` goes through.",
    "index": "The position of the element in the list of `for_each`, from 0.",
    "iteration": "The number of the iteration of `repeat`, from 1.",
    "previous": "The outputs of the iteration before; null in the first.",
    "outputs": "What the call has just given: of one element, of one iteration.",
    "error": "The error that is handled.",
    "attempt": "The number of the attempt that failed.",
}
"""What the names stand for that expressions see."""

ELSEWHERE: Mapping[str, str] = {
    "item": "in a step with `for_each`",
    "index": "in a step with `for_each`",
    "iteration": "in a step with `repeat`",
    "previous": "in a step with `repeat`",
    "outputs": "in `set`, `compensate` and `repeat.until`",
    "error": "in `catch` and `retry.when`",
    "attempt": "in `retry.when`",
}

RUN_STATUSES = ("succeeded", "failed", "cancelled", "budget_exceeded")

ERROR = ObjectType(
    {
        "name": Field(STRING, description="the name that `catch` and `retry` know it by"),
        "message": Field(STRING, description="what went wrong, for people"),
        "data": Field(ANY, description="what the component says beside it"),
        "step": Field(STRING, description="the path of the step that failed"),
        "attempt": Field(INTEGER, description="the number of the attempt that failed"),
        "cause": Field(ANY, description="the error that led to this one, or null"),
    },
    open=False,
)


def record(fields: Mapping[str, Type]) -> ObjectType:
    """A closed object of these fields, none of them absent."""
    return ObjectType({name: Field(type_) for name, type_ in fields.items()}, open=False)


def outputs_type(signature: Signature, returns: Mapping[str, Type] | None = None) -> ObjectType:
    """What a component gives as a whole; ``returns`` of a step narrows it."""
    narrowed = returns or {}
    fields = {
        name: Field(narrowed[name]) if name in narrowed else _output(port)
        for name, port in signature.outputs.items()
    }
    return ObjectType(fields, open=False)


def _output(port: Port) -> Field:
    """An output as a field: one that may be left out is not there, rather than null."""
    return Field(without_null(port.type) if port.absent else port.type, not port.absent)


def pipeline_names(pipeline: Pipeline) -> dict[str, Type]:
    """The names that are visible everywhere in a file, but ``steps`` and ``run``."""
    return {
        "inputs": record({name: port.type for name, port in pipeline.inputs.items()}),
        "state": record({name: channel_type(c) for name, c in pipeline.state.items()}),
        "secrets": record(dict.fromkeys(pipeline.secrets, STRING)),
    }


def channel_type(channel: Channel) -> Type:
    """What a read of a channel gives: without a default, null before the first write."""
    starts = channel.default is not msgspec.UNSET or channel.reduce == "append"
    return channel.type if starts else nullable(channel.type)


@cache
def run_type(section: Section) -> Type:
    """The type of ``run``; only ``finally`` sees how the run went."""
    due = "the time that a schedule started it for; null where none did"
    fields = {
        "id": Field(STRING, description="what the run is called"),
        "pipeline": Field(STRING, description="the name of its pipeline"),
        "scheduled_at": Field(nullable(DatetimeType()), description=due),
    }
    if section == "finally":
        statuses = StringType(enum=RUN_STATUSES)
        fields["status"] = Field(statuses, description="how the steps ended")
        fields["error"] = Field(nullable(ERROR), description="the first error that nothing handled")
        fields["errors"] = Field(ListType(ERROR), description="the others that nothing handled")
    return ObjectType(fields, open=False)


_SETTLED = {
    "error": Field(nullable(ERROR), description="the error that it failed with; null for none"),
    "attempts": Field(INTEGER, description="how many attempts there were"),
    "iterations": Field(INTEGER, description="how many iterations of `repeat` there were"),
    "recovered": Field(BOOLEAN, description="whether a handler of `catch` saved it"),
}
"""The attributes that every step has alike."""


def step_type(outputs: Type, statuses: tuple[Status, ...] = SETTLED) -> ObjectType:
    """The attributes of a step that settled in one of these statuses."""
    fields = {
        "outputs": Field(outputs, description="what it gave; all null where it did not succeed"),
        "status": Field(StringType(enum=statuses), description="how it ended"),
    }
    return ObjectType({**fields, **_SETTLED}, open=False)


def secret_inputs(pipeline: Pipeline) -> Iterator[NamePath]:
    """The paths of secrets that a file itself declares."""
    yield ("secrets",)
    for name, port in pipeline.inputs.items():
        if port.secret:
            yield ("inputs", name)
