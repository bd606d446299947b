"""State: which writes a place sees, and how they are folded (R-state-1 to R-state-6)."""

from collections.abc import Iterator
from typing import Any

import msgspec

from flow_core.diagnostics import Json
from flow_core.expr.errors import EvaluationError
from flow_core.expr.times import Duration
from flow_core.expr.unknown import is_unknown, unknown
from flow_core.expr.values import adopt, plain
from flow_core.kernel.board import Board
from flow_core.kernel.state import Activation, Scope, Step, Write
from flow_core.plan.plan import ChannelPlan, GraphPlan
from flow_core.types import Type

_MAX_INT = 2**63 - 1


def read_channel(
    board: Board, channel: ChannelPlan, scope: Scope, position: int, own: list[Write]
) -> Json:
    """The value of a channel for a step (-1: for the outputs of the scope)."""
    writes = [
        value for _, name, value in _visible(board, scope, position, own) if name == channel.name
    ]
    return fold(channel, writes)


def final_state(board: Board, scope: Scope) -> dict[str, Json]:
    """All channels of a pipeline when its run is over."""
    channels = board.pipeline(scope).channels
    everything = list(_of_graph(board, scope, None))
    return {
        name: fold(channel, [value for _, written, value in everything if written == name])
        for name, channel in channels.items()
    }


def _visible(board: Board, scope: Scope, position: int, own: list[Write]) -> Iterator[Write]:
    """The writes that a place sees, in the order in which they are folded."""
    if scope.group:
        outer = board.state.scopes[scope.site[0]]
        activation = board.state.activations.get(scope.owner)
        earlier = earlier_writes(activation) if activation else scope.earlier
        yield from _visible(board, outer, scope.site[1], earlier)
    graph = board.graph(scope)
    if position < 0:
        yield from _of_graph(board, scope, set(range(graph.finals)))
        return
    seen = _ancestors(board, graph, position)
    if position >= graph.finals:
        seen = seen | set(range(graph.finals))
    yield from _of_graph(board, scope, seen)
    yield from own


def _of_graph(board: Board, scope: Scope, seen: set[int] | None) -> Iterator[Write]:
    """The writes of some steps of a scope (None: of all)."""
    graph = board.graph(scope)
    finals = [p for p in graph.order if p >= graph.finals]
    for position in (*(p for p in graph.order if p < graph.finals), *finals):
        if seen is None or position in seen:
            yield from step_writes(scope.steps[position])


def earlier_writes(activation: Activation) -> list[Write]:
    """What an element has written in iterations before this one (R-state-2)."""
    return [write for write in activation.writes if write[0] < activation.iteration]


def step_writes(step: Step) -> Iterator[Write]:
    """What a step has written for others: by index, then iteration (R-state-4)."""
    if step.status == "succeeded":
        for index in sorted(step.writes):
            yield from step.writes[index]


def scope_writes(board: Board, scope: Scope) -> list[Write]:
    """What the steps of a group have written."""
    return list(_of_graph(board, scope, None))


def _ancestors(board: Board, graph: GraphPlan, position: int) -> set[int]:
    """The transitive dependencies of a step."""
    known = board.ancestors.get((id(graph), position))
    if known is None:
        known = set[int]()
        todo = [d.step for d in graph.steps[position].dependencies]
        while todo:
            step = todo.pop()
            if step not in known:
                known.add(step)
                todo.extend(d.step for d in graph.steps[step].dependencies)
        board.ancestors[id(graph), position] = known
    return known


# Folding


def fold(channel: ChannelPlan, writes: list[Json]) -> Json:
    """The default of a channel and its writes, put together by its reducer (R-state-1).

    Raises:
        EvaluationError: a sum is too large.
    """
    value: Json = None
    if channel.default is not msgspec.UNSET:
        value = channel.default
    elif channel.reduce == "append":
        value = []
    for written in writes:
        if is_unknown(written) or is_unknown(value):
            return unknown(f"state.{channel.name}")
        value = written if value is None else _reduced(channel, value, written)
    return value


def _reduced(channel: ChannelPlan, value: Json, written: Json) -> Json:
    match channel.reduce:
        case "append" if isinstance(value, list) and isinstance(written, list):
            return [*value, *written]
        case "merge" if isinstance(value, dict) and isinstance(written, dict):
            return {**value, **written}
        case "sum":
            return _sum(value, written, channel.type)
        case "min":
            return min(value, written, key=lambda data: _adopted(data, channel.type))
        case "max":
            # The earlier one stays where both are equal, as with `min`.
            return max(value, written, key=lambda data: _adopted(data, channel.type))
        case _:
            return written


def _adopted(data: Json, type_: Type) -> Any:
    return adopt(data, type_)


def _sum(value: Json, written: Json, type_: Type) -> Json:
    one, other = adopt(value, type_), adopt(written, type_)
    if isinstance(one, Duration):
        total: Any = Duration(one.microseconds + other.microseconds)
        too_large = total.microseconds > _MAX_INT
    else:
        total = one + other
        is_int = isinstance(total, int)
        too_large = abs(total) > _MAX_INT if is_int else total in (float("inf"), float("-inf"))
    if too_large:
        raise EvaluationError("overflow", "the sum of a channel is too large", 0, 0)
    return plain(total)
