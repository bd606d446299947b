"""Types as files write them: the shorthand where it says all, else a schema."""

from collections.abc import Callable
from typing import TypeAlias, cast

from flow_core.diagnostics import Json
from flow_core.types import to_schema, without_null
from flow_core.types.algebra import admits_null, nullable
from flow_core.types.kinds import (
    FILE,
    NULL,
    AnyType,
    ListType,
    MapType,
    ObjectType,
    Ref,
    SchemaType,
    Type,
    UnionType,
)
from flow_core.types.show import show

NameOf: TypeAlias = Callable[[Ref], str | None]
"""What a named type of some file is called here; None where it has no name."""

_MAX_DEPTH = 12
_BOUND = {"minItems", "maxItems", "uniqueItems"}


def spell(type_: Type, name_of: NameOf = lambda _: None, depth: int = 0) -> Json:
    """The source, as plain data, of a type that takes at least the same values.

    What no file can say, as that an object has no further properties, is left out; a type that is
    too deep is ``any``.

    >>> from flow_core.types.kinds import INTEGER, NumberType
    >>> spell(ListType(INTEGER)), spell(NumberType(minimum=0))
    ('list<integer>', {'type': 'number', 'minimum': 0})
    """
    if depth > _MAX_DEPTH:
        return "any"
    match type_:
        case Ref():
            return name_of(type_) or spell(type_.target, name_of, depth + 1)
        case SchemaType():
            return spell(type_.base, name_of, depth + 1)
        case ListType():
            return _list(type_, spell(type_.item, name_of, depth + 1))
        case MapType():
            value = spell(type_.value, name_of, depth + 1)
            if isinstance(value, str):
                return f"map<{value}>"
            return {"type": "object", "additionalProperties": value}
        case ObjectType():
            return _object(type_, name_of, depth)
        case UnionType():
            return _union(type_, name_of, depth)
        case AnyType():
            return "any"
        case _:
            return _scalar(type_)


def _scalar(type_: Type) -> Json:
    """A scalar's name, with its bounds where it has some."""
    schema = cast("dict[str, Json]", to_schema(type_))
    own = {word: value for word, value in schema.items() if word != "type"}
    return show(type_) if not own or "x-flow-type" in own else {"type": show(type_), **own}


def _list(type_: ListType, item: Json) -> Json:
    schema = cast("dict[str, Json]", to_schema(type_))
    bounds = {word: value for word, value in schema.items() if word in _BOUND}
    if isinstance(item, str):
        return {"type": f"list<{item}>", **bounds} if bounds else f"list<{item}>"
    return {"type": "array", "items": item, **bounds}


def _object(type_: ObjectType, name_of: NameOf, depth: int) -> Json:
    if type_ == FILE or not type_.fields:
        return "file" if type_ == FILE else "object"
    fields: dict[str, Json] = {}
    for name, field in type_.fields.items():
        inner = field.type if field.required else nullable(field.type)
        fields[name] = spell(inner, name_of, depth + 1)
    return {"fields": fields}


def _union(type_: UnionType, name_of: NameOf, depth: int) -> Json:
    if admits_null(type_) and NULL in type_.members:
        return _optional(spell(without_null(type_), name_of, depth + 1))
    members = [spell(member, name_of, depth + 1) for member in type_.members]
    texts = [member for member in members if isinstance(member, str)]
    return " | ".join(texts) if len(texts) == len(members) else {"anyOf": members}


def _optional(spelled: Json) -> Json:
    """A type, or null."""
    if isinstance(spelled, str):
        return f"{spelled} | null" if "|" in spelled else f"{spelled}?"
    word = spelled.get("type") if isinstance(spelled, dict) else None
    if isinstance(spelled, dict) and isinstance(word, str) and "items" not in spelled:
        return {**spelled, "type": _optional(word)}
    return {"anyOf": [spelled, "null"]}
