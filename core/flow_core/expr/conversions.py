"""Conversions between kinds of values, as CEL's functions of the same names make them."""

import re
from decimal import Decimal
from typing import Any

from flow_core.durations import parse_duration
from flow_core.expr.arithmetic import MAX_INT, duration, finite, integer, timestamp
from flow_core.expr.errors import Fault, Meter
from flow_core.expr.times import Duration, Timestamp, parse_timestamp
from flow_core.expr.values import TypeValue, Value, type_value

_INT = re.compile(r"[+-]?[0-9]{1,20}")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_BOOLEANS = {
    **dict.fromkeys(("1", "t", "true", "TRUE", "True"), True),
    **dict.fromkeys(("0", "f", "false", "FALSE", "False"), False),
}
_SECOND = 1_000_000
_PLAIN_EXPONENTS = range(-4, 6)
"""Decimal exponents of doubles that are written without an exponent, as ``%g`` does."""


def to_boolean(_meter: Meter, value: Any) -> Value:
    """``bool(x)``."""
    found = value if isinstance(value, bool) else _BOOLEANS.get(value)
    if found is None:
        raise Fault("bad-argument", f"`{_short(value)}` is neither true nor false")
    return found


def to_integer(_meter: Meter, value: Any) -> Value:
    """``int(x)``: a double loses what is behind its point."""
    if isinstance(value, float):
        if not -MAX_INT - 1 < value < MAX_INT + 1:
            raise Fault("overflow", "the number is outside the range of an integer")
        return int(value)
    if isinstance(value, str):
        if not _INT.fullmatch(value):
            raise Fault("bad-argument", f"`{_short(value)}` is no integer")
        return integer(int(value))
    return value.microseconds // _SECOND if isinstance(value, Timestamp) else value


def to_double(_meter: Meter, value: Any) -> Value:
    """``double(x)``."""
    if isinstance(value, str):
        if not _DOUBLE.fullmatch(value):
            raise Fault("bad-argument", f"`{_short(value)}` is no number")
        return finite(float(value))
    return float(value)


def to_bytes(meter: Meter, value: Any) -> Value:
    """``bytes(x)``: UTF-8."""
    meter.write(len(value))
    return value.encode("utf-8", "replace") if isinstance(value, str) else value


def to_string(meter: Meter, value: Any) -> str:
    """``string(x)``."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return show_double(value)
        case bytes():
            meter.write(len(value))
            try:
                return value.decode()
            except UnicodeDecodeError:
                raise Fault("bad-argument", "the bytes are no UTF-8 text") from None
        case TypeValue():
            return value.name
        case _:
            return str(value)


def show_double(value: float) -> str:
    """The shortest text of a double, as ``%g`` writes it: ``1``, ``0.5``, ``1e+06``.

    >>> show_double(1.0), show_double(1234567.5)
    ('1', '1.2345675e+06')
    """
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - a finite number's is one
    power = len(digits) + exponent - 1
    if value == 0 or power in _PLAIN_EXPONENTS:
        text = format(Decimal((0, digits, exponent)), "f")
    else:
        rest = "".join(map(str, digits[1:]))
        text = f"{digits[0]}{'.' if rest else ''}{rest}e{'-' if power < 0 else '+'}{abs(power):02}"
    return f"{'-' if sign else ''}{text}"


def to_timestamp(_meter: Meter, value: Any) -> Value:
    """``timestamp(x)``, of RFC 3339 text or seconds since 1970."""
    if isinstance(value, Timestamp):
        return value
    if isinstance(value, int):
        return timestamp(value * _SECOND)
    found = parse_timestamp(value)
    if found is None:
        raise Fault("bad-argument", f"`{_short(value)}` is no time with an offset")
    return found


def to_duration(_meter: Meter, value: Any) -> Value:
    """``duration(x)``, of Flow's syntax."""
    if isinstance(value, Duration):
        return value
    found = parse_duration(value)
    if found is None:
        raise Fault("bad-argument", f"`{_short(value)}` is no duration")
    return duration(found)


def to_type(_meter: Meter, value: Any) -> Value:
    """``type(x)``."""
    return type_value(value)


def to_dyn(_meter: Meter, value: Any) -> Value:
    """``dyn(x)``: the value itself."""
    return value


def _short(text: object) -> str:
    shown = str(text)
    return shown if len(shown) <= 40 else f"{shown[:37]}…"  # noqa: PLR2004 - what a line can hold
