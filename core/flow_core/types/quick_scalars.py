"""Scalar types compiled to closures that say quickly that a value fits."""

import math
from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any, TypeAlias

from flow_core.diagnostics import Json
from flow_core.markers import is_unknown
from flow_core.types.kinds import NUMBER, STRING, BooleanType, NullType, NumberType, Type
from flow_core.types.ranges import number_range
from flow_core.types.scalars import is_multiple, scalar_problems

Memo: TypeAlias = dict[tuple[int, int], Any]
"""What unions have made of the parts of a value, by their identities."""

Quick: TypeAlias = Callable[[Json, Memo], Json]
"""Gives a value as its port takes it, the same object if it can, or raises `Refused`."""

_END = 2**63
"""The first number above all integers."""


class Refused(Exception):  # noqa: N818 - an answer; why, is found out elsewhere
    """The value does not fit."""


def refuse(data: Json) -> Json:
    """Refuse a value, but for one that is known only after the run."""
    if is_unknown(data):
        return data
    raise Refused


def quick_scalar(type_: Type) -> Quick:
    """The check of a type that is no name, union, list or object."""
    match type_:
        case NumberType():
            return _refined(_integer if type_.integer else _number, type_)
        case BooleanType(const=None):
            return _of_kind(bool)
        case BooleanType(const=const):
            return _constant(const)
        case NullType():
            return _constant(None)
        case _ if type_ == STRING:
            return _of_kind(str)
        case _:
            return _text(type_)


def _of_kind(kind: type) -> Quick:
    def check(data: Json, _memo: Memo) -> Json:
        return data if isinstance(data, kind) else refuse(data)

    return check


def _constant(constant: bool | None) -> Quick:  # noqa: FBT001 - a value of data
    def check(data: Json, _memo: Memo) -> Json:
        return data if data is constant else refuse(data)

    return check


def _text(type_: Type) -> Quick:
    """A string with refinements, a duration, a time, bytes."""

    def check(data: Json, _memo: Memo) -> Json:
        if not isinstance(data, str):
            return refuse(data)
        for _ in scalar_problems(data, type_):
            raise Refused
        return data

    return check


def _integer(data: Json, _memo: Memo) -> Json:
    if type(data) is int:
        return data if -_END <= data < _END else refuse(data)
    if isinstance(data, float) and data.is_integer() and -_END <= data < _END:
        return int(data)
    return refuse(data)


def _number(data: Json, _memo: Memo) -> Json:
    if type(data) is float:
        return data if math.isfinite(data) else refuse(data)
    if isinstance(data, bool) or not isinstance(data, int | float):
        return refuse(data)
    try:
        return _number(float(data), _memo)
    except OverflowError:
        return refuse(data)


def _refined(check: Quick, type_: NumberType) -> Quick:
    """A check of numbers and of the bounds, multiples and choices that a type sets."""
    if type_ in (NUMBER, NumberType(integer=True)):
        return check
    tests = [*_bounds(type_), *_choices(type_)]

    def refined(data: Json, memo: Memo) -> Json:
        found = check(data, memo)
        if found is data and is_unknown(data):
            return data
        for holds in tests:
            if not holds(data):
                raise Refused
        return found

    return refined


def _bounds(type_: NumberType) -> list[Callable[[Any], bool]]:
    range_ = number_range(type_)
    above = gt if range_.low_open else ge
    below = lt if range_.high_open else le
    return [lambda value: above(value, range_.low), lambda value: below(value, range_.high)]


def _choices(type_: NumberType) -> list[Callable[[Any], bool]]:
    enum, unit = type_.enum, type_.multiple_of
    found: list[Callable[[Any], bool]] = []
    if enum is not None:
        found.append(lambda value: value in enum)
    if unit is not None:
        found.append(lambda value: is_multiple(value, unit))
    return found
