"""Schedules: five-field cron with names, in a time zone.

The fields are minute, hour, day of month, month, day of week. Where both day fields are restricted
a day that matches either counts; a field that starts with ``*`` restricts nothing by itself.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice

import msgspec

from flow_core.suggest import closest

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_TERM = re.compile(r"(?:(\*)|([^-/]+)(?:-([^-/]+))?)(?:/([^-/]+))?")
_MAX_LENGTH = 1_000
_ABBREVIATION = 4
_MAX_GAP = timedelta(days=1)


class _Field(msgspec.Struct, frozen=True):
    """One of the five fields; ``names`` stand for the numbers from ``low`` on."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 0, 7, _DAYS),
)


class CronProblem(msgspec.Struct, frozen=True):
    """What is wrong with a range of a cron text; ``suggestion`` belongs there instead."""

    start: int
    end: int
    message: str
    help: str = ""
    suggestion: str | None = None


def cron_problems(text: str) -> list[CronProblem]:
    """Everything that is wrong with a cron text.

    >>> cron_problems("61 6 * * 1-5")[0].message
    'minute 61 is not in 0..59'
    """
    words = [(match[0], match.start()) for match in re.finditer(r"\S+", text[:_MAX_LENGTH])]
    whole = _shape_problem(text, [word for word, _ in words])
    if whole is not None:
        return [whole]
    found = [
        problem
        for field, (word, start) in zip(_FIELDS, words, strict=True)
        for problem in _field_problems(field, word, start)
    ]
    return found or _never(text, [word for word, _ in words])


def _shape_problem(text: str, words: list[str]) -> CronProblem | None:
    """What is wrong with the text as a whole."""
    if text.strip().lower() in _MACROS:
        wanted = _MACROS[text.strip().lower()]
        message = f"`{text.strip()}` is no cron of five fields"
        return CronProblem(0, len(text), message, f"write `{wanted}`", wanted)
    if len(words) == len(_FIELDS) and len(text) <= _MAX_LENGTH:
        return None
    names = ", ".join(field.name for field in _FIELDS)
    message = f"a cron has five fields ({names}), found {len(words)}"
    if len(words) == len(_FIELDS) + 1:
        wanted = " ".join(words[1:])
        help_ = f"there is no field for seconds: was `{wanted}` meant?"
        return CronProblem(0, len(text), message, help_, wanted if words[0] == "0" else None)
    return CronProblem(0, len(text), message, "for example `30 6 * * MON-FRI`")


def _field_problems(field: _Field, word: str, start: int) -> Iterator[CronProblem]:
    """The problems of one field: a list of terms, each a range with or without a step."""
    for term in word.split(","):
        end = start + len(term)
        match = _TERM.fullmatch(term)
        if match is None or term == "?":
            help_ = "write `*`" if term == "?" else "write `*`, `5`, `1-5`, `*/15` or a list"
            suggestion = "*" if term == "?" else None
            message = f"{field.name} `{term}` is not understood"
            yield CronProblem(start, end, message, help_, suggestion)
        else:
            for message, help_ in _term_problems(field, match):
                yield CronProblem(start, end, message, help_)
        start = end + 1


