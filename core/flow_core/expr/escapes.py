r"""Escape sequences of CEL's strings and bytes.

In a string ``\xHH``, ``\uHHHH``, ``\UHHHHHHHH`` and ``\ooo`` are code points; in bytes ``\xHH`` and
``\ooo`` are single bytes, and there is no ``\u``. Everything else in bytes is UTF-8.
"""

import re

import msgspec

_SIMPLE = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", "?": "?", '"': '"', "'": "'", "`": "`",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(?s:(.))|$)"
)
_LAST_CODE_POINT = 0x10FFFF


class BadEscape(msgspec.Struct, frozen=True):
    """An escape sequence that means nothing, by its range in the text between the quotes."""

    message: str
    start: int
    end: int


def unescape(text: str) -> tuple[str, tuple[BadEscape, ...]]:
    r"""Resolve the escapes of a string; bad ones stay as they are.

    >>> unescape(r"a\u0062\n")
    ('ab\n', ())
    """
    if "\\" not in text:
        return text, ()
    bad: list[BadEscape] = []

    def resolve(match: re.Match[str]) -> str:
        simple = _SIMPLE.get(match[5] or "")
        if simple is not None:
            return simple
        code = _code_point(match)
        if code is None:
            bad.append(_complaint(match, "a string"))
            return match[0]
        return chr(code)

    return _ESCAPE.sub(resolve, text), tuple(bad)


def unescape_bytes(text: str) -> tuple[bytes, tuple[BadEscape, ...]]:
    r"""Resolve the escapes of bytes.

    >>> unescape_bytes(r"\xff\101é")
    (b'\xffA\xc3\xa9', ())
    """
    value = bytearray()
    bad: list[BadEscape] = []
    position = 0
    for match in _ESCAPE.finditer(text):
        value += encode(text[position : match.start()])
        position = match.end()
        simple = _SIMPLE.get(match[5] or "")
        digits = match[1] or match[4]
        if simple is not None:
            value += simple.encode()
        elif digits:
            value.append(int(digits, 16 if match[1] else 8))
        else:
            bad.append(_complaint(match, "bytes"))
    return bytes(value + encode(text[position:])), tuple(bad)


def encode(text: str) -> bytes:
    """UTF-8, with a question mark for each lone surrogate."""
    return text.encode("utf-8", "replace")


def _code_point(match: re.Match[str]) -> int | None:
    """The code point that an escape names, or None where it names no Unicode scalar value."""
    digits = match[1] or match[2] or match[3] or match[4]
    if not digits:
        return None
    code = int(digits, 8 if match[4] else 16)
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - the surrogates of Unicode
    return None if surrogate or code > _LAST_CODE_POINT else code


def _complaint(match: re.Match[str], where: str) -> BadEscape:
    return BadEscape(f"`{match[0]}` is no escape sequence of {where}", match.start(), match.end())
