"""Semantic tokens: what each word of a text is, by its syntax and by the language alone.

Nothing here needs to know what a name means, so it costs as much as reading the text. What a piece
gives is remembered with it.
"""

import re
from collections.abc import Iterator

import msgspec

from flow_core.ide.pieces import Piece, PlacedPiece, pieces, pieces_between
from flow_core.ide.tokens.legend import MODIFIERS, TYPES, Word
from flow_core.ide.tokens.walk import piece_words
from flow_core.language.keys import FileKind
from flow_core.places import Span
from flow_core.syntax import Document
from flow_core.syntax.lines import LineTable

_TYPE = {name: index for index, name in enumerate(TYPES)}
_MODIFIER = {name: 1 << index for index, name in enumerate(MODIFIERS)}
_CONTENT = re.compile(r"[^\s][^\r\n]*")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A range in one line; ``type`` is an index of `TYPES`, ``modifiers`` has a bit for each."""

    line: int
    column: int
    length: int
    type: int
    modifiers: int


class PieceTokens(msgspec.Struct, frozen=True):
    """Tokens of a piece, all of them if it ``is_whole``; their lines count from its first."""

    placed: PlacedPiece
    tokens: tuple[Token, ...]
    is_whole: bool = True

    @property
    def line(self) -> int:
        """The first line of the piece."""
        return self.placed.line


def tokens(document: Document, kind: FileKind) -> Iterator[PieceTokens]:
    """All tokens of a document, in order."""
    for placed in pieces(document, kind):
        yield PieceTokens(placed, placed.remembered(piece_tokens))


def tokens_between(
    document: Document, kind: FileKind, first: int, last: int
) -> Iterator[PieceTokens]:
    """The tokens on some lines (the last one included), at the cost of their pieces."""
    window = None
    if document.kind == "json":
        window = Span(document.lines.offset(first, 0), document.lines.offset(last + 1, 0))
    for placed in pieces_between(document, kind, first, last):
        found = _tokens(placed.piece, window) if window else placed.remembered(piece_tokens)
        here = tuple(token for token in found if first <= token.line + placed.line <= last)
        yield PieceTokens(placed, here, is_whole=window is None and len(here) == len(found))


def piece_tokens(piece: Piece) -> tuple[Token, ...]:
    """The tokens of a piece."""
    return _tokens(piece, None)


def _tokens(piece: Piece, window: Span | None) -> tuple[Token, ...]:
    lines = LineTable(piece.text)
    words = piece_words(piece, window)
    return tuple(token for word in words for token in _on_lines(piece.text, lines, word))


def _on_lines(text: str, lines: LineTable, word: Word) -> Iterator[Token]:
    """A token for each line of a word, without the space around it."""
    start, end, kind, modifiers = word
    bits = sum(_MODIFIER[name] for name in modifiers)
    for found in _CONTENT.finditer(text, start, end):
        line, column = lines.position(found.start())
        yield Token(line, column, len(found[0].rstrip()), _TYPE[kind], bits)
