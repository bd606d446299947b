"""Texts that people see: what is not printable in them, how wide they are, and their styles."""

import os
from collections.abc import Callable
from typing import TypeAlias

Paint: TypeAlias = Callable[[str, str], str]
"""How a text looks in a style: ``error``, ``warning``, ``info``, ``help``, ``bold`` or ``dim``."""


def plain(text: str, style: str) -> str:  # noqa: ARG001 -- it shows no styles
    """A text as it is."""
    return text


def escape(text: str) -> str:
    r"""Show what is not printable as an escape.

    >>> escape("a\x1b[2Jb\u202e")
    'a\\x1b[2Jb\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def width(text: str) -> int:
    """The number of columns that a printable text fills.

    >>> width("año"), width("日本"), width("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text
    )


def shown_name(file: str, base: str) -> str:
    """An absolute name as people see it: from ``base`` where it lies below, else absolute.

    Always with forward slashes, so that reports are the same on every system.

    >>> shown_name("/project/flows/a.flow.yaml", "/project")
    'flows/a.flow.yaml'
    """
    return file.removeprefix(base.rstrip(os.sep) + os.sep).replace(os.sep, "/")
