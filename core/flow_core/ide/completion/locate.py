"""From a cursor to the spot that is completed, whatever state the text around it is in.

What stands under the cursor is found in the tree. In blank space the line tells what a word would
be; between brackets the text is read again with a word at the cursor, and the tree tells.
"""

import re

import msgspec
from msgspec.structs import replace

from flow_core.ide.completion.ground import Ground
from flow_core.ide.completion.sites import is_nothing
from flow_core.ide.completion.spot import Role, Spot
from flow_core.ide.cursor import Cursor
from flow_core.places import Part, Path, Span
from flow_core.syntax import parse
from flow_core.syntax.document import Located
from flow_core.syntax.nodes import Mapping, Scalar, Sequence

_ALONE = re.compile(r" *(?:-(?: +|\Z))*")
_BEHIND_KEY = re.compile(r".*:[ \t]*")
_COMMENT = re.compile(r"[ \t]+#")
_COLON = re.compile(r"[ \t]*:")
_WORDS = {"yaml": " _ ", "json": ' "_" '}


def locate(cursor: Cursor) -> Spot | None:
    """The spot at a cursor; None where nothing is to be completed, expressions aside."""
    ground = Ground(cursor)
    if ground.is_before_colon:
        return _before_colon(ground)
    word = _word(ground)
    if word is not None:
        return _at_word(ground, word)
    if ground.in_brackets(cursor.path):
        return _between_brackets(ground)
    return _in_block(ground)


def is_idle(cursor: Cursor) -> bool:
    """Whether nothing is typed at a cursor: it is in the margin of a line with text."""
    rest = Ground(cursor).rest(cursor.offset)
    return rest[:1].isspace() and bool(rest.strip()) and not cursor.line.strip()


def is_in_comment(cursor: Cursor) -> bool:
    """Whether a cursor is in a comment."""
    return "#" in cursor.line and any(
        comment.span.start < cursor.offset <= comment.span.end
        for comment in cursor.module.document.comments
    )


# What stands under the cursor


class _Word(msgspec.Struct, frozen=True):
    """A scalar under the cursor: its range, its quote, the text of it before the cursor.

    That is None where it is a text of several lines, in which nothing is completed.
    """

    path: Path
    part: Part
    span: Span
    typed: str | None = None
    quote: str = ""


def _scalar(located: Located | None, part: Part) -> Scalar | None:
    if located is None:
        return None
    node = located.entry.key if part == "key" and located.entry else located.node
    return node if isinstance(node, Scalar) else None


def _word(ground: Ground) -> _Word | None:
    path, part = ground.cursor.path, ground.cursor.part
    located, depth = ground.document.reach(path)
    node = _scalar(located, part) if depth == len(path) else None
    if located is None or node is None:
        return None
    start, end = node.start + located.origin, node.end + located.origin
    if not start <= ground.offset <= end or start == end:
        return None
    quote = ground.text[start] if node.style in {"single", "double"} else ""
    closed = bool(quote) and end - start > 1 and ground.text[end - 1] == quote
    if closed and ground.offset == end:
        return None
    word = _Word(path, part, Span(start, end), quote=quote)
    is_block = node.style in {"literal", "folded"} or ground.text[start] == "*"
    return word if is_block else _cut(ground, word, closed=closed)


def _cut(ground: Ground, word: _Word, *, closed: bool) -> _Word:
    """What of a scalar is on the cursor's line; of one that is never closed, up to there."""
    start, end, offset = word.span.start, word.span.end, ground.offset
    if word.quote and not closed:
        end = offset
    if not word.quote:
        end = min(end, offset + len(ground.rest(offset).rstrip()))
    if "\n" in ground.text[start:offset]:
        if word.quote:
            return word
        start = ground.line_start + ground.margin  # a word below another is no part of a text
    typed = ground.text[start + len(word.quote) : max(min(offset, end - closed), start)]
    return replace(word, span=Span(start, end), typed=typed)


