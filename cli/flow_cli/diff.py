"""Unified diffs, as `patch` and people read them."""

import re
from collections.abc import Iterator
from difflib import unified_diff

from flow_cli.terminal import escape, paint


def show_diff(name: str, old: str, new: str, *, color: bool = False) -> str:
    r"""The change of a file's text.

    >>> print(show_diff("a", "x: 1\n", "x: 2"), end="")
    --- a
    +++ a
    @@ -1 +1 @@
    -x: 1
    +x: 2
    \ No newline at end of file
    """
    lines = unified_diff(_lines(old), _lines(new), name, name)
    return "".join(part for line in lines for part in _shown(line, color=color))


def _lines(text: str) -> list[str]:
    """Lines with their breaks; as for `diff`, only LF ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _shown(line: str, *, color: bool) -> Iterator[str]:
    """A line, coloured for a terminal, else byte for byte."""
    content = line.removesuffix("\n")
    if color:
        style = {"+": "added", "-": "removed", "@": "info"}.get(line[0])
        content = paint(escape(content), style, color) if style else escape(content)
    yield f"{content}\n"
    if not line.endswith("\n"):
        yield "\\ No newline at end of file\n"
