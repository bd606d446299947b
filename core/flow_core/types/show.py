"""Types as people write them."""

from collections.abc import Iterable

import msgspec

from flow_core.types.kinds import (
    BUILTIN,
    FILE,
    NULL,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    Type,
    UnionType,
)

_SHOWN_FIELDS = 4
_SHOWN_MEMBERS = 6
_SHOWN_BITS = 200
_SHOWN_LENGTH = 60
_SHOWN_LEVELS = 40
_LEVELS_OF_OBJECT = 15
_NAMES = {type(type_): name for name, type_ in BUILTIN.items() if name not in ("object", "file")}


def show(type_: Type) -> str:
    """The type in shorthand: ``list<Order>?``. Bounds, enums and patterns are left out.

    An object without a name has no shorthand; it shows its first fields, as in ``{id: string, …}``.

    >>> show(UnionType((ListType(NumberType()), NULL)))
    'list<number>?'
    """
    return _show(type_, 0)


def _show(type_: Type, level: int) -> str:
    if level > _SHOWN_LEVELS:
        return "…"
    match type_:
        case Ref():
            return type_.name
        case SchemaType():
            return _show(type_.base, level)
        case NumberType():
            return "integer" if type_.integer else "number"
        case ListType():
            return f"list<{_show(type_.item, level + 1)}>"
        case MapType():
            return f"map<{_show(type_.value, level + 1)}>"
        case ObjectType():
            return "file" if type_ == FILE else _show_object(type_, level)
        case UnionType():
            return _show_union(type_, level)
        case _:
            return _NAMES[type(type_)]


def _show_object(type_: ObjectType, level: int) -> str:
    if not type_.fields:
        return "object"
    shown = [
        f"{name}{'' if field.required else '?'}: {_show(field.type, level + _LEVELS_OF_OBJECT)}"
        for name, field in list(type_.fields.items())[:_SHOWN_FIELDS]
    ]
    if len(type_.fields) > _SHOWN_FIELDS:
        shown.append("…")
    return "{" + ", ".join(shown) + "}"


def _show_union(type_: UnionType, level: int) -> str:
    members = [member for member in type_.members if member != NULL]
    if len(members) == 1 and NULL in type_.members:
        return _show(members[0], level) + "?"
    shown = list(dict.fromkeys(_show(member, level) for member in type_.members))
    if len(shown) > _SHOWN_MEMBERS:
        shown[_SHOWN_MEMBERS:] = ["…"]
    return " | ".join(shown)


def show_values(values: Iterable[object]) -> str:
    """Literal values in a message: ```"eu"`, `"us"` or `"asia"```; long lists are cut.

    >>> show_values(["eu", "us"])
    '`"eu"` or `"us"`'
    """
    shown = [f"`{show_value(value)}`" for value in values]
    if len(shown) > _SHOWN_MEMBERS:
        shown[_SHOWN_MEMBERS:] = ["…"]
    if len(shown) < 2:  # noqa: PLR2004 -- one is not joined with another
        return "".join(shown) or "any value"
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


def show_value(value: object) -> str:
    """A literal as JSON writes it, cut where it is long.

    >>> show_value("eu"), show_value(10**400)
    ('"eu"', 'a huge number')
    """
    if isinstance(value, int) and value.bit_length() > _SHOWN_BITS:
        return "a huge number"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "item"), count(2, "item")
    ('1 item', '2 items')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
