"""The tree of a document: immutable nodes with exact ranges, the same for YAML and JSON.

Offsets of a node count code points from the start of the *block* it was parsed in, so a block that
moves is not parsed again. Only `Document` knows where blocks start; ask it for spans.

A block's tree is never deeper than `MAX_DEPTH`, aliases followed, that of a block with faults not
twice as deep, and aliases add at most `MAX_EXPANSION` nodes, so recursion over a tree is safe and
`data` is bounded.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Json

MAX_DEPTH = 100
"""Levels of nesting; what lies deeper is left out and reported as ``too-deep``."""

MAX_EXPANSION = 200_000
"""Nodes that the aliases of a document may add; past it they are an ``expansion-bomb``."""

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded"]
"""How a scalar is written; a JSON string is ``double``, any other JSON scalar ``plain``."""


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A scalar. ``text`` is its decoded text, ``value`` what the YAML 1.2 core schema makes of it.

    >>> Scalar(0, 4, "1.10", 1.1).text
    '1.10'
    """

    start: int
    end: int
    text: str
    value: bool | int | float | str | None
    style: Style = "plain"
    anchor: str = ""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One ``key: value`` as written, ``<<`` included. A key without a value has a null scalar."""

    key: Scalar
    value: "Node"

    @property
    def merges(self) -> bool:
        """Whether this is YAML's merge key: an unquoted ``<<``."""
        return self.key.text == "<<" and self.key.style == "plain"


class Mapping(msgspec.Struct, frozen=True, dict=True):
    """A mapping; ``entries`` are as written, in order, duplicates and ``<<`` included."""

    start: int
    end: int
    entries: tuple[Entry, ...] = ()
    flow: bool = False
    anchor: str = ""

    @cached_property
    def fields(self) -> "dict[str, Value]":
        """What the mapping means: merge keys applied, aliases followed, the first of duplicates."""
        fields: dict[str, Value] = {}
        merged: list[Mapping] = []
        for entry in self.entries:
            if entry.merges:
                merged += merge_sources(entry.value)
            else:
                fields.setdefault(entry.key.text, follow(entry.value))
        for source in merged:
            for name, value in source.fields.items():
                fields.setdefault(name, value)
        return fields

    def entry(self, name: str) -> Entry | None:
        """The first entry written here under a key; merged ones have none."""
        return self._written.get(name)

    @cached_property
    def _written(self) -> dict[str, Entry]:
        return {entry.key.text: entry for entry in reversed(self.entries) if not entry.merges}


class Sequence(msgspec.Struct, frozen=True, gc=False):
    """A sequence."""

    start: int
    end: int
    items: "tuple[Node, ...]" = ()
    flow: bool = False
    anchor: str = ""

    @property
    def values(self) -> "tuple[Value, ...]":
        """The items with aliases followed."""
        return tuple(map(follow, self.items))


class Alias(msgspec.Struct, frozen=True, gc=False):
    """``*name`` and the node it stands for (None when there is no such anchor)."""

    start: int
    end: int
    name: str
    target: "Value | None"


Value: TypeAlias = Scalar | Mapping | Sequence
Node: TypeAlias = Scalar | Mapping | Sequence | Alias


def follow(node: Node) -> Value:
    """The value a node stands for; an alias to nothing stands for null."""
    if not isinstance(node, Alias):
        return node
    return Scalar(node.start, node.end, "", None) if node.target is None else node.target


def merge_sources(node: Node) -> list[Mapping]:
    """The mappings that the value of a merge key names, in order of precedence."""
    value = follow(node)
    candidates = value.values if isinstance(value, Sequence) else (value,)
    return [candidate for candidate in candidates if isinstance(candidate, Mapping)]


def walk(root: Node | None) -> Iterator[Node]:
    """All nodes as written, in the order of the text: keys and values; aliases not followed."""
    pending = [] if root is None else [root]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Sequence):
            pending.extend(reversed(node.items))
        elif isinstance(node, Mapping):
            for entry in reversed(node.entries):
                pending += (entry.value, entry.key)


def moved(node: Node, by: int) -> Node:
    """The same node ``by`` code points later; it must hold no anchors."""
    start, end = node.start + by, node.end + by
    if isinstance(node, Scalar):
        return _moved_key(node, by)
    if isinstance(node, Sequence):
        return Sequence(start, end, tuple(moved(item, by) for item in node.items), node.flow)
    if isinstance(node, Alias):
        return Alias(start, end, node.name, node.target)
    entries = (Entry(_moved_key(entry.key, by), moved(entry.value, by)) for entry in node.entries)
    return Mapping(start, end, tuple(entries), node.flow)


def _moved_key(key: Scalar, by: int) -> Scalar:
    return Scalar(key.start + by, key.end + by, key.text, key.value, key.style)


def data(node: Node | None) -> Json:
    """The plain data a node means.

    >>> data(Sequence(0, 6, (Scalar(1, 2, "1", 1), Scalar(4, 5, "a", "a"))))
    [1, 'a']
    """
    if isinstance(node, Alias):
        node = node.target
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    return {name: data(value) for name, value in node.fields.items()}
