"""The names that expressions see, and their types, apart from what steps give."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from flow_core.expr.references import NamePath
from flow_core.model.pipeline import SETTLED, Channel, Pipeline, Status
from flow_core.model.walk import Section
from flow_core.types import Type, nullable
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
        "name": Field(STRING),
        "message": Field(STRING),
        "data": Field(ANY),
        "step": Field(STRING),
        "attempt": Field(INTEGER),
        "cause": Field(ANY),
    },
    open=False,
)


def record(fields: Mapping[str, Type]) -> ObjectType:
    """A closed object of these fields, none of them absent."""
    return ObjectType({name: Field(type_) for name, type_ in fields.items()}, open=False)


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
    fields: dict[str, Type] = {
        "id": STRING,
        "pipeline": STRING,
        "scheduled_at": nullable(DatetimeType()),
    }
    if section == "finally":
        fields["status"] = StringType(enum=RUN_STATUSES)
        fields["error"] = nullable(ERROR)
        fields["errors"] = ListType(ERROR)
    return record(fields)


_SETTLED = {
    "error": Field(nullable(ERROR)),
    "attempts": Field(INTEGER),
    "iterations": Field(INTEGER),
    "recovered": Field(BOOLEAN),
}
"""The attributes that every step has alike."""


def step_type(outputs: Type, statuses: tuple[Status, ...] = SETTLED) -> ObjectType:
    """The attributes of a step that settled in one of these statuses."""
    status = Field(StringType(enum=statuses))
    return ObjectType({"outputs": Field(outputs), "status": status, **_SETTLED}, open=False)


def secret_inputs(pipeline: Pipeline) -> Iterator[NamePath]:
    """The paths of secrets that a file itself declares."""
    yield ("secrets",)
    for name, port in pipeline.inputs.items():
        if port.secret:
            yield ("inputs", name)
