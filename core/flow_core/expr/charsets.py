"""Sets of characters, as regular expressions name them."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeAlias

CharSet: TypeAlias = Callable[[str], bool]
"""Whether a character belongs to a set."""

_POSIX = {
    "alnum": "09AZaz",
    "alpha": "AZaz",
    "ascii": "\0\x7f",
    "blank": "\t\t  ",
    "cntrl": "\0\x1f\x7f\x7f",
    "digit": "09",
    "graph": "!~",
    "lower": "az",
    "print": " ~",
    "punct": "!/:@[`{~",
    "space": "\t\r  ",
    "upper": "AZ",
    "word": "09AZaz__",
    "xdigit": "09AFaf",
}
_PERL = {"d": "09", "s": "\t\n\f\r  ", "w": "09AZaz__"}
_CATEGORIES = frozenset(
    {
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So",
        "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cs", "Co",
    }
)  # fmt: skip
_SCRIPTS = {
    "Arabic": "ARABIC", "Armenian": "ARMENIAN", "Cyrillic": "CYRILLIC", "Devanagari": "DEVANAGARI",
    "Georgian": "GEORGIAN", "Greek": "GREEK", "Han": "CJK", "Hangul": "HANGUL", "Hebrew": "HEBREW",
    "Hiragana": "HIRAGANA", "Katakana": "KATAKANA", "Latin": "LATIN", "Thai": "THAI",
}  # fmt: skip


def one(character: str) -> CharSet:
    """Just one character."""
    return lambda other: other == character


def spans(bounds: str) -> CharSet:
    """Ranges, written as pairs of their first and last characters."""
    pairs = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    return lambda other: any(low <= other <= high for low, high in pairs)


def either(sets: Sequence[CharSet]) -> CharSet:
    """What belongs to one of some sets."""
    return lambda other: any(belongs(other) for belongs in sets)


def outside(inner: CharSet) -> CharSet:
    """What does not belong to a set."""
    return lambda other: not inner(other)


def folded(inner: CharSet) -> CharSet:
    """A set whose letters stand for their capitals and small letters too."""
    return lambda other: inner(other) or inner(other.lower()) or inner(other.upper())


def anything(character: str) -> bool:
    """Every character."""
    return bool(character)


def no_newline(character: str) -> bool:
    """Every character but a newline."""
    return character != "\n"


def posix(name: str) -> CharSet | None:
    """The set ``[:name:]``, or ``[:^name:]``."""
    bounds = _POSIX.get(name.removeprefix("^"))
    if bounds is None:
        return None
    return outside(spans(bounds)) if name.startswith("^") else spans(bounds)


def perl(letter: str) -> CharSet | None:
    r"""The set ``\d``, ``\s`` or ``\w``; in capitals, what is outside."""
    bounds = _PERL.get(letter.lower())
    if bounds is None:
        return None
    return spans(bounds) if letter.islower() else outside(spans(bounds))


def unicode(name: str) -> CharSet | None:
    r"""The set ``\p{name}``: a general category, or one of the more common scripts."""
    if name == "Any":
        return anything
    if name in _CATEGORIES:
        return lambda other: unicodedata.category(other).startswith(name)
    script = _SCRIPTS.get(name)
    if script is None:
        return None
    return lambda other: script in unicodedata.name(other, "").partition(" ")[0]
