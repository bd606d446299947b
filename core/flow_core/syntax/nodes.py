"""The tree of a document: immutable nodes with exact ranges, the same for YAML and JSON.

Offsets of a node count code points from the start of the *block* it was parsed in, so a block that
moves is not parsed again. Only `Document` knows where blocks start; ask it for spans.
"""

from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Json

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
    value: None | bool | int | float | str
    style: Style = "plain"
    anchor: str = ""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One ``key: value`` as written, ``<<`` included. A key without a value has a null scalar."""

    key: Scalar
    value: "Node"


class Mapping(msgspec.Struct, frozen=True, gc=False, dict=True):
    """A mapping; ``entries`` are as written, in order, duplicates and ``<<`` included."""

    start: int
    end: int
    entries: tuple[Entry, ...] = ()
    flow: bool = False
    anchor: str = ""

    @property
    def fields(self) -> "dict[str, Value]":
        """What the mapping means: merge keys applied, aliases followed, the first of duplicates."""
        raise NotImplementedError


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
        raise NotImplementedError


class Alias(msgspec.Struct, frozen=True, gc=False):
    """``*name`` and the node it stands for (None when there is no such anchor)."""

    start: int
    end: int
    name: str
    target: "Value | None"


Value: TypeAlias = Scalar | Mapping | Sequence
Node: TypeAlias = Scalar | Mapping | Sequence | Alias


def data(node: Node | None) -> Json:
    """The plain data a node means."""
    raise NotImplementedError
