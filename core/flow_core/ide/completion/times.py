"""Durations, schedules, time zones and times."""

import re
from collections.abc import Iterator
from functools import cache

from flow_core.durations import parse_duration
from flow_core.ide.completion.item import Offer
from flow_core.types.example import example
from flow_core.types.kinds import DatetimeType

_UNITS = {
    "s": "second",
    "m": "minute",
    "h": "hour",
    "d": "day",
    "ms": "millisecond",
    "us": "microsecond",
}
_USUAL = ("30s", "1s", "5s", "10s", "1m", "5m", "10m", "30m", "1h", "6h", "1d", "500ms")
_DIGITS = re.compile(r"((?:[0-9]+(?:ms|us|[dhms]))*)([0-9]+)m?")
_CRONS = {
    "0 6 * * *": "every day at 06:00",
    "0 6 * * 1-5": "from Monday to Friday at 06:00",
    "0 * * * *": "every hour",
    "*/15 * * * *": "every 15 minutes",
    "*/5 * * * *": "every 5 minutes",
    "0 0 * * *": "every day at midnight",
    "0 6 * * MON": "every Monday at 06:00",
    "0 6 1 * *": "on the first of every month at 06:00",
    "0 6 1 */3 *": "on the first of every third month at 06:00",
    "0 6 1 1 *": "every year on January 1 at 06:00",
}


def durations(typed: str) -> Iterator[Offer]:
    """What the typed digits may become, else the usual durations.

    >>> [offer.label for offer in durations("90")][:3]
    ['90s', '90m', '90h']
    """
    found = _DIGITS.fullmatch(typed)
    if found is None:
        yield from (Offer(text, "value", text, _in_words(text), rank=3) for text in _USUAL)
        return
    for unit, word in _UNITS.items():
        text = f"{found[1]}{found[2]}{unit}"
        if parse_duration(text) is not None:
            yield Offer(text, "value", text, _amount(found[2], word), rank=2)


def _in_words(text: str) -> str:
    number = text.rstrip("dhmsu")
    return _amount(number, _UNITS[text[len(number) :]])


def _amount(number: str, unit: str) -> str:
    return f"{number} {unit}{'' if number == '1' else 's'}"


def crons() -> Iterator[Offer]:
    """Usual schedules."""
    for cron, words in _CRONS.items():
        yield Offer(cron, "value", cron, words, rank=3)


def time_zones() -> Iterator[Offer]:
    """The IANA time zones, `UTC` first and names without a place last."""
    for name in _zones():
        rank = 2 if name == "UTC" else 3 if "/" in name and not name.startswith("Etc/") else 6
        yield Offer(name, "value", name, rank=rank)


@cache
def _zones() -> tuple[str, ...]:
    from zoneinfo import available_timezones  # slow to import

    return tuple(sorted(available_timezones()))


def datetimes() -> Iterator[Offer]:
    """A time to change."""
    text = str(example(DatetimeType()))
    yield Offer(text, "value", text, "a time with its offset", rank=3)
