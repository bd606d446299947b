"""Durations of virtual time as tests write them: ``run.elapsed < "6m"``."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import total_ordering
from typing import TypeAlias

from flow_core.durations import MAX_DURATION, parse_duration, show_duration
from flow_testing.errors import FlowTestError

_FRACTION = re.compile(r"(?<![0-9.])([0-9]{1,19}\.[0-9]{1,19})(ms|us|[dhms])")

Moment: TypeAlias = str | datetime
"""A time as a test gives it: ``"2026-11-20T06:00Z"``, or a `datetime` with a time zone."""


@total_ordering
class Duration:
    """A duration; it compares with ``"1m30s"`` and with `timedelta`.

    >>> Duration(90_000_000)
    1m30s
    >>> Duration(90_000_000) < "2m", Duration(1_000_000) == timedelta(seconds=1)
    (True, True)
    """

    __slots__ = ("microseconds",)

    def __init__(self, microseconds: int) -> None:
        self.microseconds = microseconds

    @property
    def seconds(self) -> float:
        """The duration in seconds."""
        return self.microseconds / 1_000_000

    def __repr__(self) -> str:
        return show_duration(self.microseconds)

    def __hash__(self) -> int:
        return hash(self.microseconds)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str | timedelta | Duration | int | float):
            return NotImplemented
        __tracebackhide__ = True
        return self.microseconds == microseconds_of(other)

    def __lt__(self, other: "str | timedelta | Duration") -> bool:
        __tracebackhide__ = True
        return self.microseconds < microseconds_of(other)


Length: TypeAlias = str | timedelta | Duration
"""A duration as a test gives it: ``"1m30s"``, a `timedelta`, or one that a run had."""


def microseconds_of(length: object) -> int:
    """A duration in microseconds; a decimal fraction, as reports show it, is one too.

    Raises:
        FlowTestError: it is no duration.

    >>> microseconds_of("1m"), microseconds_of("4.2s")
    (60000000, 4200000)
    """
    __tracebackhide__ = True
    match length:
        case Duration():
            return length.microseconds
        case timedelta():
            return length // timedelta(microseconds=1)
        case str():
            found = parse_duration(_FRACTION.sub(_in_microseconds, length))
        case _:
            found = None
    if found is None:
        raise FlowTestError(f"{length!r} is no duration", 'write `"1m30s"` or a `timedelta`')
    return found


def _in_microseconds(match: re.Match[str]) -> str:
    """A fraction of a unit as Flow's own syntax has it: of microseconds there are whole ones."""
    unit = parse_duration(f"1{match[2]}") or 0
    return f"{int(Decimal(match[1]) * unit)}us"


def length_of(length: object) -> int:
    """How much time passes, in microseconds.

    Raises:
        FlowTestError: it is no duration, a negative one, or longer than a run can be.
    """
    __tracebackhide__ = True
    found = microseconds_of(length)
    if not 0 <= found <= MAX_DURATION:
        why = "is negative" if found < 0 else "is longer than a run can be"
        raise FlowTestError(f"{length!r} {why}", "write a duration from `0s` on")
    return found


def in_full(moment: Moment) -> str:
    """A time as RFC 3339 writes it; what is none stays as it is.

    >>> in_full("2026-11-20T06:00Z")
    '2026-11-20T06:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return found.isoformat()
    except (ValueError, AttributeError):
        return str(moment)
