"""The one line of a broken text whose indentation, once mended, mends the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

import msgspec
from msgspec.structs import replace

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax.anchors import Anchors
from flow_core.syntax.compose import Composed, Failure, compose
from flow_core.syntax.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, walk
from flow_core.syntax.problems import SyntaxProblem, edit

_MAX_TEXT = 200_000
"""Longer texts are not tried again and again."""

_MAX_LEVELS = 20
_MAX_MOVES = 10
_UNIT = 2
"""By how much what belongs to a key is usually deeper."""

_WORDS = (
    "did not find expected",
    "could not find expected ':'",
    "mapping values are not allowed",
    "block sequence entries",
)
"""What libyaml says of lines that do not line up, and of some others."""

_LINE = re.compile(r"^( *)(?=[^\s#])((?:- +)*)([^\r\n]*)", re.MULTILINE)
"""The blanks and the dashes at the start of a line that has content, and the rest of it."""

_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s"'{\[][^\r\n]*?)[ \t]*:(?:\s|\Z)""")
_OPEN = re.compile(r":[ \t]*(?:&\S+[ \t]*)?(?:#.*)?\Z")
"""The end of a line with a key whose value stands below."""

_TEXT = re.compile(r":[ \t]*[|>][-+\d]*[ \t]*(?:#.*)?\Z")
"""The end of a line with a key whose value is a block of text."""


class _Line(msgspec.Struct, frozen=True):
    """A line with content: where it starts, its column, the width of its dashes, the rest."""

    start: int
    column: int
    dashes: int
    rest: str

    @property
    def is_entry(self) -> bool:
        """Whether the line holds a key or starts an item."""
        return self.dashes > 0 or _KEY.match(self.rest) is not None

    @property
    def starts_text(self) -> bool:
        """Whether a block of text follows."""
        return _TEXT.search(self.rest) is not None

    @property
    def is_open(self) -> bool:
        """Whether the value of the line's key stands on the lines below."""
        return self.starts_text or _OPEN.search(self.rest) is not None

    @property
    def below(self) -> tuple[int, ...]:
        """The columns where what belongs to the line usually stands."""
        key = self.column + self.dashes
        return (*((key,) if self.dashes else ()), *((key + _UNIT,) if self.is_open else ()))


class _Move(msgspec.Struct, frozen=True):
    """A line, by its number, and the column where it should start."""

    line: int
    column: int


class _Lines:
    """The lines of a text that have content, but for those of blocks of text."""

    def __init__(self, text: str) -> None:
        self.lines = list(_outside_of_texts(text))

    def moves(self, at: int) -> list[_Move]:
        """The moves that may let the line at an offset line up, the likeliest first."""
        number = self._first_at_fault(at)
        levels = list(islice(self._levels(number), _MAX_LEVELS))
        if not all(self.lines[last].is_entry for _, last in levels):
            return []
        moves = [move for first, last in levels for move in self._between(number, first, last)]
        found = dict.fromkeys(filter(self._is_one, moves))
        return sorted(found, key=self._unlikeliness)[:_MAX_MOVES]

    def _first_at_fault(self, at: int) -> int:
        """The number of the line at an offset; of a text, that of its first line; -1 for none."""
        number = bisect_right(self.lines, at, key=lambda line: line.start) - 1
        while number > 0 and not self.lines[number].is_entry:
            if self.lines[number - 1].starts_text:
                return number
            number -= 1
            if self.lines[number].is_entry:
                return -1
        return number

    def _between(self, number: int, first: int, last: int) -> Iterator[_Move]:
        """Moves that bring a line and a level above it together."""
        line, level = self.lines[number], self.lines[last]
        yield from (_Move(number, level.column), _Move(number, level.column + level.dashes))
        for culprit in (first, last):
            dashes = self.lines[culprit].dashes
            yield from (_Move(culprit, line.column), _Move(culprit, line.column - dashes))
            yield from (_Move(culprit, usual) for usual in self._usual(culprit))

    def _levels(self, number: int) -> Iterator[tuple[int, int]]:
        """The first and last line of each level that is open above a line, up to its own."""
        lines, above = self.lines, number - 1
        while above >= 0:
            column = lines[above].column
            first = next_ = above
            while next_ >= 0 and lines[next_].column >= column:
                first = next_ if lines[next_].column == column else first
                next_ -= 1
            yield first, above
            if column < lines[number].column:
                return
            above = next_

    def _is_one(self, move: _Move) -> bool:
        """Whether a line really moves; one that stands where it should is not at fault."""
        column = self.lines[move.line].column
        is_odd = self._is_between_deeper(move.line) or self._is_far_above(move.line)
        return 0 <= move.column != column and (is_odd or column not in self._usual(move.line))

    def _is_far_above(self, number: int) -> bool:
        """Whether what belongs to a line stands deeper than it usually does."""
        line, *rest = self.lines[number : number + 2]
        return line.is_open and bool(rest) and rest[0].column > max(line.below)

    def _is_between_deeper(self, number: int) -> bool:
        """Whether a line that has its value stands between lines of one column further in."""
        if not 0 < number < len(self.lines) - 1:
            return False
        before, line, after, *rest = self.lines[number - 1 : number + 3]
        has_all_below = not (after.is_open and rest and rest[0].column <= after.column)
        return line.column < before.column == after.column and not line.below and has_all_below

    def _unlikeliness(self, move: _Move) -> tuple[bool, bool, bool, int]:
        """A line stays above what belongs to it, and goes to where it usually stands."""
        line = self.lines[move.line]
        below = self.lines[move.line + 1].column if move.line + 1 < len(self.lines) else 0
        return (
            bool(line.below) and line.column < below <= move.column,
            self._is_far_above(move.line) and line.column in self._usual(move.line),
            move.column not in self._usual(move.line, move.column),
            move.line,
        )

    def _usual(self, number: int, column: int | None = None) -> tuple[int, ...]:
        """Where a line at a column, its own by default, usually stands; an item among items."""
        line = self.lines[number]
        column = line.column if column is None else column
        if number and self.lines[number - 1].is_open and not line.dashes:
            return self.lines[number - 1].below
        for above in reversed(self.lines[:number]):
            if above.column < column:
                return above.below or (above.column,)
            if above.column == column and bool(above.dashes) != bool(line.dashes):
                return ()
        return (0,) if any(line.column == 0 for line in self.lines) else (_UNIT,)


