"""Values by their type: what may stand there literally, and examples to begin with."""

import json
from collections.abc import Iterator

import msgspec

from flow_core.diagnostics import Json
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.template import Stop, Template
from flow_core.ide.completion.times import datetimes, durations
from flow_core.types import Type, alternatives, show, without_null
from flow_core.types.example import example
from flow_core.types.kinds import (
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    NullType,
    NumberType,
    ObjectType,
    StringType,
)

_DEEPEST = 3


def literals(field: Field, typed: str) -> Iterator[Offer]:
    """The values that are known to fit."""
    if field.default is not msgspec.UNSET:
        yield from _literal(field.default, "the default", rank=4)
    for type_ in alternatives(field.type):
        for value in _listed(type_):
            yield from _literal(value, "", rank=1)
        yield from _of_kind(type_, typed)


def _listed(type_: Type) -> tuple[Json, ...]:
    """The values of a type that has only these."""
    match type_:
        case StringType(enum=values) | NumberType(enum=values):
            return values or ()
        case BooleanType(const=const):
            return (True, False) if const is None else (const,)
        case _:
            return ()


def _of_kind(type_: Type, typed: str) -> Iterator[Offer]:
    match type_:
        case DurationType():
            yield from durations(typed)
        case DatetimeType():
            yield from datetimes()
        case ObjectType(fields=fields) if fields:
            label = f"{{{', '.join(_shown(fields))}}}"
            yield Offer(label, "snippet", skeleton(type_), f"a new {show(type_)}", rank=6)
        case ListType(item=item) if any(isinstance(t, ObjectType) for t in alternatives(item)):
            yield Offer("[…]", "snippet", skeleton(type_), f"a new {show(type_)}", rank=6)
        case NullType():
            yield Offer("null", "word", None, rank=7)
        case _:
            return


def _shown(fields: dict[str, Field]) -> list[str]:
    return [name for name, field in fields.items() if field.required] or list(fields)


def _literal(value: Json, detail: str, rank: int) -> Iterator[Offer]:
    """A scalar, shown as it is written but for its quotes."""
    if isinstance(value, dict | list):
        return
    label = value if isinstance(value, str) else json.dumps(value)
    yield Offer(label, "value", value, detail, rank=rank)


def skeleton(type_: Type, name: str = "text", depth: int = 0) -> Template:
    """A value of a type with a place for each thing that has to be said; ``name`` is its own."""
    match alternatives(without_null(type_))[0]:
        case ObjectType(fields=fields) if fields and depth < _DEEPEST:
            names = {name: field for name, field in fields.items() if field.required}
            return {
                name: skeleton(field.type, name, depth + 1) for name, field in names.items()
            } or Stop(quoted="data")
        case ListType(item=item) if depth < _DEEPEST:
            return [skeleton(item, depth=depth + 1)]
        case StringType(enum=None):
            return Stop(name)
        case StringType(enum=values):
            return Stop(choices=tuple(values or ()))
        case BooleanType():
            return Stop(choices=("true", "false"), quoted="data")
        case DurationType() | DatetimeType() | BytesType():
            return Stop(str(example(type_)), quoted="text")
        case other:
            return Stop(json.dumps(example(other)), quoted="data")
