"""Operators on values: int64 and double arithmetic, times, concatenation, order."""

import math
from collections.abc import Callable
from typing import Any, TypeAlias

from flow_core.expr.errors import Fault, Meter, wrong_kind
from flow_core.expr.times import (
    MAX_DURATION,
    MAX_TIMESTAMP,
    MIN_TIMESTAMP,
    Duration,
    Timestamp,
)
from flow_core.expr.values import KINDS, Value

MIN_INT, MAX_INT = -(2**63), 2**63 - 1
Operation: TypeAlias = Callable[[Any, Any, Meter], Value]
_NUMBERS = frozenset({int, float})


def integer(value: int) -> int:
    """An int that fits 64 bits.

    Raises:
        Fault: if it does not.
    """
    if MIN_INT <= value <= MAX_INT:
        return value
    raise Fault("overflow", "the result is outside the range of an integer")


def finite(value: float) -> float:
    """A double that is a number.

    Raises:
        Fault: if it is infinite or not a number.
    """
    if math.isfinite(value):
        return value
    raise Fault("not-finite", "the result is no finite number")


def duration(microseconds: int) -> Duration:
    """A duration within CEL's bounds."""
    if abs(microseconds) <= MAX_DURATION:
        return Duration(microseconds)
    raise Fault("overflow", "the duration is too long")


def timestamp(microseconds: int) -> Timestamp:
    """A time within the years 1 to 9999."""
    if MIN_TIMESTAMP <= microseconds <= MAX_TIMESTAMP:
        return Timestamp(microseconds)
    raise Fault("overflow", "the time is outside the years 1 to 9999")


def _number(result: float) -> Value:
    """The result of an operation on numbers: an int of two ints, else a double."""
    return integer(result) if isinstance(result, int) else finite(result)


def add(left: Any, right: Any, meter: Meter) -> Value:
    """``left + right``."""
    one, other = left.__class__, right.__class__
    if one in _NUMBERS and other in _NUMBERS:
        return _number(left + right)
    if one is other and one in {str, bytes}:
        meter.write(len(left) + len(right))
        return left + right
    if _are_lists(left, right):
        meter.spend(len(left) + len(right))
        return [*left, *right]
    if one is Duration and other is Duration:
        return duration(left.microseconds + right.microseconds)
    if {one, other} == {Duration, Timestamp}:
        return timestamp(left.microseconds + right.microseconds)
    raise no_overload("+", left, right)


def _are_lists(left: object, right: object) -> bool:
    return isinstance(left, list) and isinstance(right, list)


def subtract(left: Any, right: Any, _meter: Meter) -> Value:
    """``left - right``."""
    one, other = left.__class__, right.__class__
    if one in _NUMBERS and other in _NUMBERS:
        return _number(left - right)
    if one is Duration and other is Duration:
        return duration(left.microseconds - right.microseconds)
    if one is Timestamp and other is Timestamp:
        return _difference(left.microseconds - right.microseconds)
    if one is Timestamp and other is Duration:
        return timestamp(left.microseconds - right.microseconds)
    raise no_overload("-", left, right)


def _difference(microseconds: int) -> Duration:
    """The time between two times, which CEL holds in 64 bits of nanoseconds: 292 years."""
    integer(microseconds * 1000)
    return Duration(microseconds)


def multiply(left: Any, right: Any, _meter: Meter) -> Value:
    """``left * right``."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return _number(left * right)
    raise no_overload("*", left, right)


def divide(left: Any, right: Any, _meter: Meter) -> Value:
    """``left / right``; of ints the part before the point."""
    if type(left) is int and type(right) is int:
        return integer(_quotient(left, right))
    if type(left) not in _NUMBERS or type(right) not in _NUMBERS:
        raise no_overload("/", left, right)
    if right == 0:
        raise Fault("not-finite", "division by zero gives no finite number")
    return finite(left / right)


def remainder(left: Any, right: Any, _meter: Meter) -> Value:
    """``left % right``, with the sign of the left."""
    if type(left) is not int or type(right) is not int:
        raise no_overload("%", left, right)
    integer(_quotient(left, right))
    return left - right * _quotient(left, right)


def _quotient(left: int, right: int) -> int:
    if right == 0:
        raise Fault("divide-by-zero", "an integer can't be divided by zero")
    whole = abs(left) // abs(right)
    return whole if (left < 0) is (right < 0) else -whole


def negate(value: Any) -> Value:
    """``-value``."""
    if type(value) is int:
        return integer(-value)
    if type(value) is float:
        return -value
    raise Fault(wrong_kind(value), f"`-` can't take {shown(value)}")


_ORDERED = frozenset({bool, str, bytes, Duration, Timestamp})


def ordered(operator: str, left: Any, right: Any) -> None:
    """Refuse values that ``<``, ``<=``, ``>`` and ``>=`` can't order.

    Raises:
        Fault: if they can't.
    """
    one, other = left.__class__, right.__class__
    if not (one is other and one in _ORDERED) and not (one in _NUMBERS and other in _NUMBERS):
        raise no_overload(operator, left, right)


def no_overload(operator: str, left: Value, right: Value) -> Fault:
    """The fault of an operator whose operands are of the wrong kind."""
    kind = wrong_kind(left, right)
    return Fault(kind, f"`{operator}` can't combine {shown(left)} and {shown(right)}")


def shown(value: object) -> str:
    """What kind of value something is, for a message."""
    return f"`{KINDS.get(type(value), type(value).__name__)}`"


ARITHMETIC: dict[str, Operation] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": remainder,
}
