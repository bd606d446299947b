"""The dependency graph of a pipeline: what waits for what, and on which condition.

Each group is a graph of its own among its own steps; since step names are unique in a file, one
`Graph` holds them all. A reference from inside a group to a step outside is a dependency of the
group's step.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from flow_core.analysis.cycles import Node
from flow_core.analysis.uses import Use
from flow_core.model.pipeline import SETTLED, Status
from flow_core.model.walk import StepInfo
from flow_core.places import Path, Place


class Edge(msgspec.Struct, frozen=True):
    """``step`` waits for ``target`` to settle, and needs it to be in one of ``statuses``."""

    step: str
    target: str
    statuses: tuple[Status, ...]
    explicit: bool
    places: tuple[Place, ...]


class Graph:
    """Edges between the steps of a file. `edges[step][target]`.

    The steps of `finally` wait for none of the others, but may ask in `depends_on` how those went:
    such an edge leads from one section to the other, and is no edge of `siblings`.
    """

    def __init__(self, infos: dict[str, StepInfo], uses: Iterable[Use]) -> None:
        self.infos = infos
        self.edges: dict[str, dict[str, Edge]] = {name: {} for name in infos}
        for use in uses:
            for step in self._waiting(use):
                self._join(Edge(step, use.target, use.statuses, use.explicit, (use.place,)))

    def _waiting(self, use: Use) -> list[str]:
        """The steps that wait because of a use: its own, and those around it at lower levels."""
        if use.step not in self.infos or not self.sees(use.place.path, use.target):
            return []
        chain = [use.step, *self.parents(use.step)]
        home = self.level(use.target)
        for index, step in enumerate(chain):
            if self.level(step) == home:
                return chain[: index + 1]
        return chain if use.explicit else []

    def _join(self, edge: Edge) -> None:
        known = self.edges[edge.step].get(edge.target)
        self.edges[edge.step][edge.target] = _joined(known, edge) if known else edge

    def level(self, step: str) -> Path:
        """Which graph a step belongs to: the path of the mapping that it is an entry of."""
        return self.infos[step].step.path[:-1]

    def sees(self, path: Path, target: str) -> bool:
        """Whether what stands at a path can name a step.

        It sees the steps beside it and around it, but for those whose groups it is in. The outputs
        of a group see its steps, `finally` sees all that are in no group.
        """
        if target not in self.infos:
            return False
        step = self.infos[target].step.path
        *around, section = step[:-1]
        seen = path[: len(step) - 1] in (step[:-1], (*around, "outputs"))
        if not around:
            seen = section == "steps" or path[0] == section
        return seen and not _is_in_group(path, step)

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
        return tuple(dependencies_first(self.siblings))

    @cached_property
    def dependents(self) -> dict[str, list[str]]:
        """For each step the steps of its level that wait for it."""
        found: dict[str, list[str]] = {name: [] for name in self.infos}
        for name, targets in self.siblings.items():
            for target in targets:
                found[target].append(name)
        return found


def dependencies_first(graph: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """The nodes, each after its targets, as far as cycles allow."""
    done: list[Node] = []
    entered: set[Node] = set()
    for root, first in graph.items():
        stack = [] if root in entered else [(root, iter(first))]
        entered.add(root)
        while stack:
            node, targets = stack[-1]
            target = next((t for t in targets if t not in entered), None)
            if target is None:
                done.append(node)
                stack.pop()
            else:
                entered.add(target)
                stack.append((target, iter(graph[target])))
    return done


def _is_in_group(path: Path, step: Path) -> bool:
    """Whether a path leads into a group of the step at another: to its steps or outputs."""
    if path[: len(step)] != step:
        return False
    to_calls = ("switch", "catch", "compensate")
    rest = (part for part in path[len(step) :] if isinstance(part, str) and part not in to_calls)
    return next(rest, "") in ("steps", "outputs")


def _joined(known: Edge, edge: Edge) -> Edge:
    """Implied conditions intersect; an explicit one wins."""
    places = (*known.places, *edge.places)
    if known.explicit or edge.explicit:
        return msgspec.structs.replace(known if known.explicit else edge, places=places)
    common = tuple(s for s in SETTLED if s in known.statuses and s in edge.statuses)
    return msgspec.structs.replace(known, statuses=common, places=places)
