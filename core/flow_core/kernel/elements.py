"""What an activation's own call and its handlers have in common."""

from collections.abc import Mapping
from typing import cast

from flow_core.diagnostics import Json
from flow_core.kernel import calls
from flow_core.kernel.board import ActivationDone, Board, failure
from flow_core.kernel.events import Error
from flow_core.kernel.names import Names
from flow_core.kernel.state import Activation, Write
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed


def names(board: Board, activation: Activation, extra: Mapping[str, Json] | None = None) -> Names:
    """What the values of an activation see."""
    scope = board.state.scopes[activation.scope]
    return Names(board, scope, activation.step, activation, extra or {})


def begin_task(  # noqa: PLR0913, PLR0917 - what tells the step's own call from a handler's
    board: Board,
    activation: Activation,
    call: p.CallPlan,
    chosen: tuple[int, ...],
    handler: int,
    key: str,
    seen: Names,
    extra: dict[str, Json],
) -> None:
    """Let a call queue: the step's own (``handler`` -1) or that of a handler."""
    suffix = "" if handler < 0 else f"!catch[{handler}]"
    calls.begin(
        board,
        site=(activation.scope, activation.step, handler, False),
        chosen=chosen,
        call=cast("p.Attempted", call),
        names=seen,
        path=activation.path + suffix,
        key=key + suffix,
        order=(*activation.order, activation.iteration),
        owner=activation,
        extra=extra,
    )


def given(call: p.GiveValue, seen: Names) -> dict[str, Json]:
    """The outputs that a `value` stands for."""
    value = call.formula.data(seen)
    if not isinstance(value, dict):
        raise EvaluationFailed("type_error", "a `value` is an object")
    return value


def skipped(board: Board, activation: Activation, reason: str, error: Error | None = None) -> None:
    """A branch or handler skips, or no branch holds."""
    board.done.append(ActivationDone(activation, "skipped", None, error, reason))


def cancelled(board: Board, activation: Activation) -> None:
    """An activation was stopped: nothing is caught (R-catch-5)."""
    error = failure("cancelled", "the step was stopped", activation.path, 0)
    board.done.append(ActivationDone(activation, "cancelled", None, error))


def of_iteration(activation: Activation, writes: tuple[Write, ...]) -> list[Write]:
    """The writes of a group as those of an iteration of its step."""
    return [(activation.iteration, channel, value) for _, channel, value in writes]


def write(board: Board, activation: Activation, plan: p.StepPlan, seen: Mapping[str, Json]) -> None:
    """Evaluate `set` (R-state-4); the writes count once the step has succeeded."""
    found: list[Write] = []
    for write in plan.writes:
        value = write.formula.data(names(board, activation, seen))
        checked = calls.fitting(write.check, value, write.channel)
        found.append((activation.iteration, write.channel, checked))
    activation.writes += found
