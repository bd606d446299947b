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
_MAX_EXACT = 20
_MAX_MEMBERS = 20


def type_of_literal(data: Json) -> Type:
    """The type of a literal: its very value for scalars, a closed object for a mapping.

    A number is an integer if it is written without ``.`` or ``e``.

    >>> from flow_core.types.show import show
    >>> show(type_of_literal({"rows": [1, 2.5, None]}))
    '{rows: list<number?>}'
    """
    return _of(data, 0, exact=True)


def _of(data: Json, depth: int, *, exact: bool) -> Type:
    """The type of a part; unless ``exact`` of the kinds of its scalars, not of their values."""
    match data:
        case list() | dict() if depth > _MAX_DEPTH:
            return ANY
        case list():
            return _of_list(data, depth, exact=exact and len(data) <= _MAX_EXACT)
        case dict():
            fields = {
                name: Field(_of(value, depth + 1, exact=exact)) for name, value in data.items()
            }
            return ObjectType(fields, open=False)
        case _:
            return of_values([data]) if exact else _kind(data)


def _of_list(items: list[Json], depth: int, *, exact: bool) -> Type:
    """A list of whatever its items are; of anything, where they are of too many types."""
    if not items:
        return ListType(ANY, max_items=0)
    item = _of(items[0], depth + 1, exact=exact)
    for other in items[1:]:
        item = join(item, _of(other, depth + 1, exact=exact))
        if isinstance(item, UnionType) and len(item.members) > _MAX_MEMBERS:
            return ListType(ANY)
    return ListType(item)


def of_values(values: Sequence[Json]) -> Type:
    """The type whose values are just these; of lists and objects only the kind.

    >>> of_values(["a", None]) == union(StringType(enum=("a",)), NULL)
    True
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


def widened(type_: Type, depth: int = 0) -> Type:
    """A type without the values that its scalars are limited to: only their kinds are left.

    >>> from flow_core.types.show import show
    >>> show(widened(type_of_literal({"text": "good", "points": [1]})))
    '{text: string, points: list<integer>}'
    """
    match type_:
        case _ if depth > _MAX_DEPTH:
            return ANY
        case StringType() | NumberType():
            return msgspec.structs.replace(type_, enum=None)
        case BooleanType():
            return BOOLEAN
        case ListType(item=item):
            return msgspec.structs.replace(type_, item=widened(item, depth + 1))
        case ObjectType(fields=fields):
            wide = {
                name: msgspec.structs.replace(field, type=widened(field.type, depth + 1))
                for name, field in fields.items()
            }
            return msgspec.structs.replace(type_, fields=wide)
        case UnionType(members=members):
            return union(*(widened(member, depth + 1) for member in members))
        case _:
            return type_


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
