"""An example of a type: a small value that fits, for scenarios and documents."""

from flow_core.diagnostics import Json
from flow_core.types.algebra import alternatives
from flow_core.types.kinds import (
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    StringType,
    Type,
)

LARGEST = 1_000
"""Longer texts and lists are not made up, whatever a type asks for."""
_MAX_DEPTH = 8


def example(type_: Type, depth: int = 0) -> Json:
    """A value of a type; null where none is easily found.

    >>> from flow_core.types.kinds import INTEGER
    >>> example(ListType(INTEGER, min_items=2))
    [0, 0]
    >>> example(StringType(format="email")), example(StringType(pattern="^a+$"))
    ('ada@example.com', 'aaaa')
    """
    if depth > _MAX_DEPTH:
        return None
    return _of(alternatives(type_)[0], depth)


def _of(type_: Type, depth: int) -> Json:
    match type_:
        case BooleanType(const=const):
            return True if const is None else const
        case NumberType():
            return _number(type_)
        case StringType():
            return _string(type_)
        case DurationType():
            return "1s"
        case DatetimeType():
            return "2026-01-01T00:00:00Z"
        case BytesType():
            return ""
        case ListType(item=item, min_items=least):
            return [example(item, depth + 1) for _ in range(min(least or 0, LARGEST))]
        case MapType():
            return {}
        case ObjectType(fields=fields):
            required = ((name, field) for name, field in fields.items() if field.required)
            return {name: example(field.type, depth + 1) for name, field in required}
        case _:
            return None


def _number(type_: NumberType) -> float:
    if type_.enum:
        return type_.enum[0]
    least = type_.minimum if type_.minimum is not None else type_.exclusive_minimum
    if least is None or least < 0:
        most = type_.maximum if type_.maximum is not None else type_.exclusive_maximum
        return 0 if most is None or most > 0 else most - (type_.maximum is None)
    return least if type_.minimum is not None else least + 1


def _string(type_: StringType) -> str:
    if type_.enum:
        return type_.enum[0]
    return _special(type_) or "x" * min(max(1, type_.min_length or 0), LARGEST)


def _special(type_: StringType) -> str | None:
    """A text of the format or pattern that a type has; None where it has none."""
    if type_.format is None and type_.pattern is None:
        return None
    from random import Random

    from flow_core.types.sample_text import FORMATTED, matching

    if type_.pattern is not None:
        return matching(type_.pattern, Random(0))  # noqa: S311 -- no secret is made
    return next(iter(FORMATTED.get(type_.format or "", ())), None)
