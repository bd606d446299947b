"""Keys that stand among the names of what they belong to, for they are not indented enough."""

from collections.abc import Iterator

import msgspec

from flow_core.language.keys import resolve
from flow_core.language.problem import ShapeProblem
from flow_core.language.shapes import MapOf, OneOf, Record, TypeShape
from flow_core.language.type_keys import TYPE_KEYS
from flow_core.places import Path, Place
from flow_core.syntax import Document
from flow_core.syntax.nodes import Mapping, Scalar, Value

_TYPE_WORDS = frozenset(key.name for key in TYPE_KEYS)


class _Kind(msgspec.Struct, frozen=True):
    """What the values of a mapping are: a noun, all their keys, and those that mark one."""

    title: str = ""
    words: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    may_be_text: bool = False
    marker: str = ""

    def suits(self, value: Value) -> bool:
        """Whether a value may be one of this kind."""
        if isinstance(value, Mapping):
            return bool(self.marks & value.fields.keys())
        return self.may_be_text and isinstance(value, Scalar) and isinstance(value.value, str)


def outdented(
    node: Mapping, shape: MapOf, path: Path, document: Document | None = None
) -> Iterator[tuple[str, ShapeProblem]]:
    """The names in a mapping that are certainly keys of the entry before them.

    So ``uses: std.log`` is no step of the name `uses`. Braces and JSON have no indentation. With
    the ``document`` the columns are looked at, too.
    """
    if node.flow:
        return
    kind = _kind(shape)
    before = ""
    for name, value in node.fields.items():
        if name not in kind.words:
            before = name
        elif _is_key(name, value, node.fields.get(before), kind) or (
            document is not None and _is_sunk(document, (*path, name), (*path, before))
        ):
            home = f"`{before}`" if before else kind.title
            yield (
                name,
                ShapeProblem(
                    "misplaced-key",
                    Place((*path, name), "key"),
                    f"`{name}` is a key of {kind.title}, but stands where names do",
                    f"indent it so that it belongs to {home}",
                ),
            )


def _is_key(name: str, value: Value, before: Value | None, kind: _Kind) -> bool:
    """Whether a word is the key that the entry before it lacks, or can be nothing else.

    Where entries may be any data, as outputs are, only an entry that lacks the word tells.
    """
    if not kind.marker:
        return not kind.suits(value)
    certain = name == kind.marker or not kind.suits(value)
    return certain and isinstance(before, Mapping) and _lacks(before, name, kind)


def _lacks(entry: Mapping, name: str, kind: _Kind) -> bool:
    """Whether an entry has keys of its kind alone, and not this one."""
    return name not in entry.fields and entry.fields.keys() <= kind.words


def _is_sunk(document: Document, path: Path, before: Path) -> bool:
    """Whether what stands below a name is indented deeper than what is below the one before."""
    own, other = _column(document, path), _column(document, before)
    return own > other > 0


def _column(document: Document, path: Path) -> int:
    """The column of the keys below a key; 0 if they do not stand on lines of their own."""
    node = document.get(path)
    if not isinstance(node, Mapping) or node.flow or not node.entries:
        return 0
    first = Place((*path, node.entries[0].key.text), "key")
    return document.lines.position(document.locate(first).start)[1]


def _kind(shape: MapOf) -> _Kind:
    value = resolve(shape.value)
    if shape.names != "identifier":
        return _Kind()
    if isinstance(value, TypeShape):
        return _Kind("a type", _TYPE_WORDS, _TYPE_WORDS, may_be_text=True)
    if isinstance(value, Record):
        heads = value.choice.heads if value.choice else ()
        marks = frozenset((*heads, *(key.name for key in value.required)))
        return _Kind(value.title, frozenset(value.index), marks)
    marked = value.variants[0] if isinstance(value, OneOf) else None
    if isinstance(marked, Record) and marked.marker:
        words = frozenset(marked.index)
        return _Kind(marked.title, words, words, may_be_text=True, marker=marked.marker)
    return _Kind()
