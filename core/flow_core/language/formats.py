"""How the strings of the language are spelled: patterns, examples, and certain repairs."""

import re
from functools import cache
from typing import Final

import msgspec

from flow_core.durations import parse_duration, show_duration
from flow_core.language.problem import ProblemKind
from flow_core.language.shapes import Format

RESERVED_NAMES: Final = (
    *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import"),
    *("in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void"),
    "while",
)
"""CEL's keywords and reserved words: `steps.for.outputs` would not parse."""

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_DURATION = r"(?:[0-9]+(?:ms|us|[dhms]))+"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_OPERATOR = r"[<>]=?|[=!]="


class Spelling(msgspec.Struct, frozen=True):
    """A pattern (anchored, and the same in Python and ECMAScript) and how to speak about it."""

    pattern: str
    noun: str
    kind: ProblemKind


SPELLINGS: Final[dict[Format, Spelling]] = {
    "identifier": Spelling(
        f"^(?!(?:{'|'.join(RESERVED_NAMES)})$){_NAME}$",
        "a name of letters, digits and `_`",
        "bad-name",
    ),
    "label": Spelling(
        r"^[A-Za-z_][A-Za-z0-9_.\-]*$", "a name of letters, digits, `_`, `-` and `.`", "bad-name"
    ),
    "duration": Spelling(f"^{_DURATION}$", "a duration such as `30s` or `1h30m`", "bad-duration"),
    "version": Spelling(
        r"^[0-9]+(?:\.[0-9]+){0,2}(?:-[0-9A-Za-z.\-]+)?(?:\+[0-9A-Za-z.\-]+)?$",
        "a version such as `1.4.0`",
        "bad-version",
    ),
    "datetime": Spelling(
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
        r"(?:[Zz]|[+\-][0-9]{2}:[0-9]{2})$",
        "a time with an offset such as `2026-11-20T06:00:00Z`",
        "bad-date",
    ),
    "comparison": Spelling(
        rf"^\s*(?:(?:{_OPERATOR})\s*)?(?:{_DURATION}|{_NUMBER})\s*$",
        'a duration, a number, or a comparison such as `"< 2h"`',
        "bad-value",
    ),
}
"""The formats that have a spelling; any string will do for the others."""

_MICROSECONDS: Final = {
    "us": 1,
    "ms": 1_000,
    "s": 1_000_000,
    "m": 60_000_000,
    "h": 3_600_000_000,
    "d": 86_400_000_000,
    "w": 604_800_000_000,
}
_UNITS: Final = {
    **{unit: unit for unit in _MICROSECONDS},
    **dict.fromkeys(("microsecond", "microseconds", "µs"), "us"),
    **dict.fromkeys(("millisecond", "milliseconds", "msec", "msecs", "millis"), "ms"),
    **dict.fromkeys(("second", "seconds", "sec", "secs"), "s"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "m"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("week", "weeks"), "w"),
}
_LONGEST = 64
_AMOUNT = r"\s*(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-zµ]+)[\s,]*"
_ISO = r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,6})?)S)?)?"


def fits(text: str, spelled: Format) -> bool:
    """Whether a string has the spelling of its format.

    >>> fits("check-stock", "identifier"), fits("check_stock", "identifier")
    (False, True)
    """
    if spelled == "duration":
        return parse_duration(text) is not None
    pattern = _pattern(spelled)
    return pattern is None or (pattern.match(text) is not None and not text.endswith("\n"))


@cache  # compiling all of them at import would cost more than most files take to check
def _pattern(spelled: Format) -> re.Pattern[str] | None:
    return re.compile(SPELLINGS[spelled].pattern) if spelled in SPELLINGS else None


def repair_duration(text: str) -> str | None:
    """The duration that other spellings certainly mean.

    >>> repair_duration("1.5 hours"), repair_duration("PT1M30S"), repair_duration("30")
    ('1h30m', '1m30s', None)
    """
    if len(text) > _LONGEST:
        return None
    amounts = _iso_amounts(text) if text.startswith("P") else _amounts(text)
    if not amounts:
        return None
    total = sum(float(count) * _MICROSECONDS[unit] for count, unit in amounts)
    return show_duration(round(total)) if 0 < total < 2**62 else None


def _iso_amounts(text: str) -> list[tuple[str, str]]:
    match = re.fullmatch(_ISO, text)
    return [(n, unit) for n, unit in zip(match.groups(), "dhms", strict=True) if n] if match else []


def _amounts(text: str) -> list[tuple[str, str]]:
    if not re.fullmatch(f"(?:{_AMOUNT})+", text):
        return []
    amounts = [(count, _UNITS.get(unit.lower(), "")) for count, unit in re.findall(_AMOUNT, text)]
    return amounts if all(unit for _, unit in amounts) else []


def repair_comparison(text: str) -> str | None:
    """The comparison that other spellings of its value probably mean.

    >>> repair_comparison("4.2s"), repair_comparison("< 1.5 hours"), repair_comparison("99%")
    ('4s200ms', '< 1h30m', '>= 0.99')
    """
    match = re.fullmatch(rf"\s*({_OPERATOR})?\s*(.*?)\s*", text)
    if match is None:
        return None
    operator, value = match[1], match[2]
    percent = re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?)\s*%", value)
    if percent:
        return f"{operator or '>='} {float(percent[1]) / 100:g}"
    repaired = repair_duration(value)
    return f"{operator} {repaired}" if operator and repaired else repaired


def repair_name(text: str) -> str | None:
    """The nearest identifier: ``check-stock`` becomes ``check_stock``."""
    if len(text) > _LONGEST:
        return None
    name = re.sub(r"[^A-Za-z0-9_]+", "_", text.strip()).strip("_")
    name = f"_{name}" if name[:1].isdigit() else name
    name = f"{name}_" if name in RESERVED_NAMES else name
    return name or None
