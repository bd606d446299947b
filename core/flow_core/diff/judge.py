"""From a difference to a change: its class, and why."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from flow_core.components.signature import Port
from flow_core.diff.approvals import approves, has_approval
from flow_core.diff.change import Change, Kind
from flow_core.diff.elsewhere import callers_of
from flow_core.diff.inheriting import inheriting
from flow_core.diff.names import Names
from flow_core.diff.rules import rule_for
from flow_core.diff.tree import Tree
from flow_core.diff.type_judge import Use, Verdict, judge_type, show_types
from flow_core.diff.type_uses import TypeUses
from flow_core.diff.walk import Difference
from flow_core.places import Path, Place, show_path
from flow_core.types import fits
from flow_core.types.kinds import ANY, Type

if TYPE_CHECKING:
    from flow_core.module import Module


class Judge:
    """Judges the differences between two modules."""

    def __init__(
        self,
        versions: "tuple[Module, Module]",
        names: Names,
        callers: "Callable[[], Sequence[Module]]",
        fit: Callable[[], tuple[str, ...]],
    ) -> None:
        self._callers = callers
        old, new = versions
        self._old = old
        self._new = new
        self._names = names
        self._fit = fit
        self._uses = TypeUses(old), TypeUses(new)

    def change(self, found: Difference) -> Change:
        """The change that a difference is."""
        verdict, notes = self._verdict(found)
        before, after = _shown(found)
        return Change(
            impact=verdict.impact,
            kind=found.kind,
            subject=self.subject(found.path),
            before=before,
            after=after,
            why=verdict.why,
            old=_place(found.old),
            new=_place(found.new),
            notes=notes,
        )

    def renaming(self, root: str, old: str, new: str, trees: tuple[Tree, Tree]) -> Change:
        """The change that something goes by another name."""
        verdict = _ruled((root, new), "renamed")
        if root == "steps" and has_approval(trees[0]):
            verdict = Verdict("breaking", "who approves it answers to its old path")
        return Change(
            impact=verdict.impact,
            kind="renamed",
            subject=self.subject((root, new)),
            before=old,
            after=new,
            why=verdict.why,
            old=_place(trees[0]),
            new=_place(trees[1]),
        )

    def subject(self, path: Path) -> str:
        """A path as people write it; a step's leads through the groups that it is in."""
        match path:
            case ("calls" | "borrowed", str(name), *rest):
                return show_path((name.replace("#", ": types."), *rest))
            case ("outputs", name, "value"):
                return show_path(("outputs", name))
            case ("steps", str(name), *rest):
                info = self._new.steps.get(name) or self._old.steps.get(name)
                home = info.step.path if info else path[:2]
                return show_path(home if rest == ["place"] else (*home, *rest))
            case _:
                return show_path(path)

    # Verdicts

    def _verdict(self, found: Difference) -> tuple[Verdict, tuple[str, ...]]:
        match found.path:
            case ("calls", str(target), *_):
                return _ruled(found.path, found.kind), self._called_by(target)
            case ("borrowed", str(name)):
                return self._borrowed(found, name.rpartition("#")[2])
            case ("types", str(name)) if found.kind == "changed":
                return self._named_type(found, name)
            case (*_, "inputs", str(name), key) if key in ("type", "default"):
                return self._input(found, name)
            case (*_, "outputs", _, "type"):
                return self._softened(judge_type(*_types(found), "got"))
            case ("defaults", str(key), *_):
                return _ruled(found.path, found.kind), self._inheriting(key)
            case _:
                return self._plain(found), ()

    def _plain(self, found: Difference) -> Verdict:
        """What a change means by itself."""
        match found.path:
            case (*_, "inputs", _) if found.kind == "added":
                return _new_input(found.new)
            case ("version",) | ("components", _, "version"):
                return _version(found)
            case ("steps", _) if found.kind == "removed" and has_approval(found.old):
                return Verdict("breaking", "who approves it is refused")
            case ("steps", _, "place") if self._approves(found.path):
                return Verdict("breaking", "who approves it answers to its old path")
            case ("components", _, "inputs" | "outputs" | "errors" | "secrets", *_) as path:
                return _ruled(path[2:], found.kind)
            case path:
                return _ruled(path, found.kind)

    def _input(self, found: Difference, name: str) -> tuple[Verdict, tuple[str, ...]]:
        """Another type or default of an input."""
        if found.path[-1] == "type":
            if self._is_demanded(found.path, name):
                return Verdict("breaking", "callers have to give it now"), ()
            return self._softened(judge_type(*_types(found), "given"))
        if found.kind == "removed":
            return _lost_default(self._port(self._new, found.path, name)), ()
        return _ruled(("inputs", name, "default"), found.kind), ()

    def _called_by(self, target: str) -> tuple[str, ...]:
        steps = dict.fromkeys(callers_of(self._new, target))
        return tuple(f"called by `{self.subject(('steps', step))}`" for step in steps)

    def _named_type(self, found: Difference, name: str) -> tuple[Verdict, tuple[str, ...]]:
        own = {*self._uses[0].of(name), *self._uses[1].of(name)}
        return self._by_uses(found, own | set(self._uses_elsewhere(name)))

    def _uses_elsewhere(self, name: str) -> Iterator[tuple[str, Use]]:
        """Where files that import this one use a type of it."""
        for caller in self._callers():
            for subject, use in TypeUses(caller).of_other(self._new.file, name):
                yield f"{subject}` of `{PurePath(caller.file).name}", use

    def _borrowed(self, found: Difference, name: str) -> tuple[Verdict, tuple[str, ...]]:
        both = zip(self._uses, (found.old, found.new), strict=True)
        used = (uses.of_other(tree.file, name) for uses, tree in both if tree is not None)
        return self._by_uses(found, {each for each_side in used for each in each_side})

    def _by_uses(
        self, found: Difference, used: set[tuple[str, Use]]
    ) -> tuple[Verdict, tuple[str, ...]]:
        """A named type: what a change means for all that is of this type."""
        uses = sorted(used)
        ways: set[Use] = {use for _, use in uses} or {"given", "got"}
        verdicts = [judge_type(*_types(found), way) for way in sorted(ways)]
        worst = next((each for each in verdicts if each.impact == "breaking"), verdicts[0])
        if not uses:
            worst = msgspec.structs.replace(worst, why=f"for files that import it: {worst.why}")
        verdict, more = self._softened(worst)
        subjects = dict.fromkeys(subject for subject, _ in uses)
        return verdict, (*(f"used by `{subject}`" for subject in subjects), *more)

    def _softened(self, verdict: Verdict) -> tuple[Verdict, tuple[str, ...]]:
        """What breaks unknown callers, but still fits all that are known, only changes those."""
        fitting = self._fit() if verdict.mild else ()
        if not fitting:
            return verdict, ()
        why = f"it still fits where it is used; {verdict.why}"
        return Verdict("behaviour", why), tuple(f"it still fits in `{name}`" for name in fitting)

    def _is_demanded(self, path: Path, name: str) -> bool:
        """Whether an input that could be left out has to be given, because of its type alone."""
        old, new = self._port(self._old, path, name), self._port(self._new, path, name)
        if old is None or new is None or old.required or not new.required:
            return False
        return old.default is msgspec.UNSET and fits(old.type, new.type).verdict != "no"

    def _port(self, module: "Module", path: Path, name: str) -> Port | None:
        if path[0] == "components":
            signature = module.library.components.get(str(path[1]))
            return signature.inputs.get(name) if signature else None
        return module.pipeline.inputs.get(name)

    def _inheriting(self, key: str) -> tuple[str, ...]:
        """The steps that have a key from the defaults, in either version."""
        before = [self._names.new("steps", name) for name in inheriting(self._old, key)]
        names = dict.fromkeys([*before, *inheriting(self._new, key)])
        return tuple(f"in force for `{self.subject(('steps', name))}`" for name in names)

    def _approves(self, path: Path) -> bool:
        info = self._new.steps.get(str(path[1]))
        return info is not None and approves(info.step)


