"""Comparing two modules."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from flow_core.diff.canonical import expanded_type
from flow_core.diff.change import Change, Diff, graver
from flow_core.diff.consequences import blame, is_consequence, judge_output, with_note
from flow_core.diff.judge import Judge
from flow_core.diff.names import Names
from flow_core.diff.renames import find_names
from flow_core.diff.tree import INHERITED, Branch, Tree, canon
from flow_core.diff.walk import Difference, differences
from flow_core.places import Path

if TYPE_CHECKING:
    from flow_core.module import Module


def compare(
    old: "Module",
    new: "Module",
    callers: "Callable[[], Sequence[Module]]" = tuple,
    elsewhere: frozenset[str] = frozenset(),
) -> Diff:
    """All that changed from one module to another, each change once.

    ``callers`` gives the files of the new version's project that call it; it is asked only where
    the answer depends on them. What is declared in files of ``elsewhere`` is reported there.
    """
    names, before, after = find_names(old, new)
    before = _renamed(before, names)
    judge = Judge((old, new), names, callers, _fitting(new, callers))
    relevant = [
        each
        for each in _relevant(old, new, before, after, names)
        if each.new is None or each.new.file not in elsewhere
    ]
    found = _judged(relevant, judge, new)
    found += _renamings(names, before, after, judge)
    return Diff(tuple(sorted(found, key=lambda change: change.order)))


def _judged(relevant: list[Difference], judge: Judge, new: "Module") -> list[Change]:
    """The changes; what only follows from others is a note of theirs."""
    paths = {each.path for each in relevant}
    own = [each for each in relevant if not is_consequence(each, paths)]
    changes = [(each.path, judge.change(each)) for each in own]
    for each in relevant:
        if is_consequence(each, paths):
            guilty = blame(each, [path for path, _ in changes], new)
            for index in guilty:
                path, change = changes[index]
                changes[index] = path, with_note(change, each, judge_output(each))
            if not guilty:
                changes.append((each.path, judge.change(each)))
    return [change for _, change in _merged(changes)]


def _merged(changes: list[tuple[Path, Change]]) -> Iterator[tuple[Path, Change]]:
    """An output with another value of another type is one change."""
    by_path = dict(changes)
    for path, change in changes:
        match path:
            case ("outputs", name, "type") if ("outputs", name, "value") in by_path:
                continue
            case ("outputs", name, "value") if ("outputs", name, "type") in by_path:
                yield path, _with_type(change, by_path["outputs", name, "type"])
            case _:
                yield path, change


def _with_type(value: Change, type_: Change) -> Change:
    """A change of an output's value that changes its type too."""
    note = f"its type becomes `{type_.after}`, was `{type_.before}`: {type_.why}"
    why = type_.why if type_.impact == "breaking" else value.why
    impact = graver(value.impact, type_.impact)
    return replace(value, impact=impact, why=why, notes=(*value.notes, note, *type_.notes))


def _renamed(tree: Branch, names: Names) -> Branch:
    """The old version under the new names."""
    entries = {
        root: _section(section, names.renamed.get(root, {}))
        for root, section in tree.entries.items()
    }
    return Branch(entries, tree.shown, tree.at)


def _section(section: Tree, renamed: dict[str, str]) -> Tree:
    if not renamed or not isinstance(section, Branch):
        return section
    entries = {renamed.get(name, name): tree for name, tree in section.entries.items()}
    return Branch(entries, section.shown, section.at)


def _renamings(names: Names, before: Branch, after: Branch, judge: Judge) -> Iterator[Change]:
    for root, renamed in names.renamed.items():
        for old, new in renamed.items():
            sections = before.entries[root], after.entries[root]
            trees = tuple(each.entries[new] for each in sections if isinstance(each, Branch))
            yield judge.renaming(root, old, new, (trees[0], trees[1]))


def _relevant(
    old: "Module", new: "Module", before: Branch, after: Branch, names: Names
) -> Iterator[Difference]:
    declared = any(each.pipeline.errors is not None for each in (old, new))
    for found in differences(before, after):
        if found.path[0] == "errors" and not declared:
            continue
        if found.path[0] in ("calls", "borrowed") and _is_about_the_call(found):
            continue
        if found.path[0] == "defaults" and not _is_felt(str(found.path[1]), before, after):
            continue
        if found.path[-1] == "type" and _same_type(found, old, new, names):
            continue
        yield found


def _is_about_the_call(found: Difference) -> bool:
    """Whether something is called, or a type used, in one version only: the step says so."""
    return len(found.path) == 2 and found.kind != "changed"  # noqa: PLR2004 - section and name


def _is_felt(key: str, before: Branch, after: Branch) -> bool:
    """Whether another default changes what is in force for any step."""
    steps = [tree.entries["steps"] for tree in (before, after)]
    old, new = (each.entries if isinstance(each, Branch) else {} for each in steps)
    for name in old.keys() & new.keys():
        both = [_entry(tree, key) for tree in (old[name], new[name])]
        inherited = any(each is not None and each.raw == INHERITED for each in both)
        if inherited and len({canon(each) if each else None for each in both}) > 1:
            return True
    return False


def _entry(tree: Tree, key: str) -> Tree | None:
    return tree.entries.get(key) if isinstance(tree, Branch) else None


def _same_type(found: Difference, old: "Module", new: "Module", names: Names) -> bool:
    """Whether two types are the same once their names are replaced by what they stand for."""
    if found.old is None or found.new is None:
        return False
    before = expanded_type(found.old.raw, old.file, names)
    return before == expanded_type(found.new.raw, new.file, Names())


def _fitting(
    new: "Module", callers: "Callable[[], Sequence[Module]]"
) -> Callable[[], tuple[str, ...]]:
    """Asks which files call the new version; none if it no longer fits in one of them."""

    @cache
    def ask() -> tuple[str, ...]:
        from flow_core.simulate.blocking import blocking

        known = [*callers(), *([new] if new.library.components and new.is_pipeline else [])]
        if any(blocking(each) for each in known):
            return ()
        return tuple(PurePath(each.file).name for each in known)

    return ask
