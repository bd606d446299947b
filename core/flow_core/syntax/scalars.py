"""From the decoded text of a scalar back to its source: escapes, folding, indentation, chomping.

A scalar's source is cut into segments, each of which stands for some text. The cutting follows the
YAML specification and is checked: segments that do not give the decoded text are not used.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Literal, TypeAlias

import msgspec

from flow_core.syntax.escapes import json_pieces
from flow_core.syntax.nodes import Scalar

Segment: TypeAlias = tuple[int, int, str]
"""Start and end in the source, and the text that it stands for."""

_FOLD = r"[ \t]*(?:\r\n?|\n)[ \t\r\n]*"
_PLAIN = re.compile(_FOLD)
_SINGLE = re.compile(rf"''|{_FOLD}")
_DOUBLE = re.compile(
    rf"\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|(?:\r\n?|\n)[ \t\r\n]*|.)|{_FOLD}"
)
_BREAK = re.compile(r"\r\n?|\n")
_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n?|\n|\Z)")
_LETTERS = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))


class SourceMap(msgspec.Struct, frozen=True):
    """Segments of a scalar, with the offset in the decoded text at which each starts."""

    segments: tuple[Segment, ...]
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that a range of the decoded text comes from."""
        first = self._find(start)
        begin = self._at(first, start)
        if end <= start:
            return begin, begin
        last = self._find(end - 1)
        source, stop, text = self.segments[last]
        verbatim = stop - source == len(text)
        return begin, source + end - self.starts[last] if verbatim else stop

    def inner(self, offset: int) -> int:
        """The offset in the decoded text that an offset of the source stands for."""
        index = max(bisect_right(self.segments, offset, key=lambda segment: segment[0]) - 1, 0)
        source, stop, text = self.segments[index]
        if stop - source == len(text):
            return self.starts[index] + min(max(offset - source, 0), len(text))
        return self.starts[index] + (len(text) if offset >= stop else 0)

    def _find(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _at(self, index: int, offset: int) -> int:
        source, stop, text = self.segments[index]
        within = offset - self.starts[index]
        if within >= len(text):
            return stop
        return source + within if stop - source == len(text) else source


def source_map(text: str, shift: int, scalar: Scalar, kind: Literal["yaml", "json"]) -> SourceMap:
    """The map of a scalar whose offsets are ``shift`` less than those of the text.

    Where the source cannot be followed, any range stands for the whole scalar.
    """
    start, end = scalar.start + shift, scalar.end + shift
    for segments in _candidates(text, start, end, scalar, kind):
        if segments and "".join(segment[2] for segment in segments) == scalar.text:
            starts = accumulate((len(segment[2]) for segment in segments), initial=0)
            return SourceMap(tuple(segments), tuple(starts)[:-1])
    return SourceMap(((start, end, ""),), (0,))


def _candidates(
    text: str, start: int, end: int, scalar: Scalar, kind: Literal["yaml", "json"]
) -> Iterator[list[Segment]]:
    if scalar.style in {"literal", "folded"}:
        yield from _block(text, start, scalar)
        return
    if scalar.style == "plain":
        yield _spliced(text, start, end, _folds(_PLAIN, text, start, end))
        return
    start += 1
    if end > start and text[end - 1] == text[start - 1]:
        end -= 1
    if kind == "json":
        pieces = ((piece.start, piece.end, piece.text) for piece in json_pieces(text, start, end))
        yield _spliced(text, start, end, pieces)
    else:
        pattern = _SINGLE if scalar.style == "single" else _DOUBLE
        yield _spliced(text, start, end, _folds(pattern, text, start, end))


def _spliced(text: str, start: int, end: int, pieces: Iterator[Segment]) -> list[Segment]:
    """Pieces, with the verbatim text between them."""
    segments: list[Segment] = []
    for piece in pieces:
        if start < piece[0]:
            segments.append((start, piece[0], text[start : piece[0]]))
        segments.append(piece)
        start = piece[1]
    if start < end or not segments:
        segments.append((start, end, text[start:end]))
    return segments


def _folds(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Segment]:
    for found in pattern.finditer(text, start, end):
        yield found.start(), found.end(), _meaning(found[0])


def _meaning(source: str) -> str:
    """What an escape, a doubled quote or a fold stands for."""
    if source == "''":
        return "'"
    breaks = len(_BREAK.findall(source))
    if source[0] != "\\":
        return " " if breaks == 1 else "\n" * (breaks - 1)
    if breaks:
        return "\n" * (breaks - 1)
    if source[1] in "xuU":
        code = int(source[2:] or "0", 16)
        return chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
    return _LETTERS.get(source[1], source[1])


def _block(text: str, start: int, scalar: Scalar) -> Iterator[list[Segment]]:
    """Readings of a block scalar; with an indentation indicator, one for each possible column."""
    header = _HEADER.match(text, start)
    if header is None:
        return
    lines = list(_lines(text, header.end(), len(scalar.text)))
    first = next((text[a:b] for a, b, _ in lines if text[a:b].strip(" ")), "")
    column = len(first) - len(first.lstrip(" "))
    explicit = any(character.isdigit() for character in header[0].split("#")[0])
    for indent in range(column, -1 if explicit else column - 1, -1):
        cut = [(min(a + indent, b), b, end) for a, b, end in lines]
        if scalar.style == "literal":
            yield _clipped(_literal(text, cut), len(scalar.text))
        else:
            yield _clipped(_folded(text, cut), len(scalar.text))


def _lines(text: str, start: int, wanted: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and start of the next of the lines that may hold ``wanted`` characters."""
    while start < len(text) and wanted >= 0:
        found = _LINE.match(text, start)
        if found is None:
            return
        yield start, found.end(1), found.end()
        start = found.end()
        wanted -= len(found[1].lstrip(" ")) + 1 if found[1].strip(" ") else 1


def _literal(text: str, lines: list[tuple[int, int, int]]) -> Iterator[Segment]:
    for start, end, following in lines:
        yield start, end, text[start:end]
        yield end, following, "\n"


def _folded(text: str, lines: list[tuple[int, int, int]]) -> Iterator[Segment]:
    """A break between two lines of text is a space; beside an indented line it stays."""
    full = [line for line in lines if line[0] < line[1]]
    blank = full[0] if full else (lines[-1] if lines else None)
    if blank is None:
        return
    yield from ((a, c, "\n") for a, _, c in lines[: lines.index(blank)])
    ends = [*full[1:], None] if full else []
    for (start, end, following), after in zip(full, ends, strict=True):
        yield start, end, text[start:end]
        if after is None:
            yield end, following, "\n"
            yield from ((a, c, "\n") for a, b, c in lines if a >= following and a == b)
            return
        breaks = len(_BREAK.findall(text, end, after[0]))
        kept = text[start] in " \t" or text[after[0]] in " \t"
        folded = " " if breaks == 1 else "\n" * (breaks - 1)
        yield end, after[0], "\n" * breaks if kept else folded


def _clipped(segments: Iterator[Segment], length: int) -> list[Segment]:
    """The segments up to a length of text; chomping drops what comes after."""
    clipped: list[Segment] = []
    for segment in segments:
        if length < len(segment[2]):
            break
        length -= len(segment[2])
        clipped.append(segment)
    return clipped
