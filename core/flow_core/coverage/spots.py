"""The places of a plan that calls are made at: steps, handlers and compensations of one file."""

from collections.abc import Iterator

import msgspec

from flow_core.places import Path
from flow_core.plan import plan as p
from flow_core.plan.find import attempted


class Spot(msgspec.Struct, frozen=True):
    """A step, or a handler or compensation of it; ``handler`` is None for the step itself.

    ``name`` is unique in the file (`charge!catch[0]`), ``path`` has the groups around it too.
    ``place`` is its path in the document. ``graph`` is the one that the step is in; ``final``
    tells a step of the `finally` of a file; ``undone`` is the call that a compensation undoes.
    """

    name: str
    path: str
    place: Path
    step: p.StepPlan
    graph: p.GraphPlan
    handler: p.HandlerPlan | None = None
    final: bool = False
    undone: p.CallPlan | None = None

    @property
    def call(self) -> p.CallPlan:
        """What is called, as it is written."""
        return self.handler.call if self.handler else self.step.call

    @property
    def undo(self) -> p.HandlerPlan | None:
        """The compensation of what is called."""
        return self.handler.compensate if self.handler else self.step.compensate

    @property
    def undoes(self) -> bool:
        """Whether it is a compensation."""
        return self.undone is not None

    def part(self, name: str, place: Path, handler: p.HandlerPlan) -> "Spot":
        """A handler or compensation of it."""
        return msgspec.structs.replace(
            self,
            name=f"{self.name}!{name}",
            path=f"{self.path}!{name}",
            place=(*self.place, *place),
            handler=handler,
            undone=self.call if name == "compensate" else None,
        )


def spot_of(graph: p.GraphPlan, position: int, prefix: str) -> Spot:
    """The spot of a step; ``prefix`` are the groups around it."""
    step, final = graph.steps[position], position >= graph.finals
    return Spot(step.name, prefix + step.name, step.path, step, graph, None, final)


def spots(graph: p.GraphPlan, prefix: str = "") -> Iterator[Spot]:
    """The spots of a file's steps, those of groups included, not those of sub-pipelines."""
    for position in range(len(graph.steps)):
        yield from _around(spot_of(graph, position, prefix))


def _around(spot: Spot) -> Iterator[Spot]:
    """A spot, what is inside of it, and its handlers and compensation."""
    yield spot
    for call in attempted(spot.call):
        if isinstance(call, p.GroupCall):
            yield from spots(call.graph, f"{spot.path}/")
    if spot.handler is None:
        for index, handler in enumerate(spot.step.catch):
            yield from _around(spot.part(f"catch[{index}]", ("catch", index), handler))
    if spot.undo is not None and not spot.undoes:
        yield from _around(spot.part("compensate", ("compensate",), spot.undo))


class Option(msgspec.Struct, frozen=True):
    """A branch of a switch: its name (`switch[1]`, `switch[0].switch[1]`) and that of its switch.

    ``last`` tells that after it no other is tried.
    """

    name: str
    switch: str
    place: Path
    branch: p.BranchPlan
    last: bool


def options(call: p.CallPlan, name: str = "") -> Iterator[Option]:
    """The branches of a switch, and of switches in it."""
    if not isinstance(call, p.Choice):
        return
    for index, branch in enumerate(call.branches):
        own = f"{name}switch[{index}]"
        place = (*call.path, "switch", index)
        yield Option(own, f"{name}switch", place, branch, index == len(call.branches) - 1)
        yield from options(branch.call, f"{own}.")


def pipelines(plan: p.PipelinePlan) -> dict[str, list[p.PipelinePlan]]:
    """The plans of a plan and of all pipelines that it calls, by their files.

    A file has several where a scenario mocks something inside of it.
    """
    found: dict[str, list[p.PipelinePlan]] = {}
    todo = [plan]
    while todo:
        one = todo.pop()
        known = found.setdefault(one.file, [])
        if not any(one is other for other in known):
            known.append(one)
            todo += _called(one)
    return found


def _called(plan: p.PipelinePlan) -> list[p.PipelinePlan]:
    return [
        call.pipeline
        for spot in spots(plan.graph)
        for call in attempted(spot.call)
        if isinstance(call, p.SubPipeline)
    ]


def breakers(plan: p.PipelinePlan) -> dict[str, list[tuple[Spot, p.BreakerPlan, str]]]:
    """The breakers that a file's calls meet, by key: where, and the name of the component there."""
    found: dict[str, list[tuple[Spot, p.BreakerPlan, str]]] = {}
    for spot in spots(plan.graph):
        for call in attempted(spot.call):
            if not isinstance(call, p.GroupCall) and call.breaker is not None:
                met = (spot, call.breaker, call.target.name)
                found.setdefault(call.breaker.key, []).append(met)
    return found
