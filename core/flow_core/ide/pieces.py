"""A document in pieces: what features compute from one at a time is remembered with it.

A block of YAML lives on from one version of a text to the next unless it is edited, and with it
goes what was worked out from it. A JSON text is one piece, and new in each version.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

import msgspec

from flow_core.language.keys import FileKind
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax import Comment, Document
from flow_core.syntax.blocks import Placed
from flow_core.syntax.nodes import Node

T = TypeVar("T")


class Piece(msgspec.Struct, frozen=True):
    """A part of a text: its tree, and the path of the mapping that it belongs to.

    Offsets of nodes count from the start of the piece plus ``shift``, those of comments from its
    start. ``kind`` says which language it is written in.
    """

    text: str
    root: Node | None
    shift: int
    path: Path
    comments: tuple[Comment, ...]
    syntax: Literal["yaml", "json"]
    kind: FileKind


class PlacedPiece(msgspec.Struct, frozen=True):
    """A piece, the offset and the line at which it starts, and what is remembered of it."""

    start: int
    line: int
    placed: Placed
    piece: Piece

    def remembered(self, compute: Callable[[Piece], T]) -> T:
        """What a function gives for the piece; asked once for as long as its text stays."""
        memo = self.placed.block.memo
        key = (compute, self.piece.path, self.piece.kind)
        if key not in memo:
            memo[key] = compute(self.piece)
        found: T = memo[key]
        return found


def kind_of_module(module: Module) -> FileKind:
    """Which language a module's file is written in."""
    return "scenario" if module.is_scenario else "pipeline"


def pieces(document: Document, kind: FileKind) -> Iterator[PlacedPiece]:
    """The pieces of a document, in order."""
    return _pieces(document, kind, document.blocks)


def pieces_between(
    document: Document, kind: FileKind, first: int, last: int
) -> Iterator[PlacedPiece]:
    """The pieces that some lines touch (the last one included)."""
    start, end = document.lines.offset(first, 0), document.lines.offset(last + 1, 0)
    blocks = document.blocks
    low = bisect_right(blocks, start, key=lambda placed: placed.start) - 1
    high = bisect_left(blocks, max(end, start + 1), key=lambda placed: placed.start)
    return _pieces(document, kind, blocks[max(low, 0) : high])


def _pieces(document: Document, kind: FileKind, blocks: Iterable[Placed]) -> Iterator[PlacedPiece]:
    for placed in blocks:
        line = document.lines.line(placed.start)
        yield PlacedPiece(placed.start, line, placed, _piece(document, placed, kind))


def _piece(document: Document, placed: Placed, kind: FileKind) -> Piece:
    block = placed.block
    text = block.text if document.kind == "yaml" else document.text
    return Piece(text, block.root, block.shift, placed.path, block.comments, document.kind, kind)
