"""A version as a tree of what it says: the same tree for the same meaning."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeAlias

import msgspec

from flow_core.durations import show_duration
from flow_core.places import Path

UNSAID = "not written"
"""What a fact's `raw` is when it holds although nothing says so."""
INHERITED = "from `defaults`"
"""What a fact's `raw` is when a step has it from the file's `defaults`."""


class Leaf(msgspec.Struct, frozen=True):
    """One fact. ``canon`` is what is compared, ``shown`` what people see, ``at`` where it stands.

    ``raw`` is the value itself, for those who judge a change of it; ``file`` is where it stands if
    that is another file.
    """

    canon: Hashable
    shown: str
    at: Path
    raw: Any = None
    file: str = ""


class Branch(msgspec.Struct, frozen=True):
    """Facts by name; their order means nothing."""

    entries: "dict[str, Tree]"
    shown: str
    at: Path
    raw: Any = None
    file: str = ""


class Row(msgspec.Struct, frozen=True):
    """Facts in an order that means something."""

    items: "tuple[Tree, ...]"
    at: Path
    shown: str = ""
    raw: Any = None
    file: str = ""


Tree: TypeAlias = Leaf | Branch | Row


def canon(tree: Tree) -> Hashable:
    """What a tree says, as one value."""
    match tree:
        case Leaf():
            return tree.canon
        case Branch(entries=entries):
            return frozenset((name, canon(entry)) for name, entry in entries.items())
        case Row(items=items):
            return tuple(map(canon, items))


def placed(tree: Tree, file: str) -> Tree:
    """A tree that stands in another file."""
    match tree:
        case Leaf():
            return msgspec.structs.replace(tree, file=file)
        case Branch(entries=entries):
            inner = {name: placed(entry, file) for name, entry in entries.items()}
            return msgspec.structs.replace(tree, entries=inner, file=file)
        case Row(items=items):
            return msgspec.structs.replace(
                tree, items=tuple(placed(item, file) for item in items), file=file
            )


def leaves(tree: Tree, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """All facts of a tree with their paths in it."""
    match tree:
        case Leaf():
            yield path, tree
        case Branch(entries=entries):
            for name, entry in entries.items():
                yield from leaves(entry, (*path, name))
        case Row(items=items):
            for index, item in enumerate(items):
                yield from leaves(item, (*path, str(index)))


def plain(value: Any, at: Path, show: Callable[[Any], str] | None = None) -> Leaf | None:
    """The fact that something has a value; None where it has none."""
    if value is None:
        return None
    return Leaf(hashable(value), (show or show_plain)(value), at)


def time(value: int | None, at: Path) -> Leaf | None:
    """The fact that something takes a time."""
    return plain(value, at, show_duration)


def listed(names: tuple[str, ...] | None, at: Path) -> Leaf | None:
    """A set of names, such as those of errors."""
    if names is None:
        return None
    return Leaf(frozenset(names), "[" + ", ".join(names) + "]", at)


def branch(entries: "dict[str, Tree | None]", shown: str, at: Path, raw: Any = None) -> Branch:
    """A branch of those entries that are there."""
    there = {name: entry for name, entry in entries.items() if entry is not None}
    return Branch(there, shown, at, raw)


def hashable(value: Any) -> Hashable:
    """A plain value that is compared with its kind: `true` is not 1."""
    return ("boolean", value) if isinstance(value, bool) else value


def show_plain(value: Any) -> str:
    """A plain value as people write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
