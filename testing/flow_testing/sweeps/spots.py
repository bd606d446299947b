"""Where the paths of a run stand in files, and what waits for what."""

from collections.abc import Iterator

import msgspec

from flow_core.places import Path, Place
from flow_core.plan.find import attempted, siblings, without_indices
from flow_core.plan.plan import (
    Attempted,
    CallPlan,
    GraphPlan,
    GroupCall,
    HandlerPlan,
    Leaf,
    PipelinePlan,
    StepPlan,
    SubPipeline,
)


class Spot(msgspec.Struct, frozen=True):
    """A call of a plan: of a step, a handler or a compensation.

    ``path`` is its step path without indices, ``file`` the file that it stands in, ``at`` its path
    there; ``handler`` is what makes it unless it is the step's own, ``role`` then says which:
    ``catch[0]``. ``final`` tells a step of ``finally``.
    """

    path: str
    file: str
    at: Path
    step: StepPlan
    calls: tuple[Attempted, ...]
    handler: HandlerPlan | None = None
    role: str = ""
    final: bool = False

    @property
    def place(self) -> Place:
        """Where it stands, to be named in a finding."""
        return Place(self.at, "key", file=self.file)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Its leaf calls: one, or those of a switch."""
        return tuple(call for call in self.calls if isinstance(call, Leaf))

    @property
    def has_effect(self) -> bool:
        """Whether it does something, rather than wait for somebody."""
        return any(leaf.target.effect and not leaf.waits for leaf in self.leaves)


def spots(plan: PipelinePlan) -> dict[str, Spot]:
    """Everything in a plan that may be called, by its path without indices."""
    return {spot.path: spot for spot in _graph(plan.graph, "", plan.file)}


def _graph(graph: GraphPlan, prefix: str, file: str) -> Iterator[Spot]:
    for position, step in enumerate(graph.steps):
        path = prefix + step.name
        own = Spot(path, file, step.path, step, (), final=position >= graph.finals)
        yield from _call(step.call, own)
        for index, handler in enumerate(step.catch):
            yield from _handler(handler, own, f"catch[{index}]", ("catch", index))
        if step.compensate is not None:
            yield from _handler(step.compensate, own, "compensate", ("compensate",))


def _handler(handler: HandlerPlan, of: Spot, role: str, key: Path) -> Iterator[Spot]:
    """A handler or compensation of a spot, and what that has of its own."""
    spot = msgspec.structs.replace(
        of, path=f"{of.path}!{role}", at=(*of.at, *key), handler=handler, role=role
    )
    yield from _call(handler.call, spot)
    if handler.compensate is not None:
        yield from _handler(handler.compensate, spot, "compensate", ("compensate",))


def _call(call: CallPlan, spot: Spot) -> Iterator[Spot]:
    calls = tuple(attempted(call))
    yield msgspec.structs.replace(spot, calls=calls)
    for each in calls:
        if isinstance(each, GroupCall):
            yield from _graph(each.graph, f"{spot.path}/", spot.file)
        elif isinstance(each, SubPipeline):
            yield from _graph(each.pipeline.graph, f"{spot.path}/", each.pipeline.file)


def step_path(path: str) -> str:
    """The path of the step that a path belongs to: without indices, handler or compensation.

    >>> step_path("orders[2]/ship!catch[0]/tell[1]")
    'orders/ship!catch[0]/tell'
    >>> step_path("ship[1]!compensate")
    'ship'
    """
    around, slash, last = without_indices(path).rpartition("/")
    return around + slash + last.partition("!")[0]


class Order:
    """What waits for what in a plan."""

    def __init__(self, plan: PipelinePlan) -> None:
        self._plan = plan
        self._known: dict[str, frozenset[str]] = {}

    def is_between(self, one: str, other: str) -> bool:
        """Whether one of two paths waits for the other, or for something that does."""
        return self.is_after(one, other) or self.is_after(other, one) or _same(one, other)

    def is_after(self, later: str, earlier: str) -> bool:
        """Whether the step of a path waits for that of another, directly or not."""
        second, first = _parting(step_path(later), step_path(earlier))
        return first in self.above(second)

    def above(self, path: str) -> frozenset[str]:
        """The steps beside the step at a path that it waits for, directly or not."""
        if path not in self._known:
            self._known[path] = frozenset(self._above(path))
        return self._known[path]

    def _above(self, path: str) -> Iterator[str]:
        beside = siblings(self._plan, path)
        around, slash, name = path.rpartition("/")
        found: set[str] = set()
        todo = [step for step in beside if step.name == name]
        while todo:
            for dependency in todo.pop().dependencies:
                other = beside[dependency.step]
                if other.name not in found:
                    found.add(other.name)
                    todo.append(other)
                    yield around + slash + other.name


def _same(one: str, other: str) -> bool:
    first, second = _parting(step_path(one), step_path(other))
    return first == second


def _parting(one: str, other: str) -> tuple[str, str]:
    """The steps of one graph that hold two paths, or are them."""
    firsts, seconds = one.split("/"), other.split("/")
    depth = 0
    while depth < min(len(firsts), len(seconds)) - 1 and firsts[depth] == seconds[depth]:
        depth += 1
    around = "".join(f"{segment}/" for segment in firsts[:depth])
    return around + _name(firsts[depth]), around + _name(seconds[depth])


def _name(segment: str) -> str:
    return segment.partition("!")[0]
