"""A document: the frozen snapshot of one text, its tree, and where everything is."""

from collections.abc import Mapping as Map
from functools import cached_property
from typing import Literal

import msgspec

from flow_core.places import Part, Path, Place, Span
from flow_core.syntax.blocks import Placed
from flow_core.syntax.comments import Comment
from flow_core.syntax.finding import find
from flow_core.syntax.lines import LineTable
from flow_core.syntax.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Value,
    follow,
    merge_sources,
)
from flow_core.syntax.problems import SyntaxProblem
from flow_core.syntax.scalars import source_map


class Located(msgspec.Struct, frozen=True):
    """A node as written at a path, the key or dash before it, and the origin of their offsets."""

    node: Node
    entry: Entry | None
    origin: int


class Document(msgspec.Struct, frozen=True, dict=True):
    """A text and what it says.

    ``origins`` holds, for each path whose entry starts in a block of its own, the offset that the
    entry's nodes count from; deeper paths count from the same, all others from 0.
    """

    text: str
    kind: Literal["yaml", "json"]
    root: Value | None
    problems: tuple[SyntaxProblem, ...] = ()
    blocks: tuple[Placed, ...] = ()
    origins: Map[Path, int] = {}

    @cached_property
    def lines(self) -> LineTable:
        """Lines and columns."""
        return LineTable(self.text)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All comments, in order."""
        return tuple(
            Comment(Span(span.start + placed.start, span.end + placed.start), comment.text)
            for placed in self.blocks
            for comment in placed.block.comments
            for span in (comment.span,)
        )

    def get(self, path: Path) -> Value | None:
        """The value at a path, aliases followed and merge keys applied."""
        value = self.root
        for step in path:
            child = _child(value, step)
            if child is None:
                return None
            value = follow(child)
        return value

    def locate(self, place: Place) -> Span:
        """The span of a place; of its nearest ancestor where the path leads nowhere.

        >>> from flow_core.syntax.parse import parse
        >>> parse("a: {b: 1}", "yaml").locate(Place(("a", "b"), "key"))
        Span(start=4, end=5)
        """
        located, depth = self.reach(place.path)
        if located is None:
            return Span(0, 0)
        if depth < len(place.path):
            return self._span(located, "key" if located.entry else "value")
        if place.start >= 0 and place.part == "value":
            return self._within(located, place)
        return self._span(located, place.part)

    def _within(self, located: Located, place: Place) -> Span:
        """A range of the decoded text of a scalar; aliases show as a whole."""
        node = located.node
        if not isinstance(node, Scalar):
            return self._span(located, "value")
        text = self.text
        end = min(len(node.text) if place.end < 0 else place.end, len(node.text))
        mapped = source_map(text, located.origin, node, self.kind)
        return Span(*mapped.span(min(place.start, end), end))

    def at(self, offset: int) -> tuple[Path, Part]:
        """The path of what stands at an offset, and whether that is its key.

        In the space behind a value this is what a line typed there would belong to: the deepest
        entry that starts before and further left.

        >>> from flow_core.syntax.parse import parse
        >>> parse("a: {b: 1}", "yaml").at(7)
        (('a', 'b'), 'value')
        """
        return find(self.lines, self.blocks, offset)

    def reach(self, path: Path) -> tuple[Located | None, int]:
        """The thing at a path or its nearest ancestor, and how many steps lead to it."""
        if self.root is None:
            return None, 0
        located = Located(self.root, None, 0)
        for depth, step in enumerate(path):
            value = follow(located.node)
            child = _child(value, step)
            if child is None:
                return located, depth
            origin = self.origins.get(path[: depth + 1], located.origin)
            entry = _written(value, step)
            located = Located(child if entry is None else entry.value, entry, origin)
        return located, len(path)

    def _span(self, located: Located, part: Part) -> Span:
        node, entry, origin = located.node, located.entry, located.origin
        start, end = node.start, node.end
        if entry is not None and part == "key":
            start, end = entry.key.start, entry.key.end
        elif entry is not None and part == "entry":
            start = entry.key.start
        return Span(start + origin, max(end, start) + origin)


def _child(value: Value | None, step: str | int) -> Node | None:
    if isinstance(value, Mapping):
        return value.fields.get(step) if isinstance(step, str) else None
    if isinstance(value, Sequence) and isinstance(step, int) and 0 <= step < len(value.items):
        return value.items[step]
    return None


def _written(value: Value, step: str | int) -> Entry | None:
    """The entry that gives a key its value, in the mapping itself or in one it merges."""
    if not isinstance(value, Mapping) or not isinstance(step, str):
        return None
    entry = value.entry(step)
    if entry is not None:
        return entry
    for merge in value.entries:
        if merge.merges:
            for source in merge_sources(merge.value):
                found = _written(source, step)
                if found is not None:
                    return found
    return None
