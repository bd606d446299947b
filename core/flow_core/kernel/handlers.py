"""Handlers: which one takes an error, and what follows from what it gives (R-catch)."""

from collections.abc import Mapping

from flow_core.diagnostics import Json
from flow_core.kernel import calls, elements
from flow_core.kernel.board import (
    ActivationDone,
    Board,
    TaskDone,
    evaluation_error,
    failure,
    with_cause,
)
from flow_core.kernel.compensation import register
from flow_core.kernel.events import Error, Note
from flow_core.kernel.names import Names, error_data
from flow_core.kernel.state import Activation
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed
from flow_core.types.runtime import Misfit


def failed(board: Board, activation: Activation, error: Error, *, caught: bool = True) -> None:
    """An activation has an error: the first handler that matches takes it (R-catch-1)."""
    plan = board.step(activation.scope, activation.step)
    extra = {"error": error_data(error)}
    try:
        index = _handler_for(board, activation, plan, error, extra) if caught else -1
    except EvaluationFailed as reason:
        _give_up(board, activation, evaluation_error(reason, activation.path, error))
        return
    if index < 0:
        _give_up(board, activation, error)
        return
    activation.error = error
    board.note(Note(board.state.now, "caught", activation.path, index, how=error.name))
    try:
        _handle(board, activation, plan.catch[index], index, extra)
    except EvaluationFailed as reason:
        _give_up(board, activation, evaluation_error(reason, activation.path, error))


def _give_up(board: Board, activation: Activation, error: Error) -> None:
    board.done.append(ActivationDone(activation, "failed", None, error))


def _handler_for(
    board: Board,
    activation: Activation,
    plan: p.StepPlan,
    error: Error,
    extra: Mapping[str, Json],
) -> int:
    for index, handler in enumerate(plan.catch):
        if handler.errors is not None and error.name not in handler.errors:
            continue
        question = f"{activation.path}.catch[{index}].when"
        if board.holds(handler.when, elements.names(board, activation, extra), question):
            return index
    return -1


def _handle(
    board: Board,
    activation: Activation,
    handler: p.HandlerPlan,
    index: int,
    extra: dict[str, Json],
) -> None:
    """Let a handler take the error of an activation."""
    seen = elements.names(board, activation, extra)
    question = f"{activation.path}!catch[{index}]"
    chosen, call = calls.choose(board, handler.call, seen, question)
    match call:
        case None:
            elements.skipped(board, activation, "no_match", activation.error)
        case p.SkipIt():
            elements.skipped(board, activation, "skip", activation.error)
        case p.GiveValue():
            plan = board.step(activation.scope, activation.step)
            given = _given_instead(call, seen, plan)
            _recovered(board, activation, given, index, None)
        case _:
            board.step_of(activation).started = True
            elements.begin_task(board, activation, call, chosen, index, activation.key, seen, extra)


def _given_instead(call: p.GiveValue, seen: Names, plan: p.StepPlan) -> Json:
    """The `value` of a handler, which is a list where the step collects (R-repeat-4)."""
    if plan.repeat is None or not plan.repeat.collect:
        return elements.given(call, seen)
    value = call.formula.data(seen)
    if not isinstance(value, list):
        raise EvaluationFailed("type_error", "a `value` is a list where `collect` is true")
    return value


def on_handler(board: Board, activation: Activation, done: TaskDone) -> None:
    """The call of a handler is over."""
    if done.error is not None:
        old = activation.error or done.error
        _give_up(board, activation, with_cause(done.error, old))
    else:
        activation.writes += elements.of_iteration(activation, done.writes)
        _recovered(board, activation, done.outputs or {}, done.task.site[2], done)


def _recovered(
    board: Board,
    activation: Activation,
    given: Json,
    index: int,
    done: TaskDone | None,
) -> None:
    """A handler has given a value in the place of the call's outputs (R-catch-3)."""
    plan = board.step(activation.scope, activation.step)
    old = activation.error
    try:
        outputs = given if plan.recovers is None else plan.recovers(given)
        seen: dict[str, Json] = {"outputs": outputs, "error": error_data(old)}
        if done is not None:
            undo = plan.catch[index].compensate
            register(board, undo, done, activation, seen)
        elements.write(board, activation, plan, {"outputs": outputs})
    except Misfit as misfit:
        error = failure("type_error", misfit.message, activation.path, 0, old)
        _give_up(board, activation, error)
    except EvaluationFailed as reason:
        _give_up(board, activation, evaluation_error(reason, activation.path, old))
    else:
        board.done.append(ActivationDone(activation, "succeeded", outputs, recovered=True))
