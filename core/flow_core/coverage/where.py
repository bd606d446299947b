"""From the path of something that happened to the spot of the plan where it did."""

import re
from collections.abc import Mapping

import msgspec

from flow_core.coverage.spots import Spot, spot_of
from flow_core.plan import plan as p

_HANDLER = re.compile(r"catch\[(\d+)\]")


class Where(msgspec.Struct, frozen=True):
    """A spot, the pipeline that it is in, and the call that was made there; None if none was."""

    pipeline: p.PipelinePlan
    spot: Spot
    call: p.Attempted | None


class _Level(msgspec.Struct, frozen=True):
    """The steps among which a name is looked for; ``prefix`` are the groups around them."""

    pipeline: p.PipelinePlan
    graph: p.GraphPlan
    prefix: str = ""


def find(plan: p.PipelinePlan, path: str, chosen: Mapping[str, tuple[int, ...]]) -> Where | None:
    """Where a step path leads in a plan, None where there is nothing.

    ``chosen`` are the branches of switches that were taken, by path.
    """
    level: _Level | None = _Level(plan, plan.graph)
    found: Where | None = None
    walked = ""
    for segment in path.split("/"):
        walked += segment
        spot = None if level is None else _spot(level, segment)
        if level is None or spot is None:
            return None
        found = Where(level.pipeline, spot, _chosen(spot.call, chosen.get(walked, ())))
        level = _inside(found)
        walked += "/"
    return found


def _spot(level: _Level, segment: str) -> Spot | None:
    """The spot that the last part of a path names."""
    name, *parts = segment.split("!")
    name = name.partition("[")[0]
    position = level.graph.names.get(name)
    if position is None:
        return None
    spot: Spot | None = spot_of(level.graph, position, level.prefix)
    for part in parts:
        spot = _part(spot, part) if spot is not None else None
    return spot


def _part(spot: Spot, part: str) -> Spot | None:
    """A handler or the compensation of a spot."""
    match = _HANDLER.fullmatch(part)
    if match is None:
        undo = spot.undo
        return None if undo is None else spot.part("compensate", ("compensate",), undo)
    index = int(match[1])
    if index >= len(spot.step.catch):
        return None
    return spot.part(part, ("catch", index), spot.step.catch[index])


def _chosen(call: p.CallPlan, chosen: tuple[int, ...]) -> p.Attempted | None:
    """The call behind the branches that were taken."""
    for index in chosen:
        if isinstance(call, p.Choice):
            call = call.branches[index].call
    return call if isinstance(call, p.Leaf | p.SubPipeline | p.GroupCall) else None


def _inside(where: Where) -> _Level | None:
    """The steps that the call at a place makes."""
    match where.call:
        case p.GroupCall(graph=graph):
            return _Level(where.pipeline, graph, f"{where.spot.path}/")
        case p.SubPipeline(pipeline=pipeline):
            return _Level(pipeline, pipeline.graph)
        case _:
            return None