def _at_word(ground: Ground, word: _Word) -> Spot | None:
    if word.typed is None:
        return None
    role: Role = "key" if word.part == "key" else "value"
    path = word.path[:-1] if role == "key" else word.path
    start, end = word.span.start, word.span.end
    brackets = ground.in_brackets(word.path[:-1])
    alone = not brackets and bool(_ALONE.fullmatch(ground.text[ground.line_start : start]))
    spot = Spot(
        ground.cursor,
        role,
        path,
        word.span,
        word.typed,
        replace(ground.writer(path, start, role, alone=alone), quote=word.quote),
        alone=alone,
        ends=ground.ends(end),
        bound=role == "key" and _COLON.match(ground.text, end) is not None,
    )
    return ground.with_commas(spot) if brackets else spot


# Blank space


def _blank(ground: Ground, role: Role, path: Path, *, alone: bool) -> Spot:
    offset = ground.offset
    writer = ground.writer(path, offset, role, alone=alone)
    span, ends = Span(offset, offset), ground.ends(offset)
    return Spot(ground.cursor, role, path, span, "", writer, alone=alone, ends=ends)


def _in_block(ground: Ground) -> Spot | None:
    line, path = ground.cursor.line, ground.cursor.path
    node = ground.document.get(path)
    is_free = ground.ends(ground.offset) or _COMMENT.match(ground.text, ground.offset)
    if not is_free:
        return None
    if not line.strip():
        return None if ground.is_outdented else _on_a_line(ground, path)
    if not is_nothing(node):
        return None
    if _ALONE.fullmatch(line):
        spot = _blank(ground, "value", path, alone=True)
        return _indented(spot, " " if line.endswith("-") else "")
    if _BEHIND_KEY.fullmatch(line):
        spot = _blank(ground, "value", path, alone=False)
        return replace(spot, before=" " if line.endswith(":") else "")
    return None


def _on_a_line(ground: Ground, path: Path) -> Spot | None:
    """The spot on an empty line: of a key, of an item, or of whatever a value begins with."""
    node = ground.document.get(path)
    match node:
        case Mapping():
            return _blank(ground, "key", path, alone=True)
        case Sequence(items=items):
            return _indented(_blank(ground, "value", (*path, len(items)), alone=True), "- ")
        case _:
            return _blank(ground, "value", path, alone=True) if is_nothing(node) else None


def _indented(spot: Spot, before: str) -> Spot:
    """A spot behind a dash, or a blank, that is still to be written."""
    writer = replace(spot.writer, column=spot.writer.column + len(before))
    return replace(spot, before=before, writer=writer)


def _between_brackets(ground: Ground) -> Spot | None:
    """The spot of what a word between brackets would be."""
    found = None if ground.is_taken else _as_word(ground, _WORDS[ground.document.kind])
    if found is None:
        return None
    path, part = found
    role: Role = "key" if part == "key" else "value"
    spot = _blank(ground, role, path[:-1] if role == "key" else path, alone=False)
    return ground.with_commas(replace(spot, before=_blank_before(ground)))


def _before_colon(ground: Ground) -> Spot | None:
    """The spot of a key that is missing before its colon."""
    found = _as_word(ground, _WORDS[ground.document.kind].strip())  # blanks would indent it
    if found is None or found[1] != "key":
        return None
    spot = _blank(ground, "key", found[0][:-1], alone=False)
    return replace(spot, before=_blank_before(ground), bound=True)


def _as_word(ground: Ground, word: str) -> tuple[Path, Part] | None:
    """Read the text with a word at the cursor, which tells what it would be."""
    text, offset, kind = ground.text, ground.offset, ground.document.kind
    document = parse(text[:offset] + word + text[offset:], kind)
    path, part = document.at(offset + word.index("_"))
    scalar = _scalar(document.reach(path)[0], part)
    return (path, part) if scalar is not None and scalar.text == "_" else None


def _blank_before(ground: Ground) -> str:
    return " " if ground.text[ground.offset - 1 : ground.offset] in {":", ","} else ""
