"""Values at the borders of a type: what code gets wrong that has only seen typical values.

Nothing is drawn by lot: the same type gives the same values, the most typical one first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random

import msgspec

from flow_core.diagnostics import Json
from flow_core.types.algebra import alternatives
from flow_core.types.example import LARGEST, example
from flow_core.types.kinds import (
    AnyType,
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    StringType,
    Type,
)
from flow_core.types.runtime import Misfit, port_check
from flow_core.types.sample_text import FORMATTED, matching

_MAX_DEPTH = 4
_MAX_CANDIDATES = 1000
_LARGE = 1_000_000
_TEXTS = ("x", "", "Ünïcode 漢字 🙂", "two words", "a'b\"c\\d\n<e>")
_KEYS = ("a", "Ünï 漢")
_PLAIN: dict[type, tuple[Json, ...]] = {
    AnyType: ("x", None, 0, [], {}),
    BooleanType: (True, False),
    BytesType: ("AA==", ""),
    DatetimeType: ("2026-01-01T00:00:00Z", "1970-01-01T00:00:00+14:00", "2024-02-29T23:59:59Z"),
    DurationType: ("1s", "0s", "1h30m"),
    NullType: (None,),
}


def border_values(type_: Type, most: int = 40) -> list[Json]:
    """At most so many values that fit a type; none where none is easily found.

    Of an object all is typical but one property at a time, so what fails shows what it is about.

    >>> from flow_core.types.kinds import BOOLEAN, INTEGER, NumberType
    >>> border_values(NumberType(integer=True, minimum=1)), border_values(BOOLEAN)
    ([1, 2, 1000000], [True, False])
    >>> order = ObjectType({"qty": Field(INTEGER), "gift": Field(BOOLEAN, required=False)})
    >>> border_values(order, 3)
    [{'qty': 1, 'gift': True}, {'qty': 1}, {'qty': 0, 'gift': True}]
    """
    return list(islice(_fitting(type_, _of(type_, 0)), most))


def _of(type_: Type, depth: int) -> Iterator[Json]:
    """Candidates, of which some may not fit: the first of each alternative, then the rest."""
    if depth > _MAX_DEPTH:
        yield example(type_)
        return
    ways = [_of_one(each, depth) for each in alternatives(type_)]
    for way in ways:
        yield from islice(way, 1)
    for way in ways:
        yield from way


def _of_one(type_: Type, depth: int) -> Iterator[Json]:
    match type_:
        case NumberType():
            return _numbers(type_)
        case StringType():
            return _strings(type_)
        case ListType():
            return _lists(type_, depth)
        case MapType(value=value):
            return _maps(value, depth)
        case ObjectType(fields=fields):
            return objects(fields, depth)
        case _:
            return iter(_PLAIN.get(type(type_), ()))


def _numbers(type_: NumberType) -> Iterator[Json]:
    if type_.enum is not None:
        yield from type_.enum
        return
    if type_.multiple_of:
        yield from (type_.multiple_of, 0, -type_.multiple_of, 1000 * type_.multiple_of)
    low = type_.minimum if type_.minimum is not None else type_.exclusive_minimum
    high = type_.maximum if type_.maximum is not None else type_.exclusive_maximum
    yield from (1, 0)
    yield from (each for end in (low, high) if end is not None for each in (end, end + 1, end - 1))
    if low is not None and high is not None:
        yield (low + high) / 2
    yield from (-1,) if type_.integer else (0.1, -1, 0.30000000000000004)
    yield from (_LARGE, -_LARGE)


def _strings(type_: StringType) -> Iterator[Json]:
    if type_.enum is not None:
        yield from type_.enum
        return
    if type_.pattern is not None:
        lots = (Random(seed) for seed in range(4))  # noqa: S311 - the same texts every time
        yield from (matching(type_.pattern, each) for each in lots)
    if type_.format is not None:
        yield from FORMATTED.get(type_.format, ())
    least, most = min(type_.min_length or 0, LARGEST), type_.max_length
    for text in _TEXTS:
        long_enough = text + "x" * (least - len(text))
        yield long_enough if most is None else long_enough[:most]
    if most is not None and most <= _LARGE:
        yield "x" * most


def _lists(type_: ListType, depth: int) -> Iterator[Json]:
    """One item, none, then each kind of item, and two of them."""
    least = min(type_.min_items or 0, LARGEST)
    items = list(islice(_of(type_.item, depth + 1), 8))
    if not items:
        yield []
        return
    filling = items if type_.unique else items[:1] * least
    yield [items[0], *filling[1:least]]
    yield []
    yield from ([item, *filling[1:least]] for item in items[1:])
    yield items[:2] if type_.unique else [items[0], items[0]]
    yield items


def _maps(value: Type, depth: int) -> Iterator[Json]:
    values = list(islice(_of(value, depth + 1), 5))
    yield from ({_KEYS[0]: each} for each in values[:1])
    yield {}
    yield from ({_KEYS[0]: each} for each in values[1:])
    yield dict.fromkeys(_KEYS, values[0] if values else None)


def objects(fields: Mapping[str, Field], depth: int = 0) -> Iterator[dict[str, Json]]:
    """Objects of these fields: a typical one, one without what may be absent, then variations."""
    most = max(3, 12 >> depth)
    choices = {n: list(islice(_of(field.type, depth + 1), most)) for n, field in fields.items()}
    typical = {name: values[0] for name, values in choices.items() if values}
    yield typical
    optional = {name for name, field in fields.items() if not field.required}
    if optional:
        yield {name: value for name, value in typical.items() if name not in optional}
    for name, values in choices.items():
        yield from ({**typical, name: value} for value in values[1:])
        if name in optional:
            yield {other: value for other, value in typical.items() if other != name}


def variations(type_: Type, value: Json, words: Sequence[Json] = ()) -> Iterator[Json]:
    """A value of a type with one part of it at a border, for each part and border.

    ``words`` are scalars to try in each part as well.

    >>> from flow_core.types.kinds import BOOLEAN
    >>> list(variations(ObjectType({"paid": Field(BOOLEAN)}), {"paid": True}))
    [{'paid': False}]
    """
    yield from _fitting(type_, _varied(type_, value, words, 0), [value])


def _fitting(type_: Type, values: Iterable[Json], known: Iterable[Json] = ()) -> Iterator[Json]:
    """Those of the values that fit a type, each once, and none that is known."""
    check = port_check(type_)
    seen = {msgspec.json.encode(each) for each in known}
    for value in islice(values, _MAX_CANDIDATES):
        try:
            check(value)
        except Misfit:
            continue
        text = msgspec.json.encode(value)
        if text not in seen:
            seen.add(text)
            yield value


def _varied(type_: Type, value: Json, words: Sequence[Json], depth: int) -> Iterator[Json]:
    """Candidates, of which some may not fit."""
    found = [each for each in alternatives(type_) if isinstance(each, ObjectType | ListType)]
    if depth <= _MAX_DEPTH and found:
        match found[0], value:
            case ObjectType(fields=fields), dict():
                yield from _varied_object(fields, value, words, depth)
            case ListType(item=item), [first, *rest]:
                yield []
                yield [first, *rest, first]
                yield from ([each, *rest] for each in _varied(item, first, words, depth + 1))
            case _:
                pass
    elif value is not None:
        yield from (each for each in words if isinstance(each, str) == isinstance(value, str))
    yield from islice(_of(type_, depth), 12)


def _varied_object(
    fields: Mapping[str, Field], value: Mapping[str, Json], words: Sequence[Json], depth: int
) -> Iterator[Json]:
    """Objects with another value in one property, or without one that may be absent."""
    for name, field in fields.items():
        changed = _varied(field.type, value.get(name), words, depth + 1)
        yield from ({**value, name: each} for each in islice(changed, 12 + len(words)))
        if not field.required and name in value:
            yield {other: each for other, each in value.items() if other != name}
