"""Values of a type drawn at random, for simulations that need some value of each kind.

`example` gives the plainest value, this gives others: the same ones for the same `Random`.
"""

from random import Random

from flow_core.diagnostics import Json
from flow_core.types.algebra import alternatives
from flow_core.types.example import LARGEST, example
from flow_core.types.kinds import (
    NULL,
    AnyType,
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
from flow_core.types.ranges import number_range
from flow_core.types.runtime import Misfit, port_check
from flow_core.types.sample_text import FORMATTED, matching
from flow_core.types.structures import canonical

_TRIES = 30
_DEPTH = 5
_COIN = (True, False)
_FREE = (0, 1, 2, 3, 5, 10, 20, 50, 100, 500, 1000, 10_000, 10**6, 0.5, 0.1, 0.25, 1.5, 99.5)


def sample(type_: Type, draw: Random, name: str = "value") -> Json:
    """A value that fits a type, or where none is found in some tries an `example` of it.

    ``name`` is what the value is: its texts begin with that, as in ``receipt-417``, and differ.

    >>> sample(ListType(StringType(), min_items=2), Random(1), "line")
    ['line-120', 'line-779']
    """
    check = port_check(type_)
    for _ in range(_TRIES):
        found = _value(type_, draw, name, 0)
        try:
            check(found)
        except Misfit:
            continue
        return found
    return example(type_)


def _value(type_: Type, draw: Random, name: str, depth: int) -> Json:
    kinds = alternatives(type_)
    if depth > _DEPTH:
        return None if NULL in kinds else example(type_, depth)
    return _of(draw.choice(kinds), draw, name, depth)


def _of(type_: Type, draw: Random, name: str, depth: int) -> Json:
    match type_:
        case NumberType():
            return _number(type_, draw)
        case StringType():
            return _text(type_, draw, name)
        case ListType():
            return _list(type_, draw, name, depth)
        case MapType(value=value):
            keys = draw.sample(["a", "b", "c"], draw.randint(0, 2))
            return {key: _value(value, draw, name, depth + 1) for key in keys}
        case ObjectType(fields=fields):
            return {
                key: _value(field.type, draw, key, depth + 1)
                for key, field in fields.items()
                if field.required or draw.choice(_COIN)
            }
        case _:
            return _one(type_, draw, name)


def _one(type_: Type, draw: Random, name: str) -> Json:
    match type_:
        case BooleanType(const=const):
            return draw.choice(_COIN) if const is None else const
        case DurationType():
            return draw.choice(["0s", "1s", "90s", "5m", "2h", "1d"])
        case DatetimeType():
            return draw.choice(FORMATTED["date-time"])
        case BytesType():
            return draw.choice(["", "aGk=", "AAEC"])
        case AnyType():
            return draw.choice([None, True, 1, 0.5, f"{name}-{draw.randrange(1000)}", [], {}])
        case _:
            return None


def _number(type_: NumberType, draw: Random) -> float:
    """A number of a size that people write, near a bound where there is one."""
    if type_.enum:
        return draw.choice(type_.enum)
    ends = (type_.minimum, type_.maximum, type_.exclusive_minimum, type_.exclusive_maximum)
    bounds = [each for each in ends if each is not None]
    near = [bound + step for bound in bounds for step in (-1, -0.5, 0, 0.5, 1, 10, 1000)]
    if len(bounds) > 1:
        near.append((bounds[0] + bounds[1]) / 2)
    unit = type_.multiple_of
    found: list[float] = [round(each / unit) * unit if unit else each for each in (*_FREE, *near)]
    if type_.integer:
        found = [int(each) for each in found if each == int(each)]
    allowed = number_range(type_)
    return draw.choice([each for each in found if allowed.holds(each)] or [0])


def _text(type_: StringType, draw: Random, name: str) -> str:
    if type_.enum:
        return draw.choice(type_.enum)
    if type_.pattern is not None:
        return matching(type_.pattern, draw) or ""
    if type_.format in FORMATTED:
        return draw.choice(FORMATTED[type_.format])
    text = f"{name}-{draw.randrange(1000)}"
    if type_.max_length is not None:
        text = text[-type_.max_length :] if type_.max_length else ""
    return text.ljust(min(type_.min_length or 0, LARGEST), "x")


def _list(type_: ListType, draw: Random, name: str, depth: int) -> list[Json]:
    least = min(type_.min_items or 0, LARGEST)
    most = least + 2 if type_.max_items is None else min(type_.max_items, least + 2)
    size = draw.choice([least, most, most, max(least, most - 1)]) if least <= most else least
    items = [_value(type_.item, draw, name, depth + 1) for _ in range(size)]
    return list({canonical(item): item for item in items}.values()) if type_.unique else items