def _outside_of_texts(text: str) -> Iterator[_Line]:
    inside = -1
    for found in _LINE.finditer(text):
        line = _Line(found.start(), len(found[1]), len(found[2]), found[3])
        if inside < 0 or line.column <= inside:
            inside = line.column if line.starts_text else -1
            yield line


def mend_indentation(text: str, shift: int, anchors: Anchors, failure: Failure) -> Composed | None:
    """What a text holds once one line is moved, with the problem of that line.

    None where no single line is at fault. Offsets are those of the text as it is.
    """
    if len(text) > _MAX_TEXT or not failure.problem.startswith(_WORDS):
        return None
    lines = _Lines(text)
    for move in lines.moves(failure.at):
        line = lines.lines[move.line]
        end = line.start + line.column
        moved = text[: line.start] + " " * move.column + text[end:]
        if _is_sound(moved, line.start):
            found = compose(moved, shift, anchors)
            by = line.column - move.column
            root = None if found.root is None else _remapped(found.root, line.start + shift, by)
            problem = _problem(text, line, move.column).shifted(shift)
            return replace(found, root=root, problems=(problem,))
    return None


def _is_sound(text: str, line: int) -> bool:
    """Whether a text can be read, and a line of it is no part of a longer text."""
    composed = compose(text)
    return (
        composed.failure is None
        and all(problem.kind == "undefined-alias" for problem in composed.problems)
        and not any(
            isinstance(node, Scalar) and node.start < line < node.end
            for node in walk(composed.root)
        )
    )


def _problem(text: str, line: _Line, column: int) -> SyntaxProblem:
    start = line.start + line.column
    end = start + line.dashes + len(line.rest.rstrip())
    return SyntaxProblem(
        "bad-indentation",
        f"this line is indented by {_spaces(line.column)}, and the lines that it belongs with by "
        f"{column}",
        Span(start, min(end, len(text))),
        f"indent it by {_spaces(column)}",
        Fix("Line it up", (edit(line.start, start, " " * column),), "unsafe"),
    )


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"


def _remapped(node: Node, after: int, by: int) -> Node:
    """The same node, all offsets behind one of them moved."""
    start, end = (at + by if at > after else at for at in (node.start, node.end))
    match node:
        case Scalar() | Alias():
            return replace(node, start=start, end=end)
        case Sequence():
            items = tuple(_remapped(item, after, by) for item in node.items)
            return replace(node, start=start, end=end, items=items)
        case Mapping():
            entries = tuple(_entry(entry, after, by) for entry in node.entries)
            return replace(node, start=start, end=end, entries=entries)


def _entry(entry: Entry, after: int, by: int) -> Entry:
    key = entry.key
    start, end = (at + by if at > after else at for at in (key.start, key.end))
    return Entry(replace(key, start=start, end=end), _remapped(entry.value, after, by))
