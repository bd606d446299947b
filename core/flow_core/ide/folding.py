"""What can be folded away: mappings, lists, texts, runs of comments, and regions.

Ranges are whole lines. Any two of them are one inside the other or apart, and no two start on one
line. A line that closes brackets stays to be seen.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

import msgspec

from flow_core.ide.pieces import Piece, PlacedPiece, kind_of_module, pieces
from flow_core.module import Module
from flow_core.syntax.lines import LineTable
from flow_core.syntax.nodes import Mapping, Node, Sequence, walk

_REGION = re.compile(r"#\s*(?P<end>end)?region\b")


class Fold(msgspec.Struct, frozen=True, order=True):
    """Lines of which only the first is left when they are folded; ``last`` is the last of them."""

    first: int
    last: int
    kind: Literal["", "comment", "region"] = ""


class PieceFolds(msgspec.Struct, frozen=True):
    """What is known of a piece, lines counted from its first.

    ``marks`` are the lines where regions start (true) and end; ``last`` is that of its content.
    """

    folds: tuple[Fold, ...]
    marks: tuple[tuple[int, bool], ...]
    header: int
    last: int


def folding(module: Module) -> list[Fold]:
    """All that can be folded, in the order of the text."""
    placed = list(pieces(module.document, kind_of_module(module)))
    folds = [
        Fold(fold.first + each.line, fold.last + each.line, fold.kind)
        for each in placed
        for fold in each.remembered(piece_folds).folds
    ]
    return list(_nested([*folds, *_sections(placed), *_regions(placed)]))


def _sections(placed: list[PlacedPiece]) -> Iterator[Fold]:
    """Keys whose children are pieces of their own."""
    header = placed[0] if placed else None
    for path, group in groupby(placed, key=lambda each: each.piece.path):
        members = list(group)
        if path and header is not None:
            first = header.line + header.remembered(piece_folds).header
            yield Fold(first, members[-1].line + members[-1].remembered(piece_folds).last)
        header = members[-1]


def _regions(placed: list[PlacedPiece]) -> Iterator[Fold]:
    """What stands between `# region` and the `# endregion` that belongs to it."""
    begun: list[int] = []
    for each in placed:
        for line, begins in each.remembered(piece_folds).marks:
            if begins:
                begun.append(each.line + line)
            elif begun:
                yield Fold(begun.pop(), each.line + line, "region")


def _nested(folds: Iterable[Fold]) -> Iterator[Fold]:
    """Of ranges that start on one line the longest; what reaches out of another ends with it."""
    around: list[Fold] = []
    for fold in sorted(folds, key=lambda fold: (fold.first, -fold.last, fold.kind)):
        while around and around[-1].last < fold.first:
            around.pop()
        last = min(fold.last, around[-1].last) if around else fold.last
        if fold.first < last and not (around and around[-1].first == fold.first):
            around.append(Fold(fold.first, last, fold.kind))
            yield around[-1]


def piece_folds(piece: Piece) -> PieceFolds:
    """What can be folded in a piece."""
    lines = LineTable(piece.text)
    root = piece.root
    header = last = 0
    if root is not None:
        last = _end(lines, root.end - piece.shift)
        top = root.entries[-1].key if isinstance(root, Mapping) and root.entries else root
        header = lines.line(top.start - piece.shift)
    marks = (
        (lines.line(comment.span.start), found["end"] is None)
        for comment in piece.comments
        if (found := _REGION.match(comment.text))
    )
    folds = (*_tree(piece, lines), *_comments(piece, lines))
    return PieceFolds(folds, tuple(marks), header, last)


def _end(lines: LineTable, end: int) -> int:
    """The last line of what ends at an offset."""
    return lines.line(max(end - 1, 0))


def _tree(piece: Piece, lines: LineTable) -> Iterator[Fold]:
    if piece.root is not None:
        yield _fold(piece, lines, piece.root.start, piece.root, only_flow=True)
    for node in walk(piece.root):
        if isinstance(node, Mapping):
            for entry in node.entries:
                yield _fold(piece, lines, entry.key.start, entry.value)
        elif isinstance(node, Sequence):
            for item in node.items:
                yield _fold(piece, lines, item.start, item)


def _fold(
    piece: Piece, lines: LineTable, start: int, node: Node, *, only_flow: bool = False
) -> Fold:
    """The lines from where a member starts to the last of its value."""
    first = lines.line(start - piece.shift)
    last = _end(lines, node.end - piece.shift)
    if isinstance(node, Mapping | Sequence) and node.flow:
        return Fold(first, last - 1)
    return Fold(first, first if only_flow else last)


def _comments(piece: Piece, lines: LineTable) -> Iterator[Fold]:
    """Comments on lines of their own, one below the other."""
    own: list[tuple[int, int]] = []
    for comment in piece.comments:
        line, column = lines.position(comment.span.start)
        before = piece.text[lines.starts[line] : comment.span.start]
        if not before.strip() and not _REGION.match(comment.text):
            own.append((line, column))
    for _, group in groupby(enumerate(own), key=lambda each: (each[1][0] - each[0], each[1][1])):
        run = [line for _, (line, _) in group]
        yield Fold(run[0], run[-1], "comment")
