"""Reading the parts of times and durations."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flow_core.expr.errors import Fault, Meter
from flow_core.expr.times import Duration, Timestamp, zone
from flow_core.expr.values import Value

_MILLISECOND, _SECOND, _MINUTE, _HOUR = 1_000, 1_000_000, 60_000_000, 3_600_000_000


def _day_of_week(moment: datetime) -> int:
    return moment.isoweekday() % 7


_OF_TIME: dict[str, Callable[[datetime], int]] = {
    "getFullYear": lambda moment: moment.year,
    "getMonth": lambda moment: moment.month - 1,
    "getDate": lambda moment: moment.day,
    "getDayOfMonth": lambda moment: moment.day - 1,
    "getDayOfWeek": _day_of_week,
    "getDayOfYear": lambda moment: moment.timetuple().tm_yday - 1,
    "getHours": lambda moment: moment.hour,
    "getMinutes": lambda moment: moment.minute,
    "getSeconds": lambda moment: moment.second,
    "getMilliseconds": lambda moment: moment.microsecond // _MILLISECOND,
}
_OF_DURATION: dict[str, Callable[[int], int]] = {
    "getHours": lambda microseconds: microseconds // _HOUR,
    "getMinutes": lambda microseconds: microseconds // _MINUTE,
    "getSeconds": lambda microseconds: microseconds // _SECOND,
    "getMilliseconds": lambda microseconds: microseconds % _SECOND // _MILLISECOND,
}


def _getter(name: str) -> Callable[..., Value]:
    """A function that reads one part."""

    def get(_meter: Meter, value: Any, where: str = "UTC") -> Value:
        if isinstance(value, Duration):
            part = _OF_DURATION[name](abs(value.microseconds))
            return -part if value.microseconds < 0 else part
        return _OF_TIME[name](_moment(value, where))

    return get


def _moment(value: Timestamp, name: str) -> datetime:
    """A time as the clocks of a zone show it."""
    if name == "UTC":
        return value.moment()
    where = zone(name)
    if where is None:
        raise Fault("bad-argument", f"`{name}` is no time zone")
    try:
        return value.moment(where)
    except OverflowError:
        raise Fault("overflow", "the time is outside the years 1 to 9999") from None


GETTERS = {name: _getter(name) for name in _OF_TIME}
