"""The border around some steps: what they read of the rest of the file, and the rest of them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from flow_core.analysis.uses import Mention
from flow_core.expr.references import NamePath
from flow_core.ide.actions.selection import Selection
from flow_core.model.pipeline import Status, Step
from flow_core.places import Path

_LOCAL = ("item", "index", "iteration", "previous", "outputs", "error", "attempt")


class Border(msgspec.Struct, frozen=True, dict=True):
    """What crosses it. Keys at the paths ``left`` stay outside, at the step that comes instead."""

    selection: Selection
    left: tuple[Path, ...] = ()

    def stays(self, path: Path) -> bool:
        """Whether what stands at a path is in a key that stays outside."""
        return any(path[: len(key)] == key for key in self.left)

    def holds(self, path: Path) -> bool:
        """Whether what stands at a path is inside."""
        return self.selection.holds(path) and not self.stays(path)

    @cached_property
    def _mentions(self) -> tuple[list[Mention], list[Mention]]:
        inside: list[Mention] = []
        outside: list[Mention] = []
        for mention in self.selection.module.mentions:
            (inside if self.holds(mention.site.path) else outside).append(mention)
        return inside, outside

    @cached_property
    def reads(self) -> tuple[Mention, ...]:
        """The references from inside to what is outside; secrets are everywhere the same."""
        return tuple(filter(self._is_outside, self._mentions[0]))

    @cached_property
    def given(self) -> tuple[Mention, ...]:
        """The references from outside to the steps inside."""
        return tuple(m for m in self._mentions[1] if m.path[0] == "steps" and self._is_one_of(m))

    @property
    def inside(self) -> list[Mention]:
        """All references inside."""
        return self._mentions[0]

    @property
    def outside(self) -> list[Mention]:
        """All references outside."""
        return self._mentions[1]

    def _is_one_of(self, mention: Mention) -> bool:
        return len(mention.path) > 1 and mention.path[1] in self.selection.names

    def _is_outside(self, mention: Mention) -> bool:
        variable = mention.path[0]
        if variable == "steps":
            return len(mention.path) == 1 or not self.selection.holds_step(mention.path[1])
        if variable in _LOCAL:
            return not self._is_own(mention)
        if mention.path == ("run", "scheduled_at"):
            return False  # a sub-pipeline has its caller's
        return variable in ("inputs", "run", "state")

    def _is_own(self, mention: Mention) -> bool:
        """Whether a name that some key brings into scope is brought by one inside."""
        context, variable = mention.site.context, mention.path[0]
        match variable:
            case "item" | "index":
                return self.selection.holds_step(context.item)
            case "iteration" | "previous":
                return self.selection.holds_step(context.loop)
            case "outputs":
                return context.outputs is not None and self.selection.holds(context.outputs)
            case _:
                below = mention.site.path[len(self.selection.level) + 1 :]
                return "catch" in below or "retry" in below

    # Waiting

    @cached_property
    def waits(self) -> dict[str, dict[str, tuple[Status, ...]]]:
        """For each step outside that some inside wait for: which do, for which statuses."""
        found: dict[str, dict[str, tuple[Status, ...]]] = {}
        for name in self.selection.names:
            for target, edge in self._edges(name).items():
                if target not in self.selection.names:
                    found.setdefault(target, {})[name] = edge
        return found

    @cached_property
    def waited_for(self) -> dict[str, dict[str, tuple[Status, ...]]]:
        """For each step inside that some outside wait for: which do, for which statuses."""
        found: dict[str, dict[str, tuple[Status, ...]]] = {}
        for name in self.selection.graph.infos:
            if not self.selection.holds_step(name):
                for target, statuses in self._edges(name).items():
                    if target in self.selection.names:
                        found.setdefault(target, {})[name] = statuses
        return found

    def _edges(self, name: str) -> Mapping[str, tuple[Status, ...]]:
        edges = self.selection.graph.edges[name]
        return {target: edge.statuses for target, edge in edges.items()}

    @cached_property
    def between(self) -> str:
        """A step outside that waits for one inside and for which another one inside waits."""
        graph, names = self.selection.graph, self.selection.names
        before = reached(graph.siblings, names) - set(names)
        return next((name for name in before if set(graph.siblings[name]) & set(names)), "")

    def follows(self, target: str) -> bool:
        """Whether every step inside certainly waits for one outside, through others inside too."""
        waiting: set[str] = set()
        for name in self._in_order():
            edges = self._edges(name)
            through = any(edges.get(other) == ("succeeded",) for other in waiting)
            if target in edges or through:
                waiting.add(name)
        return waiting == set(self.selection.names)

    def certainly_after(self, first: str) -> bool:
        """Whether every other step inside runs only if one inside succeeds."""
        after = {first}
        for name in self._in_order():
            edges = self._edges(name)
            if any(edges.get(other) == ("succeeded",) for other in after):
                after.add(name)
        return after == set(self.selection.names)

    @cached_property
    def skipped(self) -> frozenset[str]:
        """The steps inside that may be skipped for a reason inside."""
        found: set[str] = set()
        for name in self._in_order():
            step = self.selection.graph.infos[name].step
            edges = self._edges(name)
            waits_in_vain = any(
                (other in found and "skipped" not in statuses) or "succeeded" not in statuses
                for other, statuses in edges.items()
                if other in self.selection.names
            )
            if waits_in_vain or self._skips_itself(step):
                found.add(name)
        return frozenset(found)

    def _skips_itself(self, step: Step) -> bool:
        conditional = step.when is not None and (*step.path, "when") not in self.left
        outcomes = self.selection.module.outcomes
        return conditional or (step.for_each is None and outcomes.skips_activation(step))

    def _in_order(self) -> Iterator[str]:
        return (name for name in self.selection.graph.order if name in self.selection.names)


def port_of(path: NamePath) -> NamePath:
    """The part of a path that is handed over as one value; empty where none can be.

    >>> port_of(("inputs", "order", "total")), port_of(("steps", "a", "outputs", "b", "c"))
    (('inputs', 'order'), ('steps', 'a', 'outputs', 'b'))
    """
    match path:
        case ("steps", _, "outputs", *_):
            return path[:4]
        case ("steps", _, _, *_):
            return path[:3]
        case ("inputs" | "run", _, *_):
            return path[:2]
        case ("steps" | "inputs" | "run" | "state", *_):
            return ()
        case _:
            return path[:1]


def reached(graph: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    """All that can be reached along a graph's edges."""
    waiting = list(starts)
    found = set(waiting)
    while waiting:
        fresh = [target for target in graph[waiting.pop()] if target not in found]
        found.update(fresh)
        waiting += fresh
    return found


def border_of(selection: Selection, *, of_file: bool = False) -> Border:
    """The border around some steps; what decides about all of them stays outside.

    That is a `when` whose step all the others need; for a file of its own also the `set` of a
    single step, where it is evaluated once, for state is of one file.
    """
    border = Border(selection)
    steps = list(selection.steps)
    left = [(*s.path, "when") for s in steps if s.when and border.certainly_after(s.name)]
    (first, *others) = steps
    once = first.for_each is None and first.repeat is None
    if of_file and first.set and once and not others:
        left.append((*first.path, "set"))
    return Border(selection, tuple(left))
