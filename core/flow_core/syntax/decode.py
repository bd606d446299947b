"""Bytes to text; never fails."""

import codecs
from collections.abc import Iterator
from itertools import islice

from flow_core.places import Span
from flow_core.syntax.problems import SyntaxProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAX_REPORTED = 20


def decode(data: bytes) -> tuple[str, tuple[SyntaxProblem, ...]]:
    r"""The text of a file: UTF-8, or what its byte order mark names. The mark stays as U+FEFF.

    Bytes that are none of it become U+FFFD; the first of them are reported where they stand.

    >>> text, problems = decode(b"a: \xff")
    >>> text == "a: \ufffd", problems[0].kind, problems[0].span.start
    (True, 'invalid-utf8', 3)
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        problems = tuple(islice(_problems(data, encoding), _MAX_REPORTED))
        return data.decode(encoding, "replace"), problems


def _problems(data: bytes, encoding: str) -> Iterator[SyntaxProblem]:
    """A problem for each place that does not decode; each becomes one U+FFFD."""
    rest = memoryview(data)
    at = 0
    while True:
        try:
            codecs.decode(rest, encoding)
        except UnicodeDecodeError as error:
            at += len(codecs.decode(rest[: error.start], encoding))
            source = bytes(rest[error.start : error.end]).hex(" ")
            yield _problem(at, source, encoding)
            rest = rest[error.end :]
            at += 1
        else:
            return


def _problem(at: int, source: str, encoding: str) -> SyntaxProblem:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return SyntaxProblem(
        "invalid-utf8",
        f"the bytes `{source}` are no {name}",
        Span(at, at + 1),
        "save the file as UTF-8",
    )
