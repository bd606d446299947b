"""Lines of a text: offsets to line and column and back, in code points."""

import re
from bisect import bisect_right
from itertools import accumulate

LONE_RETURN = re.compile(r"\r(?!\n)")
BREAK = re.compile(r"\r\n?|\n")


class LineTable:
    r"""Where the lines of a text start.

    Only ``\n``, ``\r\n`` and ``\r`` end a line, as in editors; U+2028 and U+0085 do not.

    >>> LineTable("a\r\nbc").position(4)
    (1, 1)
    """

    __slots__ = ("_length", "starts")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self.starts = _starts(text)

    def __len__(self) -> int:
        """How many lines there are; a text that ends with a break has an empty last line."""
        return len(self.starts)

    def line(self, offset: int) -> int:
        """The number of the line that holds an offset, from 0."""
        return bisect_right(self.starts, offset) - 1

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 0; offsets outside the text are clamped."""
        offset = min(max(offset, 0), self._length)
        line = self.line(offset)
        return line, offset - self.starts[line]

    def offset(self, line: int, column: int) -> int:
        """The offset of a position; positions outside a line or the text are clamped to them."""
        if line < 0:
            return 0
        if line >= len(self.starts):
            return self._length
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else self._length
        return min(self.starts[line] + max(column, 0), end)


def _starts(text: str) -> list[int]:
    if "\r" in text and LONE_RETURN.search(text):
        return [0, *(found.end() for found in BREAK.finditer(text))]
    lengths = [len(line) + 1 for line in text.split("\n")]
    lengths.pop()
    return list(accumulate(lengths, initial=0))
