"""Excerpts of a text: lines with their numbers, and the exact range underlined.

::

       |
    12 |     timeout: 10 sec
       |              ^^^^^^
"""

from collections.abc import Iterator

import msgspec

from flow_core.places import Span
from flow_core.printable import Paint, escape, plain, width
from flow_core.reading import MAX_SIZE

TAB = "    "
WIDEST = 160
"""Columns of a line that are shown at most; of a longer line, those around the range."""
MOST_LINES = 5
"""Lines of a range that are shown at most; of a longer range, its head and its last line."""


_SHOWN = 10_000
"""So much is shown of a text that is too large to be read."""


class Position(msgspec.Struct, frozen=True):
    """A line and a column, both from 1; columns count code points."""

    line: int
    column: int


class Source:
    """A text that findings point into."""

    def __init__(self, text: str) -> None:
        # A run without findings has no use for all that this import brings.
        from flow_core.syntax.lines import LineTable

        self.text = text = text if len(text) <= MAX_SIZE else text[:_SHOWN]
        self.lines = LineTable(text)

    def position(self, offset: int) -> Position:
        """Where an offset is; one that lies outside the text is at its nearer end."""
        line, column = self.lines.position(offset)
        return Position(line + 1, column + 1)

    def range(self, span: Span) -> tuple[Position, Position]:
        """Where a span starts and ends."""
        return self.position(span.start), self.position(span.end)

    def line(self, number: int) -> str:
        """The text of a line (numbers from 1), without its break."""
        starts = self.lines.starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Look(msgspec.Struct, frozen=True):
    """How an excerpt is drawn: the mark under the range, its style, the width of the numbers."""

    mark: str = "^"
    style: str = "error"
    gutter: int = 1
    paint: Paint = plain

    def bar(self, number: str = "") -> str:
        """The left edge of a line."""
        return self.paint(f"{number:>{self.gutter}} |", "info")


def draw(source: Source, span: Span, look: Look) -> Iterator[str]:
    """The lines of an excerpt, an empty bar above and below."""
    start, end = source.range(span)
    if end.column == 1 and end.line > start.line:  # the break of the line before is its last
        end = Position(end.line - 1, len(source.line(end.line - 1)) + 1)
    yield look.bar()
    for number in _shown(start.line, end.line):
        if number is None:
            yield look.paint("...", "info")
            continue
        line = source.line(number)
        first = start.column - 1 if number == start.line else len(line) - len(line.lstrip())
        last = end.column - 1 if number == end.line else len(line)
        yield from _underlined(line, first, last, number, look)
    yield look.bar()


def _shown(first: int, last: int) -> Iterator[int | None]:
    """The numbers of the lines to show; None stands for a gap."""
    if last - first < MOST_LINES:
        yield from range(first, last + 1)
        return
    yield from range(first, first + MOST_LINES - 2)
    yield None
    yield last


def _underlined(line: str, first: int, last: int, number: int, look: Look) -> Iterator[str]:
    """A line with columns ``first`` to ``last`` (from 0) underlined, at least one column."""
    line, first, last = _crop(line, first, last)
    before, marked, after = (_printable(part) for part in _cut(line, first, last))
    yield f"{look.bar(str(number))} {before}{marked}{after}".rstrip()
    underline = look.mark * max(width(marked), 1)
    yield f"{look.bar()} {' ' * width(before)}{look.paint(underline, look.style)}"


def _cut(line: str, first: int, last: int) -> tuple[str, str, str]:
    return line[:first], line[first:last], line[last:]


def _crop(line: str, first: int, last: int) -> tuple[str, int, int]:
    """Leave away what is too far from the range; a JSON file may be a single line of 100 MB."""
    if len(line) <= WIDEST:
        return line, first, last
    start = max(0, min(first - WIDEST // 4, len(line) - WIDEST))
    end = start + WIDEST
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    shift = start - len(head)
    return f"{head}{line[start:end]}{tail}", first - shift, min(last, end) - shift


def _printable(text: str) -> str:
    return escape(text.replace("\t", TAB))
