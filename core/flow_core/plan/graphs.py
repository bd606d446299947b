"""Graphs of a plan: what waits for what, by position."""

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain

from msgspec.structs import replace

from flow_core.model.pipeline import Status
from flow_core.plan.plan import Dependency, GraphPlan, StepPlan

Edges = Mapping[str, Mapping[str, tuple[Status, ...]]]
"""``edges[step][target]`` are the statuses that a step asks for."""


def make_graph(steps: Sequence[StepPlan], edges: Edges, finals: int | None = None) -> GraphPlan:
    """The graph of steps; those from position ``finals`` on are the steps of ``finally``."""
    finals = len(steps) if finals is None else finals
    names = {step.name: position for position, step in enumerate(steps)}
    asked = [_asked(edges.get(step.name, {}), names) for step in steps]
    waiting = [
        tuple(d for d in found if (d.step < finals) == (position < finals))
        for position, found in enumerate(asked)
    ]
    dependents = _dependents(waiting)
    order = _order(waiting, dependents)
    accepting = ["failed" in {*chain(*edges.get(s.name, {}).values())} for s in steps]
    tolerant = _tolerant(accepting, waiting, order)
    placed = tuple(
        replace(
            step,
            dependencies=waiting[position],
            outer=tuple(d for d in asked[position] if d not in waiting[position]),
            tolerant=tolerant[position],
        )
        for position, step in enumerate(steps)
    )
    return GraphPlan(placed, names, dependents, order, finals)


def _asked(
    edges: Mapping[str, tuple[Status, ...]], names: Mapping[str, int]
) -> tuple[Dependency, ...]:
    return tuple(Dependency(names[t], statuses) for t, statuses in edges.items() if t in names)


def _dependents(waiting: Sequence[tuple[Dependency, ...]]) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _ in waiting]
    for position, dependencies in enumerate(waiting):
        for dependency in dependencies:
            found[dependency.step].append(position)
    return tuple(map(tuple, found))


def _order(
    waiting: Sequence[tuple[Dependency, ...]], dependents: Sequence[Sequence[int]]
) -> tuple[int, ...]:
    """The order that always takes the first declared of the steps that could come next."""
    left = [len(dependencies) for dependencies in waiting]
    ready = [position for position, count in enumerate(left) if not count]
    heapify(ready)
    order: list[int] = []
    while ready:
        position = heappop(ready)
        order.append(position)
        for dependent in dependents[position]:
            left[dependent] -= 1
            if not left[dependent]:
                heappush(ready, dependent)
    return tuple(order)


def _tolerant(
    accepting: Sequence[bool], waiting: Sequence[tuple[Dependency, ...]], order: Sequence[int]
) -> list[bool]:
    """Which steps go on in a failing run (R-tolerant-1)."""
    found = list(accepting)
    for position in order:
        found[position] |= any(found[dependency.step] for dependency in waiting[position])
    return found
