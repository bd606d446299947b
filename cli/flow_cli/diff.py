"""Unified diffs, as `patch` and people read them."""

import re
import sys
from collections.abc import Iterator
from difflib import unified_diff

from flow_cli.terminal import Color, escape, paint, wants_color, write_data


def write_diff(name: str, old: str, new: str, color: Color = "auto") -> None:
    """Write the change of a file's text to standard output."""
    coloured = wants_color(color, sys.stdout)
    text = show_diff(name, old, new, visible=sys.stdout.isatty() or coloured, color=coloured)
    write_data(text)


def show_diff(name: str, old: str, new: str, *, visible: bool = False, color: bool = False) -> str:
    r"""The change of a file's text, byte for byte, or with what is not printable made visible.

    >>> print(show_diff("a", "x: 1\n", "x: 2"), end="")
    --- a
    +++ a
    @@ -1 +1 @@
    -x: 1
    +x: 2
    \ No newline at end of file
    """
    lines = unified_diff(_lines(old), _lines(new), name, name)
    return "".join(part for line in lines for part in _shown(line, visible=visible, color=color))


def _lines(text: str) -> list[str]:
    """Lines with their breaks; as for `diff`, only LF ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


STYLES = {"+": "added", "-": "removed", "@": "info"}


def _shown(line: str, *, visible: bool, color: bool) -> Iterator[str]:
    content = line.removesuffix("\n")
    content = escape(content) if visible else content
    yield f"{paint(content, STYLES[line[0]], color) if line[0] in STYLES else content}\n"
    if not line.endswith("\n"):
        yield "\\ No newline at end of file\n"
