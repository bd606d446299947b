"""Hypothesis strategies for the values of Flow's types."""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from flow_core.durations import show_duration
from flow_core.markers import UNKNOWN_KEY
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
    Ref,
    SchemaType,
    StringType,
    Type,
    UnionType,
)
from flow_core.types.ranges import number_range
from flow_core.types.runtime import Misfit, port_check
from flow_core.types.structures import canonical

if TYPE_CHECKING:
    from flow_core.diagnostics import Json

Values: TypeAlias = st.SearchStrategy[Any]
NONE: Values = st.nothing()
"""The values of a type that no value has; Hypothesis has one such strategy."""

MOST = 10**15
"""Numbers without a bound are no larger: nobody means a price of 10³⁰⁰, whose double overflows."""
_LAST_INTEGER = 2**63 - 1
_FIRST_INTEGER = -(2**63)
_LONGEST = 30 * 86_400 * 1_000_000

_texts = st.text(st.characters(codec="utf-8"))
_keys = _texts.filter(lambda key: key != UNKNOWN_KEY)
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MOST, MOST),
    st.floats(-MOST, MOST),
    _texts,
)
_anything: Values = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_keys, inner, max_size=4)),
    max_leaves=8,
)


def values(type_: Type) -> Values:
    """Values that fit a type; each is accepted by a port of that type.

    A type that no value has gives a strategy that has none.
    """
    return _Maker().of(type_)


class _Maker:
    """Makes strategies; named types are made once, so that recursive ones come to an end."""

    def __init__(self) -> None:
        self._named: dict[Ref, Values] = {}

    def of(self, type_: Type) -> Values:
        """The values of a type."""
        match type_:
            case Ref():
                if type_ not in self._named:
                    self._named[type_] = st.deferred(lambda: self.of(type_.target))
                return self._named[type_]
            case SchemaType(base=base):
                return self.of(base).filter(accepts(type_))
            case UnionType(members=members):
                plainest = sorted(members, key=lambda member: not isinstance(member, NullType))
                return st.one_of([self.of(member) for member in plainest])
            case ListType():
                return self._list(type_)
            case MapType(value=value):
                inner = self.of(value)
                return st.dictionaries(_keys, inner, max_size=0 if inner is NONE else 5)
            case ObjectType(fields=fields):
                return self._object(fields)
            case _:
                return _scalar(type_)

    def _list(self, type_: ListType) -> Values:
        least = type_.min_items or 0
        if type_.max_items is not None and type_.max_items < least:
            return NONE
        item = self.of(type_.item)
        if item is NONE:
            return NONE if least else st.just([])
        unique: Callable[[Json], str] | None = canonical if type_.unique else None
        most = type_.max_items
        return st.lists(item, min_size=least, max_size=most, unique_by=unique)

    def _object(self, fields: dict[str, Field]) -> Values:
        return st.fixed_dictionaries(
            {name: self.of(field.type) for name, field in fields.items() if field.required},
            optional={n: self.of(field.type) for n, field in fields.items() if not field.required},
        )


def accepts(type_: Type) -> Callable[[Any], bool]:
    """Whether a port of a type takes a value."""
    check = port_check(type_)

    def accepted(value: Any) -> bool:
        try:
            check(value)
        except Misfit:
            return False
        return True

    return accepted


def _scalar(type_: Type) -> Values:
    match type_:
        case AnyType():
            return _anything
        case BooleanType(const=const):
            return st.booleans() if const is None else st.just(const)
        case NumberType():
            return _number(type_)
        case StringType():
            return _string(type_)
        case DurationType():
            return st.integers(0, _LONGEST).map(show_duration)
        case DatetimeType():
            return _moments()
        case BytesType():
            return st.binary(max_size=40).map(_base64)
        case _:
            return st.none()


def _number(type_: NumberType) -> Values:
    if type_.enum is not None:
        return _among(type_.enum, type_)
    bounds = number_range(type_)
    low = max(bounds.low, -MOST if bounds.high >= -MOST else -math.inf)
    high = min(bounds.high, MOST if bounds.low <= MOST else math.inf)
    if type_.integer or type_.multiple_of is not None:
        return _whole(type_, low, high)
    low, high = max(low, -1.7e308), min(high, 1.7e308)
    if low > high:
        return NONE
    open_low = bounds.low_open and low == bounds.low
    open_high = bounds.high_open and high == bounds.high
    if low == high and (open_low or open_high):
        return NONE
    return st.floats(float(low), float(high), exclude_min=open_low, exclude_max=open_high).filter(
        accepts(type_)
    )


def _whole(type_: NumberType, low: float, high: float) -> Values:
    """Integers, and multiples of a unit."""
    unit = type_.multiple_of or 1
    least = max(low, _FIRST_INTEGER) if type_.integer else low
    most = min(high, _LAST_INTEGER) if type_.integer else high
    first, last = math.ceil(max(least, -1e300) / unit), math.floor(min(most, 1e300) / unit)
    if first > last:
        return NONE
    return st.integers(first, last).map(lambda count: count * unit).filter(accepts(type_))


def _string(type_: StringType) -> Values:
    if type_.enum is not None:
        return _among(type_.enum, type_)
    least, most = type_.min_length or 0, type_.max_length
    if most is not None and most < least:
        return NONE
    if type_.pattern is not None:
        return st.from_regex(re.compile(type_.pattern, re.ASCII), alphabet=_letters()).filter(
            accepts(type_)
        )
    if type_.format in _FORMATS:
        return _FORMATS[type_.format]().filter(accepts(type_))
    return st.text(_letters(), min_size=least, max_size=most)


def _letters() -> "st.SearchStrategy[str]":
    return st.characters(codec="utf-8")


def _among(choices: tuple[Any, ...], type_: Type) -> Values:
    """Those of some values that the rest of the type allows."""
    allowed = [value for value in choices if accepts(type_)(value)]
    return st.sampled_from(allowed) if allowed else NONE


def _base64(data: bytes) -> str:
    from base64 import b64encode

    return b64encode(data).decode()


def _moments() -> Values:
    offsets = st.sampled_from(["Z", "+00:00", "+05:30", "-08:00"])
    times = st.datetimes().map(lambda moment: moment.isoformat())
    return st.tuples(times, offsets).map("".join)


def _times() -> Values:
    return st.times().map(lambda moment: f"{moment.isoformat()}Z")


_LABEL = "[a-z]([a-z0-9-]{0,8}[a-z0-9])?"
_FORMATS: dict[str | None, Callable[[], Values]] = {
    "date": lambda: st.dates().map(lambda day: day.isoformat()),
    "time": _times,
    "date-time": _moments,
    "email": lambda: st.from_regex(rf"[a-z0-9._+-]{{1,10}}@{_LABEL}\.[a-z]{{2,4}}", fullmatch=True),
    "hostname": lambda: st.from_regex(rf"{_LABEL}(\.{_LABEL}){{0,3}}", fullmatch=True),
    "uri": lambda: st.from_regex(
        rf"(https?|ftp)://{_LABEL}(/[a-z0-9%]{{0,5}}){{0,3}}", fullmatch=True
    ),
    "uuid": lambda: st.uuids().map(str),
    "duration": lambda: st.from_regex(r"P([1-9]Y)?([1-9]M)?[0-9]D(T[1-9]H)?", fullmatch=True),
    "ipv4": lambda: st.ip_addresses(v=4).map(str),
    "ipv6": lambda: st.ip_addresses(v=6).map(str),
}
