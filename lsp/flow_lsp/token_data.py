"""Semantic tokens as the protocol has them: numbers that say how far each token is from the last.

What a piece of a text gives is remembered with it, so that all of a long file is put together from
what is known already.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from lsprotocol import types

from flow_core.ide.pieces import Piece
from flow_core.ide.tokens import PieceTokens, Token, piece_tokens
from flow_core.syntax.lines import LineTable
from flow_lsp.encoding import Encoding

_SIZE = 5
"""How many numbers a token has."""


def token_data(found: Iterable[PieceTokens], encoding: Encoding) -> list[int]:
    """The numbers of tokens that come piece by piece."""
    data: list[int] = []
    behind = 0
    for each in found:
        if not each.tokens:
            continue
        at = len(data)
        data += _of_piece(each, encoding)
        data[at] += each.line - behind
        behind = each.line + each.tokens[-1].line
    return data


def _of_piece(found: PieceTokens, encoding: Encoding) -> Sequence[int]:
    if found.is_whole:
        return found.placed.remembered(encoder(encoding.kind))
    return _encoded(found.placed.piece.text, found.tokens, encoding)


@cache
def encoder(kind: types.PositionEncodingKind) -> Callable[[Piece], tuple[int, ...]]:
    """What encodes a piece; one function for each encoding, so that its results are told apart."""
    encoding = Encoding(kind)

    def encode(piece: Piece) -> tuple[int, ...]:
        return tuple(_encoded(piece.text, piece_tokens(piece), encoding))

    return encode


def _encoded(text: str, tokens: Iterable[Token], encoding: Encoding) -> list[int]:
    """Tokens as numbers, lines counted from the start of their piece."""
    data: list[int] = []
    units = _same if text.isascii() else _counter(text, encoding)
    line = column = 0
    for token in tokens:
        start = units(token.line, token.column)
        length = units(token.line, token.column + token.length) - start
        ahead = start - column if token.line == line else start
        data += (token.line - line, ahead, length, token.type, token.modifiers)
        line, column = token.line, start
    return data


def _same(_line: int, column: int) -> int:
    """Columns of ASCII, which count alike everywhere."""
    return column


def _counter(text: str, encoding: Encoding) -> Callable[[int, int], int]:
    """Columns of a text's lines as the client counts them."""
    starts = LineTable(text).starts
    return lambda line, column: encoding.units(text[starts[line] : starts[line] + column])


def token_edits(old: Sequence[int], new: Sequence[int]) -> list[types.SemanticTokensEdit]:
    """The one edit between two answers, of whole tokens; none where they are the same."""
    if old == new:
        return []
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    deleted = len(old) - end - start
    return [types.SemanticTokensEdit(start, deleted, list(new[start : len(new) - end]))]


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many numbers two answers begin with in common, in whole tokens; found by halves."""
    low, high = 0, min(len(one), len(other)) // _SIZE
    while low < high:
        middle = (low + high + 1) // 2
        part = slice(low * _SIZE, middle * _SIZE)
        low, high = (middle, high) if one[part] == other[part] else (low, middle - 1)
    return low * _SIZE