def _term_problems(field: _Field, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The problems of ``*``, ``a`` or ``a-b``, with or without ``/step``, and their mends."""
    low, high, step = match[2], match[3], match[4]
    bounds: list[str] = [text for text in (low, high) if text is not None]
    wrong = [problem for text in bounds if (problem := _number_problem(field, text))]
    yield from wrong
    if not wrong and len(bounds) > 1 and _number(field, bounds[0]) > _number(field, bounds[-1]):
        yield f"{field.name} range {low}-{high} runs backwards", "split it in two with a comma"
    if step is not None and (not step.isascii() or not step.isdecimal() or int(step) == 0):
        yield f"{field.name} step `{step}` is no whole number above 0", "write for example `*/15`"


def _number_problem(field: _Field, text: str) -> tuple[str, str] | None:
    """Why a text is no number or name of the field."""
    if text.upper() in field.names:
        return None
    if not text.isascii() or not text.isdecimal():
        near = closest(text[:3], field.names)
        help_ = f"did you mean `{near}`?" if near else _range(field)
        return f"{field.name} `{text}` is not understood", help_
    if field.low <= int(text) <= field.high:
        return None
    return f"{field.name} {text} is not in {field.low}..{field.high}", _range(field)


def _range(field: _Field) -> str:
    """What a field admits, as a mend."""
    names = f", or a name: {', '.join(field.names)}" if field.names else ""
    return f"write a number from {field.low} to {field.high}{names}"


def _number(field: _Field, text: str) -> int:
    upper = text.upper()
    return field.low + field.names.index(upper) if upper in field.names else int(text)


def _never(text: str, words: list[str]) -> list[CronProblem]:
    """A day that none of the months has, unless a day of week is an alternative."""
    _, _, days, months, weekdays = words
    if days.startswith("*") or not weekdays.startswith("*"):
        return []
    longest = max(_LONGEST[month - 1] for month in _values(_FIELDS[3], months))
    first = min(_values(_FIELDS[2], days))
    if first <= longest:
        return []
    message = f"`{text.strip()}` never occurs: no month it names has a day {first}"
    return [CronProblem(0, len(text), message, "name an earlier day, or a longer month")]


def _values(field: _Field, word: str) -> set[int]:
    """The numbers that a sound field stands for."""
    found: set[int] = set()
    for term in word.split(","):
        span, _, step = term.partition("/")
        low, _, high = span.partition("-")
        start = field.low if low == "*" else _number(field, low)
        last = field.high if low == "*" or step else start
        found.update(range(start, (_number(field, high) if high else last) + 1, int(step or 1)))
    return found


def next_times(cron: str, timezone: str, start: datetime, count: int) -> list[datetime]:
    """The next ``count`` times after ``start``, in the time zone; fewer if there are no more.

    The cron and the time zone must be sound; ``start`` has a time zone.
    """
    from zoneinfo import ZoneInfo  # slow to import

    zone = ZoneInfo(timezone)
    return [time.astimezone(zone) for time in islice(times_after(cron, timezone, start), count)]


def times_after(cron: str, timezone: str, start: datetime) -> Iterator[datetime]:
    """The times after ``start``, one after the other, in UTC.

    A time that daylight saving skips runs at the next valid instant, a doubled one once, at its
    first occurrence. The cron and the time zone must be sound; ``start`` has a time zone.
    """
    from zoneinfo import ZoneInfo  # slow to import

    from cronsim import CronSim  # slow to import

    zone = ZoneInfo(timezone)
    last = start.astimezone(UTC)
    for naive in CronSim(cron, start.astimezone(zone).replace(tzinfo=None) - _MAX_GAP):
        instant = _instant(naive, zone)
        if instant > last:
            yield instant
            last = instant


def _instant(naive: datetime, zone: tzinfo) -> datetime:
    """When a local time first happens, or when the clocks jump over it; in UTC."""
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == naive:
        return instant
    before = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change(before, instant, zone)


def _change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant between two at which the zone's offset changes."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def timezone_problem(name: str) -> tuple[str, str, str | None] | None:
    """Why a name is no IANA time zone: a message, help, and the name that was likely meant.

    >>> timezone_problem("Europe/Berln")
    ('unknown time zone `Europe/Berln`', 'did you mean `Europe/Berlin`?', 'Europe/Berlin')
    """
    from zoneinfo import ZoneInfo, available_timezones  # slow to import

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = sorted(available_timezones())
        cities = {zone.rsplit("/", 1)[-1].lower(): zone for zone in reversed(known)}
        city = cities.get(name.replace(" ", "_").lower())
        near = city or (closest(name, known) if len(name) > _ABBREVIATION else None)
        help_ = f"did you mean `{near}`?" if near else "write an IANA name such as `Europe/Berlin`"
        return f"unknown time zone `{name[:80]}`", help_, near
    return None


def explain(cron: str) -> str:
    """A sound cron in words.

    >>> explain("30 6 * * MON-FRI")
    'At 06:30 on Monday through Friday'
    """
    from cronsim import CronSim  # slow to import

    return CronSim(cron, datetime(2000, 1, 1, tzinfo=UTC)).explain()
