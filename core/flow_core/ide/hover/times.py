"""Durations, times, schedules and time zones in words."""

import re
from datetime import datetime, tzinfo

from flow_core.cron import cron_problems, explain, next_times
from flow_core.durations import parse_duration
from flow_core.fields import text as text_of
from flow_core.language.shapes import Shape, Text
from flow_core.markdown import code, paragraphs
from flow_core.module import Module
from flow_core.places import Path

_UNITS = (
    (86_400_000_000, "day"),
    (3_600_000_000, "hour"),
    (60_000_000, "minute"),
    (1_000_000, "second"),
    (1_000, "millisecond"),
    (1, "microsecond"),
)
_COMPARED = re.compile(r"\s*(<=|>=|<|>|==|!=)?\s*(\S+)\s*")
_COMPARISONS = {
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
    "!=": "other than ",
}
_TIMES = 3


def describe_time(module: Module, shape: Shape, path: Path, text: str, now: datetime | None) -> str:
    """A text that says how long something takes, or when it happens; "" for any other."""
    match shape:
        case Text(format="duration" | "comparison"):
            return _duration(text)
        case Text(format="cron"):
            zone = text_of(module.document.get((*path[:-1], "timezone"))) or "UTC"
            return _cron(text, zone, now)
        case Text(format="timezone"):
            return _zone(text, now)
        case Text(format="datetime"):
            return _instant(text)
        case _:
            return ""


def duration_words(microseconds: int) -> str:
    """A duration in words.

    >>> duration_words(5_400_000_000)
    '1 hour 30 minutes'
    """
    words: list[str] = []
    rest = microseconds
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count:,} {unit}{'' if count == 1 else 's'}")
    return " ".join(words) or "no time"


def _duration(text: str) -> str:
    found = _COMPARED.fullmatch(text)
    microseconds = parse_duration(found[2]) if found else None
    if found is None or microseconds is None:
        return ""
    words = _COMPARISONS.get(found[1] or "", "") + duration_words(microseconds)
    seconds, rest = divmod(microseconds, 1_000_000)
    says_seconds = seconds < _UNITS[2][0] // 1_000_000 and not rest  # the words are the same
    shown = "" if says_seconds else f"{microseconds / 1_000_000:,.15g} s"
    return paragraphs(f"**{code(text)}**: {words}", shown)


def _cron(text: str, zone: str, now: datetime | None) -> str:
    """A schedule in words, and the times at which it is due next."""
    if cron_problems(text) or _found_zone(zone) is None:
        return ""
    times = [] if now is None else next_times(text, zone, now, _TIMES)
    lines = [f"* {_moment(time)}" for time in times]
    return paragraphs(f"**{code(text)}**: {explain(text)}, {zone}", "\n".join(lines))


def _zone(text: str, now: datetime | None) -> str:
    zone = _found_zone(text)
    if zone is None:
        return ""
    there = "" if now is None else f"It is {_moment(now.astimezone(zone))} there."
    return paragraphs(f"**{code(text)}**: a time zone", there)


def _found_zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo  # slow to import

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _instant(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"**{code(text)}**: {_moment(found)}" if found.tzinfo else ""


def _moment(time: datetime) -> str:
    """A time for people."""
    return f"{time:%A, %d %B %Y, %H:%M} ({time:%Z})"
