"""Scalars in the style: no needless quotes, double ones where some are needed, long text folded."""

import re

from flow_core.syntax.nodes import Scalar
from flow_core.syntax.writing import plain_text, quoted, write_text

WIDTH = 100
"""Columns that a line should not go beyond."""

UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What cannot stand in a block scalar, except line breaks."""

_WORDY = re.compile(r"[^\W\d]|[./]|\$\{\{")
_SPACE = re.compile(r"(?<=[^ ]) (?=[^ ])")
_HEADER = re.compile(r"([|>])([-+0-9]*)[^\n]*")
_OLD_FLOW = re.compile(r"[:?]")


def one_line(scalar: Scalar, source: str, *, flow: bool) -> str:
    r"""A scalar on one line; a source that is on one line is kept unless the style says otherwise.

    Quotes go where the text starts like a word and means the same without them. A text that starts
    with a digit or a sign keeps them, for it looks like a number; so does one with a colon or a
    question mark in a flow collection, which older readers stumble over.

    >>> [one_line(Scalar(0, 0, t, t, "single"), f"'{t}'", flow=True) for t in ("eu", "no", "1 a")]
    ['eu', '"no"', '"1 a"']
    """
    if scalar.style == "plain":
        return write_text(scalar.text, flow=flow) if "\n" in source else source
    if "\n" in source:
        return quoted(scalar.text)
    verbatim = source[1:-1] == scalar.text or scalar.style == "single"
    wordy = _WORDY.match(scalar.text) and not (flow and _OLD_FLOW.search(scalar.text))
    if verbatim and wordy and plain_text(scalar.text, flow=flow):
        return scalar.text
    return quoted(scalar.text) if scalar.style == "single" else source


def several_lines(source: str, indent: str) -> list[str]:
    """The lines of a plain or quoted scalar whose source has several, re-indented."""
    first, *rest = source.split("\n")
    lines = [_stripped(first), *(_stripped(line.lstrip(" \t")) for line in rest)]
    lines[-1] = rest[-1].lstrip(" \t")
    return [lines[0], *(indent + line if line else "" for line in lines[1:])]


def _stripped(line: str) -> str:
    """A line without the space at its end, unless a backslash escapes that."""
    stripped = line.rstrip(" \t")
    escaped = stripped.endswith("\\") and stripped != line
    return line[: len(stripped) + 1] if escaped else stripped


def folded(text: str, width: int) -> list[str]:
    """The lines of a ``>-`` scalar; empty when the text cannot be folded without a change.

    A break stands for one space, so it may only replace one between two other characters.

    >>> folded("one two  three four", 9)
    ['one', 'two  three', 'four']
    """
    if UNPRINTABLE.search(text) or text.strip(" ") != text:
        return []
    lines: list[str] = []
    line = ""
    for word in _SPACE.split(text):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if lines else []


def block_scalar(
    text: str, scalar: Scalar, column: int, indent: str
) -> tuple[list[str], tuple[int, int]]:
    """The lines of a block scalar, its header first, re-indented; where the header and it end.

    ``column`` is that of the collection it stands in, which an indentation indicator counts from.
    The header comes without its comment.
    """
    header = _HEADER.match(text, scalar.start)
    if header is None:
        raise AssertionError  # libyaml saw one
    digits = re.sub(r"\D", "", header[2])
    cut = column + int(digits) if digits else _content_column(text, header.end(), scalar.end)
    lines, ends = _content(text, header.end(), cut)
    chomping = header[2].replace(digits, "") if digits else header[2]
    if lines and not scalar.text.endswith("\n"):
        chomping = "-"  # the file ends with it, and will end with a line break from now on
    if "+" not in chomping:
        while lines and not lines[-1]:
            lines.pop()
            ends.pop()
    end = ends[-1] if ends else header.end()
    first = header[1] + ("2" if digits else "") + chomping
    return [first, *(indent + line if line else "" for line in lines)], (header.end(2), end)


def _content_column(text: str, start: int, end: int) -> int:
    found = re.compile(r"(?:[ \t]*\n)*( *)\S").match(text, start, max(end, start))
    return len(found[1]) if found else len(text)


def _content(text: str, start: int, cut: int) -> tuple[list[str], list[int]]:
    """The lines of text behind a header, without their indentation, and their ends."""
    lines: list[str] = []
    ends: list[int] = []
    at = start
    while at < len(text):
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        line = text[at + 1 : stop]
        if line.strip(" ") and len(line) - len(line.lstrip(" ")) < cut:
            break
        if stop == at + 1 == len(text):
            break
        lines.append(line[cut:])
        ends.append(stop)
        at = stop
    return lines, ends
