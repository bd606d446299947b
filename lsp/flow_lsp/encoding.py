"""Columns as the client counts them, and as Flow does: in code points.

Editors count UTF-16 units unless both sides agree on something else. A line of ASCII, as most are,
has the same columns in all encodings.
"""

from lsprotocol import types

_BEYOND = 0x10000
"""The first code point that takes two units of UTF-16."""


class Encoding:
    """How the client counts columns."""

    def __init__(self, kind: types.PositionEncodingKind | str) -> None:
        self.kind = types.PositionEncodingKind(kind)

    def units(self, text: str) -> int:
        """How many units a text has."""
        if self.kind is types.PositionEncodingKind.Utf32 or text.isascii():
            return len(text)
        if self.kind is types.PositionEncodingKind.Utf8:
            return len(text.encode(errors="surrogatepass"))
        return len(text) + sum(ord(character) >= _BEYOND for character in text)

    def column(self, line: str, units: int) -> int:
        """The code points before a column; one inside of a character is that character's."""
        if units <= 0:
            return 0
        if self.kind is types.PositionEncodingKind.Utf32 or line.isascii():
            return min(units, len(line))
        if self.kind is types.PositionEncodingKind.Utf8:
            head = line.encode(errors="surrogatepass")[:units]
            return len(head.decode(errors="ignore"))
        count = 0
        for index, character in enumerate(line):
            count += 2 if ord(character) >= _BEYOND else 1
            if count > units:
                return index
        return len(line)
