"""What the language allows at each place of a file, level by level, as one walks down its tree.

Levels are shared: the keys of any step are on one level, whatever the step is called. So walking
costs no more than looking up a name.
"""

from collections.abc import Collection, Iterator
from functools import cache, cached_property

from flow_core.language.keys import FILES, FileKind, below, keys_of, resolve
from flow_core.language.shapes import (
    Data,
    Format,
    Key,
    MapOf,
    OneOf,
    Record,
    Shape,
    Text,
    TypeShape,
    Value,
    Words,
)
from flow_core.language.type_keys import TYPE
from flow_core.places import Path
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence


class Level:
    """One place: what may stand there.

    ``key`` is the key of the language that leads here, None behind a name of the user's and in a
    list; ``owner`` is the nearest key on the way.
    """

    def __init__(self, shapes: Collection[Shape], key: Key | None, owner: Key | None) -> None:
        self.shapes = tuple(shapes)
        self.key = key
        self.owner = owner
        self._under: dict[str, Level] = {}

    @cached_property
    def keys(self) -> dict[str, Key]:
        """The keys of the language that may stand here."""
        return {key.name: key for shape in self.shapes for key in keys_of(shape)}

    @cached_property
    def names(self) -> MapOf | None:
        """The shape of a mapping of the user's own names, if one may stand here."""
        return next((shape for shape in self.shapes if isinstance(shape, MapOf)), None)

    @cached_property
    def format(self) -> Format | None:
        """What a string means here, if only that."""
        return next((shape.format for shape in self.shapes if isinstance(shape, Text)), None)

    @cached_property
    def is_type(self) -> bool:
        """Whether a type stands here."""
        return any(isinstance(shape, TypeShape) for shape in self.shapes)

    @cached_property
    def computes(self) -> bool:
        """Whether expressions may stand here."""
        return any(isinstance(shape, Value) for shape in self.shapes)

    @cached_property
    def holds_keys(self) -> bool:
        """Whether nothing but a mapping may stand here, so that a word alone is half a key."""
        return bool(self.shapes) and all(isinstance(s, Record | MapOf) for s in self.shapes)

    @cached_property
    def is_record(self) -> bool:
        """Whether nothing but keys of the language may stand in the mapping here."""
        return bool(self.shapes) and all(isinstance(shape, Record) for shape in self.shapes)

    @cached_property
    def words(self) -> frozenset[str]:
        """The few words of which one may stand here."""
        found = (shape.words for shape in self.shapes if isinstance(shape, Words))
        return frozenset(word for words in found for word in words)

    @cached_property
    def item(self) -> "Level":
        """The level of the items of a list."""
        return Level(_below(self.shapes, 0), None, self.owner)

    def under(self, name: str) -> "Level":
        """The level of what stands under a key or name."""
        key = self.keys.get(name)
        memo = "" if key is None else name  # no key is empty
        if memo not in self._under:
            self._under[memo] = Level(_below(self.shapes, name), key, key or self.owner)
        return self._under[memo]

    def meant(self, names: Collection[str]) -> "Level":
        """This level for a mapping of these names: without the records that it can't be."""
        return self if all(_may_be(shape, names) for shape in self.shapes) else self._unmarked

    @cached_property
    def _unmarked(self) -> "Level":
        shapes = [
            shape for shape in self.shapes if not (isinstance(shape, Record) and shape.marker)
        ]
        return Level(shapes, self.key, self.owner)


@cache
def root_level(kind: FileKind) -> Level:
    """The level of the whole of a file."""
    return Level((FILES[kind],), None, None)


def level_at(path: Path, kind: FileKind) -> Level:
    """The level at a path.

    >>> level_at(("steps", "charge", "retry", "delay"), "pipeline").format
    'duration'
    """
    return _walked(root_level(kind), path)


def level_in_type(path: Path) -> Level:
    """The level at a path in a type."""
    return _walked(_TYPE, path)


_TYPE = Level((TYPE,), None, None)


def _walked(level: Level, path: Path) -> Level:
    for step in path:
        level = level.item if isinstance(step, int) else level.under(step)
    return level


def _below(shapes: Collection[Shape], step: str | int) -> list[Shape]:
    """The shapes under a step; what is free may hold anything of its own kind."""
    found: list[Shape] = []
    for shape in shapes:
        inner = (shape,) if isinstance(shape, Value | Data) else below(shape, step)
        found += [variant for each in inner for variant in _variants(each)]
    return found


def _variants(shape: Shape) -> list[Shape]:
    """The shape itself, or all that it may be."""
    found = resolve(shape)
    if isinstance(found, OneOf):
        return [inner for variant in found.variants for inner in _variants(variant)]
    return [found]


def _may_be(shape: Shape, names: Collection[str]) -> bool:
    """Whether a mapping of these names may be of a shape, as far as its marker tells."""
    if not isinstance(shape, Record) or not shape.marker:
        return True
    return shape.marker in names and all(name in shape.index for name in names)


def scalars(node: Node, level: Level) -> Iterator[tuple[Scalar, Level]]:
    """The scalars of a tree that are values, each with its level; aliases are not followed."""
    match node:
        case Scalar():
            yield node, level
        case Sequence():
            for item in node.items:
                yield from scalars(item, level.item)
        case Mapping():
            here = level.meant(node.fields)
            for entry in node.entries:
                yield from scalars(entry.value, here.under(entry.key.text))
        case _:
            return
