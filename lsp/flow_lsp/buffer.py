r"""The text of an open document as its lines, changed in place.

Only ``\n``, ``\r\n`` and ``\r`` end a line, as the protocol has it.
"""

import re
from collections.abc import Sequence

import msgspec
from lsprotocol import types

from flow_lsp.encoding import Encoding

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def split(text: str) -> list[str]:
    r"""The lines of a text, with their ends; a text that ends with one has an empty last line.

    >>> split("a\r\nb\u2028c\n")
    ['a\r\n', 'b\u2028c\n', '']
    """
    lines = _LINE.findall(text)
    if not lines or lines[-1][-1] in "\r\n":
        lines.append("")
    return lines


class Splice(msgspec.Struct, frozen=True):
    """Lines from ``first`` on that were replaced by others.

    ``start`` and ``end`` are the replaced range, ``new_end`` is where its replacement ends: lines
    and columns in code points.
    """

    first: int
    removed: Sequence[str]
    added: Sequence[str]
    start: tuple[int, int]
    end: tuple[int, int]
    new_end: tuple[int, int]


class Buffer:
    """A text that can be changed line by line."""

    def __init__(self, text: str) -> None:
        self.lines = split(text)
        self._text: str | None = text

    @property
    def text(self) -> str:
        """All of it."""
        if self._text is None:
            self._text = "".join(self.lines)
        return self._text

    def position(self, position: types.Position, encoding: Encoding) -> tuple[int, int]:
        """Line and column in code points of a position; those outside the text are clamped."""
        if position.line >= len(self.lines):
            return len(self.lines) - 1, len(self.lines[-1].rstrip("\r\n"))
        line = max(position.line, 0)
        bare = self.lines[line].rstrip("\r\n")
        return line, encoding.column(bare, position.character)

    def replace(self, start: tuple[int, int], end: tuple[int, int], text: str) -> Splice:
        """Replace a range by a text."""
        start, end = min(start, end), max(start, end)
        (first, column), (last, stop) = start, end
        head = self.lines[first][:column]
        if not head and first and self.lines[first - 1].endswith("\r"):
            first -= 1  # a line feed that comes to stand behind a return ends the same line
            head = self.lines[first]
        added = split(head + text + self.lines[last][stop:])
        if added[-1] == "" and last + 1 < len(self.lines):
            added.pop()
        if last + 1 < len(self.lines) and added and added[-1].endswith("\r"):
            last += 1
            added[-1:] = split(added[-1] + self.lines[last])
            if added[-1] == "" and last + 1 < len(self.lines):
                added.pop()
        removed = self.lines[first : last + 1]
        self.lines[first : last + 1] = added
        self._text = None
        return Splice(first, removed, added, start, end, _end(start, text))


def _end(start: tuple[int, int], text: str) -> tuple[int, int]:
    """Where a text ends that begins at a position."""
    lines = split(text)
    if len(lines) == 1:
        return start[0], start[1] + len(text)
    return start[0] + len(lines) - 1, len(lines[-1])
