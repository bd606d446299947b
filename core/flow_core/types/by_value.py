"""The types of literal values, and types narrowed to given values."""

from collections.abc import Sequence

import msgspec

from flow_core.diagnostics import Json
from flow_core.types.algebra import join, union
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    AnyType,
    BooleanType,
    Field,
    ListType,
    NullType,
    NumberType,
    ObjectType,
    StringType,
    Type,
    UnionType,
)

_MAX_DEPTH = 50
_MAX_JOINED = 1_000


def type_of_literal(data: Json) -> Type:
    """The type of a literal: its very value for scalars, a closed object for a mapping.

    A number is an integer if it is written without ``.`` or ``e``.

    >>> type_of_literal([1, 2.5]).item
    NumberType(integer=False, minimum=None, maximum=None, exclusive_minimum=None, \
exclusive_maximum=None, multiple_of=None, enum=None)
    """
    return _of(data, 0)


def _of(data: Json, depth: int) -> Type:
    match data:
        case list() | dict() if depth > _MAX_DEPTH:
            return ANY
        case list():
            return _of_list(data, depth)
        case dict():
            fields = {name: Field(_of(value, depth + 1)) for name, value in data.items()}
            return ObjectType(fields, open=False)
        case _:
            return of_values([data])


def _of_list(items: list[Json], depth: int) -> Type:
    if not items:
        return ListType(ANY, max_items=0)
    if len(items) > _MAX_JOINED:
        return ListType(ANY)
    item: Type = _of(items[0], depth + 1)
    for other in items[1:]:
        item = join(item, _of(other, depth + 1))
    return ListType(item)


def of_values(values: Sequence[Json]) -> Type:
    """The type whose values are just these; of lists and objects only the kind.

    >>> of_values(["a", None])
    UnionType(members=(StringType(enum=('a',), pattern=None, format=None, min_length=None, \
max_length=None), NullType()))
    """
    return union(*(_only(kind, values) or kind for kind in _kinds(values)))


def _kinds(values: Sequence[Json]) -> list[Type]:
    """The plain kinds of the values, each once."""
    found: list[Type] = []
    for value in values:
        kind = _kind(value)
        if kind not in found:
            found.append(kind)
    if INTEGER in found and NUMBER in found:
        found.remove(INTEGER)
    return found


def _kind(value: Json) -> Type:
    match value:
        case None:
            return NULL
        case bool():
            return BOOLEAN
        case int():
            return INTEGER
        case float():
            return NUMBER
        case str():
            return STRING
        case list():
            return ListType(ANY)
        case dict():
            return OBJECT


def narrowed(type_: Type, values: Sequence[Json], *, strict: bool) -> Type:
    """A type cut down to the given values; unchanged if none is of its kind.

    Unless ``strict``, null stays where the type admits it: ``{type: string?, enum: [a]}``.
    """
    if isinstance(type_, AnyType):
        return of_values(values)
    members = type_.members if isinstance(type_, UnionType) else (type_,)
    kept: list[Type] = []
    for member in members:
        if isinstance(member, NullType) and not strict:
            kept.append(member)
            continue
        only = _only(member, values)
        kept += [] if only is None else [only]
    return union(*kept) if any(member != NULL for member in kept) or type_ == NULL else type_


def _only(member: Type, values: Sequence[Json]) -> Type | None:
    """A member restricted to those values that are of its kind; None if none is."""
    match member:
        case StringType():
            strings = tuple(value for value in values if isinstance(value, str))
            return msgspec.structs.replace(member, enum=strings) if strings else None
        case NumberType():
            numbers = tuple(value for value in values if _is_number(value))
            return msgspec.structs.replace(member, enum=numbers) if numbers else None
        case BooleanType():
            booleans = {value for value in values if isinstance(value, bool)}
            return (
                BooleanType(booleans.pop()) if len(booleans) == 1 else member if booleans else None
            )
        case NullType():
            return member if None in values else None
        case _:
            return member


def _is_number(value: Json) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
