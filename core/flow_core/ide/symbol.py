"""Symbols: what a name stands for, and the places where it is written."""

from typing import Literal, TypeAlias

import msgspec

from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.syntax import Document
from flow_core.syntax.nodes import Scalar, follow
from flow_core.syntax.scalars import source_map

Kind: TypeAlias = Literal[
    "step",
    "input",
    "output",
    "type",
    "field",
    "component",
    "alias",
    "channel",
    "secret",
    "error",
    "scenario",
    "file",
    "variable",
]
"""An *input* or *output* is that of a pipeline, a group or a component; a *variable* is one of a
macro, or a name such as ``item`` that expressions see."""

Role: TypeAlias = Literal["declaration", "write", "read"]


class Symbol(msgspec.Struct, frozen=True):
    """Something that has a name.

    ``place`` is where it is declared, in an absolute file: a key, an item of a list, or a range of
    a Python source; of a name that nothing declares, where its declaration would be. Two symbols
    are the same if they are equal.
    """

    kind: Kind
    name: str
    place: Place


class Occurrence(msgspec.Struct, frozen=True):
    """A name in a module, and what it stands for.

    ``place`` is the name alone, in the module's own document. Usually there is one symbol; there
    are more in `steps.ship.outputs.tracking`, which is an output of each branch of the `switch` in
    `ship`. ``linked`` are those that must have the same name, though they are not meant here: a
    secret of a called pipeline, an output of a handler in the place of the step's own.
    """

    symbols: tuple[Symbol, ...]
    place: Place
    role: Role = "read"
    linked: tuple[Symbol, ...] = ()


def name_span(document: Document, place: Place) -> Span | None:
    """Where the name at a place stands, without quotes; None where the path leads nowhere.

    Of what is written elsewhere and only repeated by an alias, this is where it is written.
    """
    located, depth = document.reach(place.path)
    if located is None or depth < len(place.path):
        return None
    node = follow(located.node)
    if place.part == "key":
        node = located.entry.key if located.entry else node
    if not isinstance(node, Scalar):
        return None
    length = len(node.text)
    start, end = (0, length) if place.start < 0 else (place.start, min(place.end, length))
    mapped = source_map(document.text, located.origin, node, document.kind)
    return Span(*mapped.span(min(start, end), end))


def key_of(file: str, *path: str | int) -> Place:
    """The key at a path of a file."""
    return Place(path, "key", file=file)


def declared_at(module: Module, symbol: Symbol) -> Span | None:
    """Where a symbol's name is declared in its file, as a module's project sees that.

    None where nothing declares it.
    """
    place = symbol.place
    if place.span is not None:
        return place.span
    owner = module if place.file == module.file else module.project.module(place.file)
    return name_span(owner.document, place) if owner else None