def _ruled(path: Path, kind: Kind) -> Verdict:
    rule = rule_for(path, kind)
    return Verdict(rule.impact, rule.why)


def _types(found: Difference) -> tuple[Type, Type]:
    """The two types of a difference; of one that is not there nothing is known."""
    return (found.old.raw if found.old else ANY), (found.new.raw if found.new else ANY)


def _new_input(tree: Tree | None) -> Verdict:
    port = tree.raw if tree else None
    if isinstance(port, Port) and port.required:
        return Verdict("breaking", "callers have to give it")
    return Verdict("behaviour", "callers may give one more input")


def _lost_default(port: Port | None) -> Verdict:
    if port is None or port.required:
        return Verdict("breaking", "callers have to give it now")
    return Verdict("behaviour", "runs that do not give it go otherwise")


def _version(found: Difference) -> Verdict:
    old, new = (tree.shown if tree else "" for tree in (found.old, found.new))
    if old and new and _series(old) != _series(new):
        return Verdict("breaking", f"callers that ask for `^{old}` no longer get it")
    return Verdict("cosmetic", "callers that ask for the old version get this one too")


def _series(version: str) -> tuple[str, ...]:
    """The part of a version that `^` holds on to."""
    parts = version.split(".")
    leading = next((i for i, part in enumerate(parts) if part.strip("0")), len(parts) - 1)
    return tuple(parts[: leading + 1])


def _shown(found: Difference) -> tuple[str, str]:
    old, new = found.old, found.new
    if old and new and (found.path[-1] == "type" or found.path[0] in ("types", "borrowed")):
        return show_types(old.raw, new.raw)
    return old.shown if old else "", new.shown if new else ""


def _place(tree: Tree | None) -> Place | None:
    return Place(tree.at, file=tree.file) if tree is not None else None
