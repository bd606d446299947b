"""The expression that is being typed at the cursor.

Texts in which no expression can be read yet are mended first: by what closes it, and by quotes.
"""

import re
from collections.abc import Iterator

import msgspec

from flow_core.diagnostics import Edit
from flow_core.expr.cursor import CLOSERS
from flow_core.ide.completion.sites import completed
from flow_core.ide.cursor import Cursor
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path, Place, Span
from flow_core.syntax import parse
from flow_core.syntax.nodes import Scalar

_OPEN = re.compile(r"(?<!\$)\$\{\{(?!.*\}\})")
_REST = re.compile(r"[^\r\n]*")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_MARK = "_"


class Typed(msgspec.Struct, frozen=True):
    """An expression and the offset of the cursor in its source.

    ``cursor`` is in the text that it was read from, which may be a mended one; ``closer`` is what
    the text itself lacks to close it, beside ``edits``. ``quote`` is that of the scalar around it.
    """

    cursor: Cursor
    site: Site
    path: Path
    source: str
    offset: int
    closer: str = ""
    quote: str = ""
    edits: tuple[Edit, ...] = ()


def typed_expression(cursor: Cursor) -> Typed | None:
    """The expression at a cursor, None where there is none."""
    found = _read(cursor)
    if found is not None:
        return found
    opening = _OPEN.search(cursor.line)
    if opening is None:
        return None
    best: tuple[int, Typed] | None = None
    for text in _mended(cursor, opening.start()):
        reading = _try(cursor, text)
        if reading is not None and (best is None or reading[0] < best[0]):
            best = reading
        if best is not None and not best[0]:
            break
    return best[1] if best else None


def _read(cursor: Cursor) -> Typed | None:
    node = cursor.node
    if not isinstance(node, Scalar) or "${{" not in node.text:
        return None
    inside = cursor.inside
    if inside is None and cursor.site is None:
        cursor = completed(cursor, cursor.path)
        inside = cursor.inside
    if inside is None:
        return None
    expression = inside.expression
    end = expression.start + len(expression.source)
    closer = "" if node.text[end : end + 2] == "}}" else " }}"
    quote = {"single": "'", "double": '"'}.get(node.style, "")
    if quote and not _is_closed(cursor, quote):
        closer += quote
    return Typed(cursor, inside.site, inside.path, expression.source, inside.offset, closer, quote)


def _is_closed(cursor: Cursor, quote: str) -> bool:
    """Whether the scalar at a cursor has both its quotes."""
    document = cursor.module.document
    span = document.locate(Place(cursor.path))
    return span.end - span.start > 1 and document.text[span.end - 1] == quote


class _Mended(msgspec.Struct, frozen=True):
    """A text in which the expression ends, and the cursor's offset there."""

    text: str
    offset: int
    closer: str
    edits: tuple[Edit, ...] = ()


def _mended(cursor: Cursor, opening: int) -> Iterator[_Mended]:
    """Texts that are likely meant, the likeliest first."""
    before = _QUOTED.sub("", cursor.line[:opening])
    quote = next((sign for sign in before if sign in "'\""), "")
    brackets = _open_brackets(before)
    text, at = cursor.module.document.text, cursor.offset
    rest = (brackets if _ends(text, at) else "") + text[at:]
    if brackets and not quote:
        yield from _in_quotes(cursor, opening, rest)
    for closer in (f" }}}}{quote}", ""):
        yield _Mended(text[:at] + _MARK + closer + rest, at, closer)


def _in_quotes(cursor: Cursor, opening: int, rest: str) -> Iterator[_Mended]:
    """The text with the expression in quotes, which it needs between brackets."""
    text, at = cursor.module.document.text, cursor.offset
    start = at - len(cursor.line) + opening
    for quote in "\"'":
        if quote not in text[start:at]:
            closer = f" }}}}{quote}"
            quoted = f"{text[:start]}{quote}{text[start:at]}{_MARK}{closer}{rest}"
            edit = Edit(cursor.module.file, Span(start, start), quote)
            yield _Mended(quoted, at + 1, closer, (edit,))


def _ends(text: str, at: int) -> bool:
    """Whether nothing follows on the line."""
    found = _REST.match(text, at)
    return found is None or not found[0].strip()


def _open_brackets(line: str) -> str:
    """What closes the brackets that a line leaves open."""
    stack: list[str] = []
    for sign in line:
        if sign in CLOSERS:
            stack.append(CLOSERS[sign])
        elif stack and sign == stack[-1]:
            stack.pop()
    return "".join(reversed(stack))


def _try(cursor: Cursor, mended: _Mended) -> tuple[int, Typed] | None:
    """How many faults a mended text has, and the expression in it, if there is one."""
    module = cursor.module
    document = parse(mended.text, module.document.kind)
    there = Module(module.file, document, module.project)
    found = _read(msgspec.structs.replace(cursor, module=there, offset=mended.offset))
    if found is None:
        return None
    source = found.source[: found.offset] + found.source[found.offset + len(_MARK) :]
    found = msgspec.structs.replace(found, source=source, closer=mended.closer, edits=mended.edits)
    return len(document.problems), found
