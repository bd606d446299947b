"""Times and durations as values: microseconds, in CEL's ranges and CEL's text."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from datetime import tzinfo

_SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MIN_TIMESTAMP = -62_135_596_800 * _SECOND
MAX_TIMESTAMP = 253_402_300_800 * _SECOND - 1
MAX_DURATION = 315_576_000_000 * _SECOND
"""CEL's bounds: the years 1 to 9999, and ten thousand years."""

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_OFFSET = re.compile(r"([+-]?)(\d{1,2}):(\d\d)", re.ASCII)


class Timestamp(msgspec.Struct, frozen=True, order=True):
    """A time: microseconds since 1970 in UTC."""

    microseconds: int

    def __str__(self) -> str:
        """RFC 3339 in UTC, with as many decimals as it needs."""
        moment = self.moment()
        text = moment.strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
        return f"{text}{_fraction(moment.microsecond)}Z"

    def moment(self, zone: "tzinfo" = UTC) -> datetime:
        """The same as Python's datetime; OverflowError outside the years 1 to 9999."""
        return (_EPOCH + timedelta(microseconds=self.microseconds)).astimezone(zone)


class Duration(msgspec.Struct, frozen=True, order=True):
    """A duration in microseconds; a difference of times may be negative."""

    microseconds: int

    def __str__(self) -> str:
        """Seconds, as CEL writes them: ``5400s``, ``-0.25s``."""
        seconds, rest = divmod(abs(self.microseconds), _SECOND)
        return f"{'-' if self.microseconds < 0 else ''}{seconds}{_fraction(rest)}s"


def _fraction(microseconds: int) -> str:
    return f".{microseconds:06}".rstrip("0") if microseconds else ""


def parse_timestamp(text: str) -> Timestamp | None:
    """A time from RFC 3339 text with an offset; None where the text is none.

    >>> str(parse_timestamp("2026-01-31T09:00:00.5+01:00"))
    '2026-01-31T08:00:00.5Z'
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    offset = 0
    if match[9]:
        hours, minutes = int(match[10]), int(match[11])
        if hours > 23 or minutes > 59:  # noqa: PLR2004 - a clock's
            return None
        offset = (hours * 3600 + minutes * 60) * (-1 if match[9] == "-" else 1)
    fraction = int((match[7] or "").ljust(6, "0")[:6])
    whole = (moment - _EPOCH) // timedelta(seconds=1) - offset
    microseconds = whole * _SECOND + fraction
    return Timestamp(microseconds) if MIN_TIMESTAMP <= microseconds <= MAX_TIMESTAMP else None


def zone(name: str) -> "tzinfo | None":
    """A time zone by its IANA name or as an offset (``+01:00``); None where there is none."""
    from datetime import timezone
    from zoneinfo import ZoneInfo

    match = _OFFSET.fullmatch(name)
    if match is not None:
        minutes = int(match[2]) * 60 + int(match[3])
        if minutes >= 24 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
