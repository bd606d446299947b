"""Comparing two trees: every fact that differs, once, as high up as it differs as a whole."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

import msgspec

from flow_core.diff.change import Kind
from flow_core.diff.tree import INHERITED, UNSAID, Branch, Leaf, Row, Tree, canon
from flow_core.places import Path

_CALLS = ("uses", "steps", "switch", "value", "skip")
"""The keys that say what kind of call a step, a branch or a handler makes."""
_OF_CALLS = frozenset({*_CALLS, "with", "range", "outputs"})


class Difference(msgspec.Struct, frozen=True):
    """A fact that is not the same. ``path`` is its path in the trees."""

    path: Path
    old: Tree | None
    new: Tree | None

    @property
    def kind(self) -> Kind:
        """What happened to it."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"


def differences(old: Tree | None, new: Tree | None, path: Path = ()) -> Iterator[Difference]:
    """All that differs between two versions of a fact."""
    match old, new:
        case Branch(), Branch():
            if not _both(old, new, INHERITED):
                yield from _branches(old, new, path)
        case Row(), Row():
            yield from _rows(old, new, path)
        case Leaf(), Leaf():
            if old.canon != new.canon and not _both(old, new, UNSAID, INHERITED):
                yield Difference(path, old, new)
        case (_, None) | (None, _):
            yield from _one_sided(old, new, path)
        case _:
            yield Difference(path, old, new)


def _both(old: Tree, new: Tree, *marks: str) -> bool:
    """Whether both versions say something only in passing, so that it is reported elsewhere."""
    return any(_is(old, mark) and _is(new, mark) for mark in marks)


def _is(tree: Tree, *marks: str) -> bool:
    return isinstance(tree.raw, str) and tree.raw in marks


def _one_sided(old: Tree | None, new: Tree | None, path: Path) -> Iterator[Difference]:
    found = old or new
    if found is None or _is(found, UNSAID, INHERITED):
        return
    if found.shown:
        yield Difference(path, old, new)
    elif isinstance(found, Branch):
        empty = Branch({}, "", found.at)
        yield from differences(old or empty, new or empty, path)
    elif isinstance(found, Row):
        none = Row((), found.at)
        yield from differences(old or none, new or none, path)
    else:
        yield Difference(path, old, new)


def _branches(old: Branch, new: Branch, path: Path) -> Iterator[Difference]:
    names = sorted({*old.entries, *new.entries})
    before, after = _call(old), _call(new)
    if before != after and (before or after):
        key = after or before
        yield Difference((*path, key), old.entries.get(before), new.entries.get(after))
        names = [name for name in names if name not in _OF_CALLS]
    for name in names:
        yield from differences(old.entries.get(name), new.entries.get(name), (*path, name))


def _call(tree: Branch) -> str:
    """The key of a call, where a tree is that of one."""
    known = [key for key in _CALLS if key in tree.entries]
    return known[0] if known else ""


def _rows(old: Row, new: Row, path: Path) -> Iterator[Difference]:
    before, after = [canon(item) for item in old.items], [canon(item) for item in new.items]
    if before == after:
        return
    if Counter(before) == Counter(after):
        yield Difference(path, _shown(old), _shown(new))
        return
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        both = min(b - a, d - c)
        for index in range(both):
            yield from differences(old.items[a + index], new.items[c + index], (*path, c + index))
        for index in range(a + both, b):
            yield Difference((*path, index), old.items[index], None)
        for index in range(c + both, d):
            yield Difference((*path, index), None, new.items[index])


def _shown(row: Row) -> Row:
    """A row that shows its items."""
    shown = "; ".join(f"{i + 1}. {item.shown}" for i, item in enumerate(row.items))
    return msgspec.structs.replace(row, shown=shown)
