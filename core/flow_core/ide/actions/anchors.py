"""Anchors and aliases of YAML at the border of a text that moves."""

from collections.abc import Iterator

from flow_core.diagnostics import Edit
from flow_core.ide.actions.action import RefusedError
from flow_core.places import Span
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Alias, Node, data, walk
from flow_core.syntax.render import flow_text


def freed(document: Document, span: Span) -> list[Edit]:
    """The edits that write the values of aliases whose anchors stay behind.

    Raises:
        RefusedError: an anchor inside is used outside.
    """
    if document.kind == "json" or "*" not in document.text:
        return []
    return list(_freed(document, span))


def _freed(document: Document, span: Span) -> Iterator[Edit]:
    anchors: dict[str, int] = {}
    for start, node in _nodes(document):
        if isinstance(node, Alias):
            here, there = _is_in(start, span), _is_in(anchors.get(node.name, -1), span)
            if there and not here:
                raise RefusedError(f"the anchor `&{node.name}` is used elsewhere")
            if here and not there:
                length = node.end - node.start
                yield Edit("", Span(start, start + length), flow_text(data(node.target)))
        elif node.anchor:
            anchors[node.anchor] = start


def _nodes(document: Document) -> Iterator[tuple[int, Node]]:
    """All nodes in the order of the text, and where they start."""
    for placed in document.blocks:
        for node in walk(placed.block.root):
            yield node.start + placed.origin, node


def _is_in(offset: int, span: Span) -> bool:
    return span.start <= offset < span.end
