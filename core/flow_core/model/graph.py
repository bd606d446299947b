"""The dependency graph of a pipeline: what waits for what, and on which condition.

Each group is a graph of its own among its own steps; since step names are unique in a file, one
`Graph` holds them all. A reference from inside a group to a step outside is a dependency of the
group's step.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from flow_core.model.pipeline import SETTLED, Status
from flow_core.model.walk import Section, StepInfo
from flow_core.places import Path, Place


class Use(msgspec.Struct, frozen=True):
    """A reference to a step from a site: which statuses it implies, and where it stands."""

    step: str
    target: str
    statuses: tuple[Status, ...]
    place: Place


class Edge(msgspec.Struct, frozen=True):
    """``step`` waits for ``target`` to settle, and needs it to be in one of ``statuses``."""

    step: str
    target: str
    statuses: tuple[Status, ...]
    explicit: bool
    places: tuple[Place, ...]


class Graph:
    """Edges between the steps of a file. `edges[step][target]`."""

    def __init__(self, infos: dict[str, StepInfo], uses: Iterable[Use]) -> None:
        self.infos = infos
        self.edges: dict[str, dict[str, Edge]] = {name: {} for name in infos}
        for info in infos.values():
            for target, statuses in info.step.depends_on.items():
                self._add(_explicit(info, target, statuses))
        for use in uses:
            self._add(Edge(use.step, use.target, use.statuses, explicit=False, places=(use.place,)))

    def _add(self, edge: Edge) -> None:
        """Add an edge of a step, and of each step around it up to the target's own level."""
        for step in self._up_to_level_of(edge.target, edge.step):
            self._join(msgspec.structs.replace(edge, step=step))

    def _up_to_level_of(self, target: str, step: str) -> list[str]:
        """A step and those around it, up to the one beside ``target``; empty if there is none."""
        if target not in self.infos:
            return []
        level = self.level(target)
        chain = [step, *self.parents(step)]
        for index, found in enumerate(chain):
            if self.level(found) == level:
                return chain[: index + 1]
        return []

    def level(self, step: str) -> tuple[str, Section]:
        """Which graph a step belongs to: the step of its group, and the section."""
        return self.infos[step].parent, self.infos[step].section

    def _join(self, edge: Edge) -> None:
        known = self.edges[edge.step].get(edge.target)
        self.edges[edge.step][edge.target] = _joined(known, edge) if known else edge

    def visible(self, context: str, section: Section, target: str) -> bool:
        """Whether a site of step ``context`` (``""``: of the pipeline) sees a step's outputs."""
        parent, home = self.level(target)
        if home != section:
            return home == "steps" and not parent
        return not parent or (context != "" and parent in (context, *self.parents(context)))

    def parents(self, step: str) -> Iterator[str]:
        """The steps whose groups hold a step, the nearest first."""
        while step := self.infos[step].parent:
            yield step

    @cached_property
    def siblings(self) -> dict[str, list[str]]:
        """For each step the targets at its own level: the edges that order its graph."""
        return {
            name: [target for target in edges if self.level(target) == self.level(name)]
            for name, edges in self.edges.items()
        }

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All steps, dependencies first; ties, and cycles, by declaration."""
        done: dict[str, None] = {}
        entered: set[str] = set()
        for name in self.infos:
            stack = [name]
            while stack:
                top = stack[-1]
                waiting = [t for t in self.siblings[top] if t not in done and t not in entered]
                if top in done or (top in entered and not waiting):
                    done[stack.pop()] = None
                else:
                    entered.add(top)
                    stack.extend(reversed(waiting))
        return tuple(done)

    @cached_property
    def ancestors(self) -> "Reach":
        """What each step waits for, directly or not."""
        return Reach(self.siblings)

    @cached_property
    def dependents(self) -> dict[str, list[str]]:
        """For each step the steps of its level that wait for it."""
        found: dict[str, list[str]] = {name: [] for name in self.infos}
        for name, targets in self.siblings.items():
            for target in targets:
                found[target].append(name)
        return found


class Reach:
    """The transitive closure of a relation, computed for one node at a time and remembered."""

    def __init__(self, relation: dict[str, list[str]]) -> None:
        self._relation = relation
        self._known: dict[str, frozenset[str]] = {}

    def __getitem__(self, name: str) -> frozenset[str]:
        if name not in self._known:
            self._known[name] = frozenset(self._search(name))
        return self._known[name]

    def _search(self, name: str) -> set[str]:
        found: set[str] = set()
        pending = list(self._relation.get(name, ()))
        while pending:
            if (step := pending.pop()) not in found:
                found.add(step)
                pending.extend(self._relation.get(step, ()))
        return found


def _explicit(info: StepInfo, target: str, statuses: tuple[Status, ...]) -> Edge:
    path: Path = (*info.step.path, "depends_on", target)
    return Edge(info.step.name, target, statuses, explicit=True, places=(Place(path),))


def _joined(known: Edge, edge: Edge) -> Edge:
    """Implied conditions intersect; an explicit one wins."""
    places = (*known.places, *edge.places)
    if known.explicit or edge.explicit:
        return msgspec.structs.replace(known if known.explicit else edge, places=places)
    common = tuple(s for s in SETTLED if s in known.statuses and s in edge.statuses)
    return msgspec.structs.replace(known, statuses=common, places=places)
