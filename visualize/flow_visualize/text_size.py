"""How wide a text is, without a font at hand: generous, so that it fits whatever font is used.

The widths are classes of characters in thousandths of the font's size, as wide as the widest of the
sans-serif fonts that browsers substitute for one another.
"""

from functools import lru_cache
from unicodedata import category, east_asian_width

_NARROW = frozenset("iljI.,:;'|!`[]()ftr{}/\\ \"-")
_WIDE = frozenset("mwMW%@—…→")
BOLD = 1.08
"""How much wider bold letters are."""


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text on one line.

    >>> text_width("il", 10) < text_width("mm", 10) < text_width("日本", 10)
    True
    """
    width = sum(map(_class, text)) * size / 1000
    return round(width * (BOLD if bold else 1), 2)


def _class(char: str) -> int:
    if char in _NARROW:
        return 370
    if char in _WIDE:
        return 1000
    if char.isascii():
        return 700 if char.isupper() else 590
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 1050 if east_asian_width(char) in "WFA" else 700


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """A text that is at most so wide, its end replaced by `…`.

    >>> shorten("abcdefghijklmnop", 40, 10)
    'abcde…'
    """
    if text_width(text, size, bold=bold) <= width:
        return text
    left, right = 0, min(len(text), int(width))
    while left < right:
        middle = (left + right + 1) // 2
        if text_width(text[:middle] + "…", size, bold=bold) <= width:
            left = middle
        else:
            right = middle - 1
    return text[:left].rstrip() + "…"


def wrap(text: str, width: float, size: float, most: int) -> list[str]:
    """A text in at most so many lines, broken at spaces where that goes; the last is shortened."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        line = rest.pop(0)
        while rest and text_width(f"{line} {rest[0]}", size) <= width:
            line += " " + rest.pop(0)
        lines.append(shorten(line, width, size))
    return [*lines, shorten(" ".join(rest), width, size)] if rest else lines


def clean(text: str) -> str:
    r"""A text on one line, with what is not printable as an escape.

    >>> clean("a\n b\u202ec")
    'a b\\u202ec'
    """
    joined = " ".join(text.split())
    if joined.isprintable():
        return joined
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in joined
    )
