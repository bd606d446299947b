"""JSON Schema's string formats, and Flow's own durations and times.

An unknown format is never wrong.
"""

import re
from collections.abc import Callable
from datetime import date

from flow_core.durations import parse_duration

_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
_DATE = r"\d{4}-\d\d-\d\d"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PATTERNS = {
    "date": _DATE,
    "time": _TIME,
    "date-time": rf"{_DATE}[Tt ]{_TIME}",
    "email": r"[^\s@]+@[^\s@]+",
    "hostname": rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*",
    "uri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*",
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "duration": r"P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?",
}
_EXAMPLES = {
    "date": "2024-01-31",
    "time": "09:30:00Z",
    "date-time": "2024-01-31T09:30:00Z",
    "email": "someone@example.org",
    "hostname": "example.org",
    "uri": "https://example.org/path",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "duration": "P1DT2H",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}


FORMATS = frozenset({
    *_EXAMPLES, "uri-reference", "uri-template", "iri", "iri-reference", "idn-email",
    "idn-hostname", "json-pointer", "relative-json-pointer", "regex",
})  # fmt: skip
"""JSON Schema's formats; the last few are not checked."""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _is_ip(text: str, version: int) -> bool:
    from ipaddress import ip_address  # rarely needed, and slow to import

    try:
        return ip_address(text).version == version and "%" not in text
    except ValueError:
        return False


_CHECKS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_date,
    "ipv4": lambda text: _is_ip(text, 4),
    "ipv6": lambda text: _is_ip(text, 6),
}


def format_problem(text: str, format_: str) -> str:
    """What is wrong with a string of a format, or "".

    >>> format_problem("31.1.2024", "date")
    '`31.1.2024` is no date, as in `2024-01-31`'
    """
    pattern, check = _PATTERNS.get(format_), _CHECKS.get(format_)
    if (pattern is None or re.fullmatch(pattern, text)) and (check is None or check(text)):
        return ""
    return f"`{text}` is no {format_}, as in `{_EXAMPLES[format_]}`"


def duration_problem(text: str) -> str:
    """What is wrong with a duration in Flow's syntax, or ""."""
    return "" if parse_duration(text) is not None else f"`{text}` is no duration, as in `1h30m`"


def datetime_problem(text: str) -> str:
    """What is wrong with an RFC 3339 time with an offset, or ""."""
    wrong = format_problem(text, "date-time")
    if wrong and format_problem(text + "Z", "date-time") == "":
        return f"the time `{text}` has no offset: end it with `Z` or, say, `+01:00`"
    return wrong


def bytes_problem(text: str) -> str:
    """What is wrong with bytes in base64, or ""."""
    from binascii import Error, a2b_base64  # rarely needed

    try:
        a2b_base64(text, strict_mode=True)
    except (Error, ValueError):
        return f"`{text[:40]}` is not base64"
    return ""
