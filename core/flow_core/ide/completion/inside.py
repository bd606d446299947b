"""The expression that is being typed at the cursor.

Texts in which no expression can be read yet are mended first: by what closes it, and by quotes.
"""

import re
from collections.abc import Iterator

import msgspec

from flow_core.ide.cursor import Cursor
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax import parse
from flow_core.syntax.nodes import Scalar

_OPEN = re.compile(r"(?<!\$)\$\{\{(?!.*\}\})")
_MARK = "_"
_CLOSERS = ("", " }}", ' }}"', " }}'")


class Typed(msgspec.Struct, frozen=True):
    """An expression and the offset of the cursor in its source.

    ``cursor`` is in the text that it was read from, which may be a mended one; ``closer`` is what
    the text itself lacks to close it. ``quote`` is that of the scalar around it.
    """

    cursor: Cursor
    site: Site
    path: Path
    source: str
    offset: int
    closer: str = ""
    quote: str = ""


def typed_expression(cursor: Cursor) -> Typed | None:
    """The expression at a cursor, None where there is none."""
    found = _read(cursor)
    if found is not None:
        return found
    opening = _OPEN.search(cursor.line)
    if opening is None:
        return None
    texts = _mended(cursor, opening.start())
    readings = [reading for text in texts if (reading := _try(cursor, text)) is not None]
    best = min(readings, key=lambda reading: reading[0], default=None)
    return best[1] if best else None


def _read(cursor: Cursor) -> Typed | None:
    inside = cursor.inside
    node = cursor.node
    if inside is None or not isinstance(node, Scalar):
        return None
    expression = inside.expression
    end = expression.start + len(expression.source)
    closer = "" if node.text[end : end + 2] == "}}" else " }}"
    quote = {"single": "'", "double": '"'}.get(node.style, "")
    return Typed(cursor, inside.site, inside.path, expression.source, inside.offset, closer, quote)


class _Mended(msgspec.Struct, frozen=True):
    """A text in which the expression ends, and the cursor's offset there."""

    text: str
    offset: int
    closer: str


def _mended(cursor: Cursor, opening: int) -> Iterator[_Mended]:
    text, at = cursor.module.document.text, cursor.offset
    for closer in _CLOSERS:
        yield _Mended(text[:at] + _MARK + closer + text[at:], at, closer)
    start = at - len(cursor.line) + opening
    for quote in ('"', "'"):
        if quote not in text[start:at]:
            quoted = f"{quote}{text[start:at]}{_MARK} }}}}{quote}"
            yield _Mended(text[:start] + quoted + text[at:], at + 1, " }}")


def _try(cursor: Cursor, mended: _Mended) -> tuple[int, Typed] | None:
    """How many faults a mended text has, and the expression in it, if there is one."""
    module = cursor.module
    document = parse(mended.text, module.document.kind)
    there = Module(module.file, document, module.project)
    found = _read(Cursor(there, mended.offset, cursor.others))
    if found is None:
        return None
    source = found.source[: found.offset] + found.source[found.offset + len(_MARK) :]
    found = msgspec.structs.replace(found, source=source, closer=mended.closer)
    return len(document.problems), found
