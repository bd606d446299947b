"""Escapes of double-quoted strings, in JSON and in YAML."""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_JSON = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|\\\Z|[\x00-\x1f]", re.DOTALL)
_JSON_LETTERS = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f"} | {
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


Fault: TypeAlias = Literal["bad-escape", "invalid-character", "lone-surrogate"]


_SURROGATES = range(0xD800, 0xE000)


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A range of a string's source that means something else than itself.

    ``fault`` names what is wrong with it, if anything is.
    """

    start: int
    end: int
    text: str
    fault: Fault | None = None


def json_pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The escapes in the body of a JSON string, and the characters that should be escaped."""
    for found in _JSON.finditer(text, start, end):
        source = found[0]
        if len(source) > 6:  # noqa: PLR2004 - two escapes of six characters each
            high, low = int(source[2:6], 16), int(source[8:], 16)
            decoded = chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
            yield Piece(*found.span(), decoded)
        elif len(source) == 6:  # noqa: PLR2004 - one escape such as \u0041
            code = int(source[2:], 16)  # noqa: FURB166 - `\\u` is no prefix that int() knows
            lone = code in _SURROGATES
            text = "\ufffd" if lone else chr(code)
            yield Piece(*found.span(), text, "lone-surrogate" if lone else None)
        elif source[0] != "\\":
            yield Piece(*found.span(), source, "invalid-character")
        elif source[1:] in _JSON_LETTERS:
            yield Piece(*found.span(), _JSON_LETTERS[source[1:]])
        else:
            yield Piece(*found.span(), source[1:], "bad-escape")


def decode_pieces(text: str, start: int, end: int, pieces: list[Piece]) -> str:
    """The text of a range, with its pieces put in."""
    parts: list[str] = []
    for piece in pieces:
        parts += (text[start : piece.start], piece.text)
        start = piece.end
    parts.append(text[start:end])
    return "".join(parts)
