"""Growing a selection: from a word over expressions, values and entries to the whole of a text."""

import re
from collections.abc import Iterable, Iterator

from flow_core.expr.ast import Ast, children
from flow_core.expr.parser import parse
from flow_core.expr.template import Hole, split
from flow_core.ide.pieces import pieces_between
from flow_core.places import Part, Path, Place, Span
from flow_core.syntax import Document
from flow_core.syntax.nodes import Scalar, Sequence, follow
from flow_core.syntax.scalars import SourceMap, source_map

_WORD = re.compile(r"\w+")
_OPENING, _CLOSING = len("${{"), len("}}")


def selection(document: Document, offset: int) -> list[Span]:
    """What can be selected at an offset, each within the next; the last is the whole text."""
    offset = min(max(offset, 0), len(document.text))
    path, part = document.at(offset)
    spans = [*_words(document, offset), *_inside(document, path, part, offset)]
    spans += _around(document, path, part)
    spans.append(Span(0, len(document.text)))
    return list(_growing(spans, offset))


def _growing(spans: Iterable[Span], offset: int) -> Iterator[Span]:
    """Those around an offset, each larger than the one before."""
    last = Span(offset, offset)
    for span in sorted(set(spans), key=lambda span: span.end - span.start):
        if span != last and span.start <= last.start and last.end <= span.end:
            yield span
            last = span


def _words(document: Document, offset: int) -> Iterator[Span]:
    """The word at an offset, and the comment."""
    line, _ = document.lines.position(offset)
    start = document.lines.starts[line]
    end = document.lines.offset(line + 1, 0)
    for found in _WORD.finditer(document.text, start, end):
        yield Span(*found.span())
    for placed in pieces_between(document, "pipeline", line, line):
        for comment in placed.piece.comments:
            yield Span(placed.start + comment.span.start, placed.start + comment.span.end)


def _around(document: Document, path: Path, part: Part) -> Iterator[Span]:
    """The values and entries that a path leads through."""
    if part == "key":
        yield document.locate(Place(path, "key"))
    for length in range(len(path), -1, -1):
        here = path[:length]
        yield document.locate(Place(here))
        yield document.locate(Place(here, "entry"))
        if here and isinstance(here[-1], int):
            yield _item(document, here)


def _item(document: Document, path: Path) -> Span:
    """An item of a list with its dash."""
    span = document.locate(Place(path))
    list_, _ = document.reach(path[:-1])
    if list_ is None or not isinstance(node := follow(list_.node), Sequence) or node.flow:
        return span
    dash = document.text.rfind("-", node.start + list_.origin, span.start)
    return Span(dash if dash >= 0 else span.start, span.end)


def _inside(document: Document, path: Path, part: Part, offset: int) -> Iterator[Span]:
    """The parts of a scalar: what is between its quotes, its expressions, and their parts."""
    located, depth = document.reach(path)
    if located is None or depth < len(path) or not isinstance(node := located.node, Scalar):
        return
    start, end = node.start + located.origin, node.end + located.origin
    if part == "key" or not start <= offset <= end:
        return
    if node.style in ("single", "double"):
        yield Span(start + 1, max(end - 1, start + 1))
    mapped = source_map(document.text, located.origin, node, document.kind)
    at = mapped.inner(offset)
    for hole in split(node.text).parts:
        if isinstance(hole, Hole) and hole.start - _OPENING <= at <= hole.end + _CLOSING:
            yield from _expression(hole, mapped, len(node.text), at)


def _expression(hole: Hole, mapped: SourceMap, length: int, at: int) -> Iterator[Span]:
    """The nodes of an expression around an offset of the text, and it with its braces."""
    end = min(hole.end + _CLOSING, length)
    yield Span(*mapped.span(hole.start - _OPENING, end))
    node: Ast | None = parse(hole.source).tree
    while node is not None:
        yield Span(*mapped.span(hole.start + node.start, hole.start + node.end))
        below = (child for child in children(node) if _holds(child, at - hole.start))
        node = next(below, None)


def _holds(node: Ast, at: int) -> bool:
    return node.start <= at <= node.end
