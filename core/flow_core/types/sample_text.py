"""Texts drawn at random that match a pattern or have a format."""

from collections.abc import Iterable
from random import Random
from typing import Any

from flow_core.regex import matches, parser, sre
from flow_core.types.example import LARGEST

_MOST_REPEATS = 3
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- .,:;/@+#äß€"
_CLASSES = {
    sre.CATEGORY_DIGIT: "0123456789",
    sre.CATEGORY_WORD: "abcdefghijkmnopqrstuvwxyz0123456789_",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_DIGIT: "abcxyz-",
    sre.CATEGORY_NOT_WORD: "-. ",
    sre.CATEGORY_NOT_SPACE: "abcxyz019",
}

FORMATTED = {
    "date": ("2026-01-31", "2024-02-29", "1999-12-31"),
    "time": ("09:30:00Z", "23:59:60+01:00", "00:00:00.5-08:00"),
    "date-time": ("2026-01-31T09:30:00Z", "2024-02-29T23:59:59.25+05:30"),
    "email": ("ada@example.com", "bob.brown@mail.example.org"),
    "hostname": ("example.com", "a.b-c.example.org"),
    "uri": ("https://example.com/path?q=1#top", "mailto:ada@example.com"),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"),
    "duration": ("P1DT2H", "PT5M", "P2W"),
    "ipv4": ("192.0.2.1", "127.0.0.1"),
    "ipv6": ("2001:db8::1", "::1"),
}
"""Some texts of each format that is checked."""


def matching(pattern: str, draw: Random) -> str | None:
    """A text that a pattern matches; None where none was found.

    >>> matching("^[A-Z]{2}-[0-9]+$", Random(1))
    'SZ-4'
    """
    import re

    try:
        tree = parser.parse(pattern)
        if tree.getwidth()[0] > LARGEST:
            return None
        text = _sequence(tree, draw)
    except (re.error, RecursionError, OverflowError, NotImplementedError):
        return None
    return text if matches(pattern, text) is not False else None


def _sequence(tree: Iterable[tuple[Any, Any]], draw: Random) -> str:
    return "".join(_part(op, argument, draw) for op, argument in tree)


def _part(op: Any, argument: Any, draw: Random) -> str:
    if op is sre.LITERAL:
        return chr(argument)
    if op is sre.ANY:
        return draw.choice(_ALPHABET)
    if op is sre.NOT_LITERAL:
        return draw.choice([each for each in _ALPHABET if ord(each) != argument])
    if op is sre.IN:
        return _one_of(argument, draw)
    if op is sre.SUBPATTERN:
        return _sequence(argument[-1], draw)
    if op is sre.BRANCH:
        return _sequence(draw.choice(argument[1]), draw)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, inner = argument
        times = draw.randint(least, min(most, least + _MOST_REPEATS))
        return "".join(_sequence(inner, draw) for _ in range(times))
    if op is sre.AT:
        return ""
    raise NotImplementedError


def _one_of(items: list[tuple[Any, Any]], draw: Random) -> str:
    """A character of a set."""
    negated = items[0][0] is sre.NEGATE
    members = "".join(_members(*item) for item in items[negated:])
    if negated:
        members = "".join(each for each in _ALPHABET if each not in members)
    if not members:
        raise NotImplementedError
    return draw.choice(members)


def _members(op: Any, argument: Any) -> str:
    if op is sre.LITERAL:
        return chr(argument)
    if op is sre.RANGE:
        low, high = argument
        return "".join(map(chr, range(low, min(high, low + 200) + 1)))
    if op is sre.CATEGORY:
        return _CLASSES[argument]
    raise NotImplementedError
