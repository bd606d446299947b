"""Durations in Flow's syntax: a sum of whole units, in microseconds.

>>> parse_duration("1h30m")
5400000000
>>> show_duration(5_400_000_000)
'1h30m'
"""

import re

_UNITS = {
    "d": 86_400_000_000,
    "h": 3_600_000_000,
    "m": 60_000_000,
    "s": 1_000_000,
    "ms": 1_000,
    "us": 1,
}
_PART = re.compile(r"([0-9]+)(ms|us|[dhms])")
_WHOLE = re.compile(r"(?:0*[0-9]{1,19}(?:ms|us|[dhms]))+")
MAX_DURATION = 2**63 - 1


def parse_duration(text: str) -> int | None:
    """Microseconds, or None where the text is no duration or exceeds an int64."""
    if not _WHOLE.fullmatch(text):
        return None
    total = sum(int(count) * _UNITS[unit] for count, unit in _PART.findall(text))
    return total if total <= MAX_DURATION else None


def show_duration(microseconds: int) -> str:
    """The shortest way to write a duration that is not negative; ``0s`` for none."""
    text = ""
    for unit, size in _UNITS.items():
        count, microseconds = divmod(microseconds, size)
        text += f"{count}{unit}" if count else ""
    return text or "0s"
