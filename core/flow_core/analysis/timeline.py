"""What certainly comes before what in a run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from flow_core.analysis.cycles import components
from flow_core.analysis.graph import Graph, dependencies_first

if TYPE_CHECKING:
    from flow_core.places import Path

Instant: TypeAlias = int
"""The start or the end of a step or of a level of steps; those of one cycle are one instant."""

Relation: TypeAlias = tuple[int, int]
"""Two bit sets of instants: those before another, and those after it."""


class Timeline:
    """The instants of a run, in an order in which each comes after all that certainly precede it.

    A step ends after it starts, and starts after the ends of what it waits for. The steps of a
    group run while the group's step does. Of several groups of one step, in branches of a switch
    and in handlers, no two run at the same time: they count as one after the other. `finally`
    follows `steps` in the same way.
    """

    def __init__(self, graph: Graph) -> None:
        levels = dict.fromkeys([("steps",), *(graph.level(name) for name in graph.infos)])
        self._index = {key: 2 * index for index, key in enumerate((*graph.infos, *levels))}
        before = self._precedence(graph)
        self._one = {node: min(cycle) for cycle in components(before) for node in cycle}
        self._before: dict[Instant, list[Instant]] = {self._of(node): [] for node in before}
        self._after: dict[Instant, list[Instant]] = {node: [] for node in self._before}
        for node, earlier in before.items():
            for other in earlier:
                self._link(self._of(other), self._of(node))
        order = dependencies_first(self._before)
        self.position = {instant: index for index, instant in enumerate(order)}
        """Where each instant stands in the order; the keys are in that order."""

    def _of(self, node: int) -> Instant:
        return self._one.get(node, node)

    def _link(self, earlier: Instant, later: Instant) -> None:
        if earlier != later:
            self._before[later].append(earlier)
            self._after[earlier].append(later)

    def _precedence(self, graph: Graph) -> Mapping[int, list[int]]:
        """What directly precedes each start (even) and each end (odd)."""
        at = self._index
        found: dict[int, list[int]] = {node: [] for n in at.values() for node in (n, n + 1)}
        last: dict[str, Path] = {"": ("steps",)}
        for name, info in graph.infos.items():
            level = graph.level(name)
            if (previous := last.get(info.parent)) != level:
                found[at[level]].append(at[previous] + 1 if previous else at[info.parent])
                last[info.parent] = level
            found[at[name]] = [at[level], *(at[target] + 1 for target in graph.siblings[name])]
            found[at[name] + 1].append(at[name])
            found[at[level] + 1].append(at[name] + 1)
        for parent, level in last.items():
            if parent:
                found[at[parent] + 1].append(at[level] + 1)
        return found

    @property
    def closing(self) -> Instant:
        """When all steps have ended, and the outputs of the pipeline are evaluated."""
        return self._of(self._index["steps",] + 1)

    def start(self, step: str) -> Instant:
        """When a step starts."""
        return self._of(self._index[step])

    def end(self, step: str) -> Instant:
        """When a step has ended."""
        return self._of(self._index[step] + 1)

    def earlier(self, instant: Instant, since: int = 0) -> set[Instant]:
        """An instant and all that certainly precede it, as far back as a position."""
        return self._search(instant, self._before, since, self.position[instant])

    def later(self, instant: Instant, until: int | None = None) -> set[Instant]:
        """An instant and all that certainly follow it, as far as a position."""
        last = len(self.position) if until is None else until
        return self._search(instant, self._after, self.position[instant], last)

    def order_to(self, some: Sequence[Instant], others: Iterable[Instant]) -> Iterator[Relation]:
        """For each of the others which of some instants certainly precede and follow it.

        Both are bit sets: bit ``i`` stands for ``some[i]``. One pass over all instants each.
        """
        own: dict[Instant, int] = {}
        for index, instant in enumerate(some):
            own[instant] = own.get(instant, 0) | 1 << index
        before = self._gather(own, self._before, self.position)
        after = self._gather(own, self._after, reversed(self.position))
        for other in others:
            yield before[other], after[other]

    def _gather(
        self,
        own: dict[Instant, int],
        relation: dict[Instant, list[Instant]],
        order: Iterable[Instant],
    ) -> dict[Instant, int]:
        found: dict[Instant, int] = {}
        for instant in order:
            bits = own.get(instant, 0)
            for other in relation[instant]:
                bits |= found[other]
            found[instant] = bits
        return found

    def _search(
        self, instant: Instant, relation: dict[Instant, list[Instant]], first: int, last: int
    ) -> set[Instant]:
        found = {instant}
        pending = [instant]
        while pending:
            for other in relation[pending.pop()]:
                if other not in found and first <= self.position[other] <= last:
                    found.add(other)
                    pending.append(other)
        return found
