"""The first line of a part: its dashes, its key, and what is said of it."""

import re

import msgspec

_SPACE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?(?:\n|\r\n?))*[ \t]*")
_DASHES = re.compile(r"(?:-[ \t]+)*")
_KEY = re.compile(
    r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}\[\]#&*!|>%@`,][^\r\n]*?)(?=[ \t]*:(?:[ \t\r\n]|\Z))"""
)
_COLON = re.compile(r"[ \t]*:[ \t]*")
_VALUE = re.compile(r"[^\r\n]*")
_COMMENT = re.compile(r"(?:\A|[ \t]+)#")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')


class Leaf(msgspec.Struct, frozen=True):
    """Ranges in a text: ``key`` is empty when there is none; the value is without its comment.

    ``after`` is where the next line starts.
    """

    text: str
    key: tuple[int, int]
    value: tuple[int, int]
    after: int

    @property
    def has_key(self) -> bool:
        """Whether there is a key with its colon."""
        return self.key[0] < self.key[1]

    @property
    def source(self) -> str:
        """The source of the value."""
        return self.text[self.value[0] : self.value[1]]


def read_leaf(text: str, start: int = 0) -> Leaf:
    r"""The first line with content, from an offset on.

    >>> read_leaf("# no\n  - cron: */5 *  # why").source
    '*/5 *'
    """
    start = _end(_SPACE, text, start)
    start = _end(_DASHES, text, start)
    key = _KEY.match(text, start)
    span = (start, start)
    if key is not None:
        span = key.span()
        start = _end(_COLON, text, key.end())
    line = _end(_VALUE, text, start)
    return Leaf(text, span, (start, start + _length(text[start:line])), _next(text, line))


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return start if found is None else found.end()


def _length(rest: str) -> int:
    """How long a value is that stands before the end of a line, or before a comment."""
    string = _STRING.match(rest)
    for found in _COMMENT.finditer(rest, 0 if string is None else string.end()):
        opened = rest.rfind("${{", 0, found.start())
        if opened < 0 or "}}" in rest[opened : found.start()] or "}}" not in rest[found.start() :]:
            return found.start()
    return len(rest.rstrip())


def _next(text: str, line: int) -> int:
    if text.startswith("\r\n", line):
        return line + 2
    return min(line + 1, len(text))
