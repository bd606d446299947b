"""Comparing many files: which belong together, and what appeared and went."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from flow_core.diff.change import Change, Diff
from flow_core.diff.compare import compare
from flow_core.places import Place

if TYPE_CHECKING:
    from flow_core.module import Module


class Pair(msgspec.Struct, frozen=True):
    """A file in both versions; None where a version has none. The names tell it apart."""

    old_name: str
    new_name: str
    old: "Module | None" = None
    new: "Module | None" = None

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.new_name or self.old_name


def pair_files(old: "Mapping[str, Module]", new: "Mapping[str, Module]") -> tuple[Pair, ...]:
    """The files of two versions by their names; a renamed one is known by its pipeline's name."""
    gone = {name: module for name, module in old.items() if name not in new}
    come = {name: module for name, module in new.items() if name not in old}
    renamed = _renamed(gone, come)
    pairs = [Pair(name, name, old[name], new[name]) for name in old if name in new]
    pairs += [Pair(was, name, old[was], new[name]) for was, name in renamed.items()]
    pairs += [Pair(name, "", gone[name], None) for name in gone if name not in renamed]
    kept = set(renamed.values())
    pairs += [Pair("", name, None, come[name]) for name in come if name not in kept]
    return tuple(sorted(pairs, key=lambda pair: (pair.name, pair.old_name)))


def _renamed(gone: "Mapping[str, Module]", come: "Mapping[str, Module]") -> dict[str, str]:
    before, after = _by_pipeline(gone), _by_pipeline(come)
    both = before.keys() & after.keys()
    return {before[name]: after[name] for name in both}


def _by_pipeline(files: "Mapping[str, Module]") -> dict[str, str]:
    """The files by the names of their pipelines, where those are unique."""
    found: dict[str, list[str]] = {}
    for file, module in files.items():
        found.setdefault(module.pipeline.name, []).append(file)
    return {name: files[0] for name, files in found.items() if name and len(files) == 1}


def compare_pair(
    pair: Pair,
    callers: "Callable[[], Sequence[Module]]" = tuple,
    elsewhere: frozenset[str] = frozenset(),
) -> Diff:
    """What changed in a file: one that is new, gone or renamed is a change too."""
    found = list(_of_file(pair))
    if pair.old is not None and pair.new is not None:
        found += compare(pair.old, pair.new, callers, elsewhere).changes
    return Diff(tuple(sorted(found, key=lambda change: change.order)))


def _of_file(pair: Pair) -> Iterator[Change]:
    old, new = pair.old_name, pair.new_name
    places = Place() if pair.old else None, Place() if pair.new else None
    if not old:
        why = "nothing calls it yet that did not change too"
        yield Change("behaviour", "added", "file", "", new, why, *places)
    elif not new:
        why = "who calls, imports or runs it no longer finds it"
        yield Change("breaking", "removed", "file", old, "", why, *places)
    elif old != new:
        why = "who calls, imports or runs it no longer finds it there"
        yield Change("breaking", "renamed", "file", old, new, why, *places)
