"""Pieces of Markdown that hold any text: code, tables, paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence

_TICKS = re.compile(r"`+")


def code(text: str) -> str:
    """A text as code within a line.

    >>> code("a | b"), code("a `b`")
    ('`a | b`', '`` a `b` ``')
    """
    text = " ".join(text.split())
    if "`" not in text:
        return f"`{text}`" if text else ""
    fence = "`" * (_longest_ticks(text) + 1)
    return f"{fence} {text} {fence}"


def block(text: str, language: str = "yaml") -> str:
    """A text as lines of code."""
    fence = "`" * max(3, _longest_ticks(text) + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _longest_ticks(text: str) -> int:
    return max((len(found[0]) for found in _TICKS.finditer(text)), default=0)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; none where it has no rows."""
    found = list(rows)
    if found:
        yield "| " + " | ".join(head) + " |"
        yield "|" + " --- |" * len(head)
    for row in found:
        yield "| " + " | ".join(map(_cell, row)) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def sentence(words: str) -> str:
    """Words as a sentence.

    >>> sentence("whether it is so")
    'Whether it is so.'
    """
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}." if words else ""


def paragraphs(*parts: str) -> str:
    """The parts that say something, one below the other."""
    return "\n\n".join(part.strip() for part in parts if part.strip())
