"""Which names of the old version became which of the new one."""

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING, get_args

from flow_core.diff.file_tree import file_tree
from flow_core.diff.names import Names, Root
from flow_core.diff.tree import Branch, Leaf, Tree, canon, leaves

if TYPE_CHECKING:
    from flow_core.module import Module

_MOST_ROUNDS = 5
_ENOUGH = 0.5
"""How much of two steps must be the same for one to be the other, renamed."""
_TELLS_LITTLE = frozenset({"fail_fast", "place", "description"})


def find_names(old: "Module", new: "Module") -> tuple[Names, Branch, Branch]:
    """All renamings: what has gone and what has come, where they are the same but for the name.

    What refers to a renamed thing may be renamed too, so this is repeated as long as it helps. With
    the names come the trees of both versions, the old one with the names it now has.
    """
    names = Names()
    before, after = file_tree(old, names), file_tree(new, names)
    for _ in range(_MOST_ROUNDS):
        found = names
        for root in get_args(Root):
            if renamed := _of_root(root, before, after, names):
                found = found.having(root, renamed)
        if found == names:
            break
        names, before = found, file_tree(old, found)
    return names, before, after


def _of_root(root: Root, before: Branch, after: Branch, names: Names) -> dict[str, str]:
    old, new = _entries(before, root), _entries(after, root)
    known = names.renamed.get(root, {})
    gone = {name: tree for name, tree in old.items() if name not in new and name not in known}
    come = {n: tree for n, tree in new.items() if n not in old and n not in known.values()}
    found = _same(gone, come)
    if root == "steps":
        left = {name: tree for name, tree in gone.items() if name not in found}
        rest = {name: tree for name, tree in come.items() if name not in found.values()}
        found |= _alike(left, rest)
    return found


def _entries(tree: Branch, root: Root) -> dict[str, Tree]:
    section = tree.entries.get(root)
    return section.entries if isinstance(section, Branch) else {}


def _same(gone: dict[str, Tree], come: dict[str, Tree]) -> dict[str, str]:
    """What is the same, where there is only one such thing on either side."""
    before = {name: _content(tree, name) for name, tree in gone.items()}
    after = {name: _content(tree, name) for name, tree in come.items()}
    olds, news = Counter(before.values()), Counter(after.values())
    by_content = {content: name for name, content in after.items()}
    return {
        name: by_content[content]
        for name, content in before.items()
        if olds[content] == 1 and news[content] == 1
    }


def _content(tree: Tree, name: str) -> Hashable:
    """What a thing is besides its name; a name alone is nothing, and is never the same."""
    return ("name", name) if isinstance(tree, Leaf) and tree.canon == name else canon(tree)


def _alike(gone: dict[str, Tree], come: dict[str, Tree]) -> dict[str, str]:
    """The steps that are each other's only best match, and call the same."""
    if len(gone) * len(come) > _MOST_PAIRS:
        return {}
    before = {name: _facts(tree) for name, tree in gone.items()}
    after = {name: _facts(tree) for name, tree in come.items()}
    forth = {name: _best(facts, after) for name, facts in before.items()}
    back = {name: _best(facts, before) for name, facts in after.items()}
    return {old: new for old, new in forth.items() if new and back[new] == old}


_MOST_PAIRS = 250_000


def _best(facts: frozenset[Hashable], others: dict[str, frozenset[Hashable]]) -> str:
    """The name of the only one that is most alike, and alike enough."""
    likeness = {name: _likeness(facts, other) for name, other in others.items()}
    most = max(likeness.values(), default=0.0)
    best = [name for name, found in likeness.items() if found == most]
    return best[0] if most >= _ENOUGH and len(best) == 1 else ""


def _likeness(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    calls = [{fact for fact in facts if _is_call(fact)} for facts in (one, other)]
    if not calls[0] or calls[0] != calls[1]:
        return 0.0
    return len(one & other) / len(one | other)


def _is_call(fact: Hashable) -> bool:
    return isinstance(fact, tuple) and fact[0] in (("uses",), ("steps",))


def _facts(tree: Tree) -> frozenset[Hashable]:
    return frozenset(
        (path, leaf.canon) for path, leaf in leaves(tree) if path[0] not in _TELLS_LITTLE
    )
