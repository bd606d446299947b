"""The results of functions whose type depends on their arguments.

Each takes the arguments' types, the target of a member function first, and gives the type of the
result, or the words for what an argument should have been.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from flow_core.expr.operators import item_type, kinds, value_type
from flow_core.types import admits_null, alternatives, join, member, nullable, union, without_null
from flow_core.types.kinds import (
    ANY,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    AnyType,
    Field,
    ListType,
    MapType,
    ObjectType,
    StringType,
    Type,
)


class Wanted(msgspec.Struct, frozen=True):
    """What should have been there instead: ``a list of strings``."""

    text: str


Result: TypeAlias = Type | Wanted
_SORTABLE = ({"integer", "number"}, {"string"}, {"boolean"}, {"bytes"}, {"duration"}, {"datetime"})


def result_of(name: str, arguments: Sequence[Type]) -> Result:
    """The result that ``$name`` stands for in the table of functions."""
    return _RESULTS[name](arguments)


def _item(type_: Type) -> Type:
    return item_type(type_) or ANY


def _same(arguments: Sequence[Type]) -> Result:
    """A list of the same items, or a string."""
    found = [
        ListType(type_.item) if isinstance(type_, ListType) else _plain(type_)
        for type_ in alternatives(arguments[0])
    ]
    return union(*found)


def _plain(type_: Type) -> Type:
    return STRING if isinstance(type_, StringType) else ANY


def _join(arguments: Sequence[Type]) -> Result:
    items = set(kinds(_item(arguments[0])))
    return STRING if items <= {"string", "any"} else Wanted("a list of strings")


def _sort(arguments: Sequence[Type]) -> Result:
    items = set(kinds(_item(arguments[0]))) - {"any"}
    if items and not any(items <= group for group in _SORTABLE):
        return Wanted("a list whose items can be compared with each other")
    return ListType(_item(arguments[0]))


def _flatten(arguments: Sequence[Type]) -> Result:
    """One level of lists; how many a second argument asks for is not known here."""
    item = _item(arguments[0])
    if "list" in kinds(item) and len(arguments) > 1:
        return ListType(ANY)
    found = [type_.item if isinstance(type_, ListType) else type_ for type_ in alternatives(item)]
    return ListType(union(*found))


def _chunk(arguments: Sequence[Type]) -> Result:
    return ListType(ListType(_item(arguments[0])))


def _sum(arguments: Sequence[Type]) -> Result:
    items = set(kinds(_item(arguments[0])))
    if not items <= {"integer", "number", "any"}:
        return Wanted("a list of numbers")
    return ANY if "any" in items else INTEGER if items == {"integer"} else NUMBER


def _merge(arguments: Sequence[Type]) -> Result:
    merged = arguments[0]
    for argument in arguments[1:]:
        merged = _merge_two(merged, argument)
    return merged


def _merge_two(first: Type, second: Type) -> Type:
    """One over the other: fields of objects one by one, values of maps in one."""
    found: list[Type] = []
    for one in alternatives(first):
        for other in alternatives(second):
            if isinstance(one, ObjectType) and isinstance(other, ObjectType):
                found.append(_merge_objects(one, other))
            elif isinstance(one, AnyType) or isinstance(other, AnyType):
                found.append(ANY)
            else:
                found.append(MapType(join(value_type(one), value_type(other))))
    return union(*found)


def _merge_objects(one: ObjectType, other: ObjectType) -> ObjectType:
    """The later field wins; where it may be absent, the earlier one may still show."""
    fields = dict(one.fields)
    for name, field in other.fields.items():
        before = one.fields.get(name)
        if before is not None and not field.required:
            field = Field(union(before.type, field.type), before.required)  # noqa: PLW2901 - mixed
        fields[name] = field
    return ObjectType(fields, open=one.open or other.open)


def _get(arguments: Sequence[Type]) -> Result:
    """The value of a key, unless it is absent or null; then the default."""
    container, key, default = arguments
    found: Type | None = None
    if isinstance(key, StringType) and key.enum and len(key.enum) == 1:
        found = member(container, key.enum[0])
    if found is None:
        found = value_type(container)
    return default if found == ANY and default == ANY else _without(found, default)


def _coalesce(arguments: Sequence[Type]) -> Result:
    """The first that is not null; what follows one that never is can't matter."""
    found = arguments[0]
    for argument in arguments[1:]:
        if not admits_null(found):
            return found
        found = _without(found, argument)
    return found


def _without(found: Type, default: Type) -> Type:
    """One type where it is not null, else another."""
    if isinstance(found, AnyType):
        return ANY
    if found == NULL:
        return default
    if default == NULL:
        return nullable(found)
    joined = join(without_null(found), without_null(default))
    return nullable(joined) if "null" in kinds(default) else joined


_RESULTS: dict[str, Callable[[Sequence[Type]], Result]] = {
    "$same": _same,
    "$join": _join,
    "$sort": _sort,
    "$flatten": _flatten,
    "$chunk": _chunk,
    "$sum": _sum,
    "$merge": _merge,
    "$get": _get,
    "$coalesce": _coalesce,
}
