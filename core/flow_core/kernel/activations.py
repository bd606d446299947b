"""Activations: one element of a step, from its first iteration to its last (R-nest)."""

from collections.abc import Mapping
from typing import cast

from flow_core.diagnostics import Json
from flow_core.kernel import calls
from flow_core.kernel.board import (
    ActivationDone,
    Board,
    TaskDone,
    evaluation_error,
    failure,
    with_cause,
)
from flow_core.kernel.compensation import hand_up, register
from flow_core.kernel.events import Error, Note
from flow_core.kernel.names import Names, error_data
from flow_core.kernel.state import PAUSE, Activation, Scope, Write
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed
from flow_core.types.runtime import Misfit


def begin(board: Board, scope: Scope, position: int, index: int, item: Json) -> None:
    """Start an element of a step, or the step itself (index -1)."""
    begin_iteration(board, create(board, scope, position, index, item))


def create(  # noqa: PLR0913 - what tells one activation from another
    board: Board, scope: Scope, position: int, index: int, item: Json, *, outer: bool = False
) -> Activation:
    """Make an activation."""
    name = board.graph(scope).steps[position].name
    segment = name if index < 0 else f"{name}[{index}]"
    activation = Activation(
        id=board.number(),
        scope=scope.id,
        step=position,
        index=index,
        path=scope.path + segment,
        key=scope.key + segment,
        order=(*scope.order, position, index),
        item=item,
        outer=outer,
    )
    board.state.activations[activation.id] = activation
    scope.steps[position].live[index] = activation.id
    return activation


def names(board: Board, activation: Activation, extra: Mapping[str, Json] | None = None) -> Names:
    """What the values of an activation see."""
    scope = board.state.scopes[activation.scope]
    return Names(board, scope, activation.step, activation, extra or {})


def begin_iteration(board: Board, activation: Activation) -> None:
    """Choose the call, evaluate its arguments, and let it queue."""
    plan = board.step(activation.scope, activation.step)
    key = activation.key
    activation.due = None
    if plan.repeat is not None:
        activation.iteration += 1
        board.step_of(activation).iterations += 1
        key = f"{key}#{activation.iteration}"
    seen = names(board, activation)
    try:
        chosen, call = calls.choose(board, plan.call, seen, activation.path)
        match call:
            case None:
                skipped(board, activation, "no_match")
            case p.SkipIt():
                skipped(board, activation, "skip")
            case p.GiveValue():
                succeeded(board, activation, _given(call, seen), None)
            case _:
                _begin_task(board, activation, call, chosen, -1, key, seen, {})
    except EvaluationFailed as reason:
        failed(board, activation, evaluation_error(reason, activation.path))


def _begin_task(  # noqa: PLR0913, PLR0917 - what tells the step's own call from a handler's
    board: Board,
    activation: Activation,
    call: p.CallPlan,
    chosen: tuple[int, ...],
    handler: int,
    key: str,
    seen: Names,
    extra: dict[str, Json],
) -> None:
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


def _given(call: p.GiveValue, seen: Names) -> dict[str, Json]:
    value = call.formula.data(seen)
    if not isinstance(value, dict):
        raise EvaluationFailed("type_error", "a `value` is an object")
    return value


def _given_instead(call: p.GiveValue, seen: Names, plan: p.StepPlan) -> Json:
    """The `value` of a handler, which is a list where the step collects (R-repeat-4)."""
    if plan.repeat is None or not plan.repeat.collect:
        return _given(call, seen)
    value = call.formula.data(seen)
    if not isinstance(value, list):
        raise EvaluationFailed("type_error", "a `value` is a list where `collect` is true")
    return value


def skipped(board: Board, activation: Activation, reason: str, error: Error | None = None) -> None:
    """A branch or handler skips, or no branch holds."""
    board.done.append(ActivationDone(activation, "skipped", None, error, reason))


# The end of a call


def on_task(board: Board, done: TaskDone) -> None:
    """The call of an activation, or of its handler, is over."""
    task = done.task
    activation = board.state.activations[task.owner]
    activation.task = 0
    if done.cut:
        hand_up(board, task, done.handed)
        cancelled(board, activation)
    elif task.site[2] >= 0:
        _on_handler(board, activation, done)
    elif done.error is not None:
        failed(board, activation, done.error, caught=not done.uncaught)
    else:
        activation.writes += _of_iteration(activation, done.writes)
        succeeded(board, activation, done.outputs or {}, done)


def cancelled(board: Board, activation: Activation) -> None:
    """An activation was stopped: nothing is caught (R-catch-5)."""
    error = failure("cancelled", "the step was stopped", activation.path, 0)
    board.done.append(ActivationDone(activation, "cancelled", None, error))


def _of_iteration(activation: Activation, writes: tuple[Write, ...]) -> list[Write]:
    return [(activation.iteration, channel, value) for _, channel, value in writes]


def succeeded(
    board: Board, activation: Activation, outputs: dict[str, Json], done: TaskDone | None
) -> None:
    """An iteration's call ended well: register, write, test (R-nest-3)."""
    plan = board.step(activation.scope, activation.step)
    seen = {"outputs": cast("Json", outputs)}
    try:
        if done is not None:
            register(board, plan.compensate, done, activation, seen)
        _write(board, activation, plan, seen)
        over = plan.repeat is None or _is_enough(board, activation, plan.repeat, outputs)
    except EvaluationFailed as reason:
        failed(board, activation, evaluation_error(reason, activation.path))
        return
    if plan.repeat is None:
        board.done.append(ActivationDone(activation, "succeeded", outputs))
        return
    activation.collected.append(outputs)
    result = activation.collected if plan.repeat.collect else outputs
    if over:
        board.done.append(ActivationDone(activation, "succeeded", result))
    else:
        _again(board, activation, plan.repeat, outputs)


def _write(
    board: Board, activation: Activation, plan: p.StepPlan, seen: Mapping[str, Json]
) -> None:
    """Evaluate `set` (R-state-4); the writes count once the step has succeeded."""
    found: list[Write] = []
    for write in plan.writes:
        value = write.formula.data(names(board, activation, seen))
        checked = calls.fitting(write.check, value, write.channel)
        found.append((activation.iteration, write.channel, checked))
    activation.writes += found


def _is_enough(
    board: Board, activation: Activation, repeat: p.RepeatPlan, outputs: dict[str, Json]
) -> bool:
    question = f"{activation.path}#{activation.iteration}.repeat.until"
    return board.holds(repeat.until, names(board, activation, {"outputs": outputs}), question)


def _again(
    board: Board, activation: Activation, repeat: p.RepeatPlan, outputs: dict[str, Json]
) -> None:
    """Another iteration follows, if there may be one."""
    if activation.iteration >= repeat.max_iterations:
        message = f"`until` did not hold after {repeat.max_iterations} iterations"
        failed(board, activation, failure("repeat_exhausted", message, activation.path))
        return
    if board.is_halted(board.state.scopes[activation.scope], activation.step):
        cancelled(board, activation)
        return
    now = board.state.now
    activation.previous = outputs
    activation.due = now + repeat.delay
    board.timer(activation.due, PAUSE, (*activation.order, activation.iteration), activation.id)
    board.note(Note(now, "waits", activation.path, activation.iteration, "repeat", activation.due))


# Failure


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
        if board.holds(handler.when, names(board, activation, extra), question):
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
    seen = names(board, activation, extra)
    question = f"{activation.path}!catch[{index}]"
    chosen, call = calls.choose(board, handler.call, seen, question)
    match call:
        case None:
            skipped(board, activation, "no_match", activation.error)
        case p.SkipIt():
            skipped(board, activation, "skip", activation.error)
        case p.GiveValue():
            plan = board.step(activation.scope, activation.step)
            given = _given_instead(call, seen, plan)
            _recovered(board, activation, given, index, None)
        case _:
            board.step_of(activation).started = True
            _begin_task(board, activation, call, chosen, index, activation.key, seen, extra)


def _on_handler(board: Board, activation: Activation, done: TaskDone) -> None:
    if done.error is not None:
        old = activation.error or done.error
        _give_up(board, activation, with_cause(done.error, old))
    else:
        activation.writes += _of_iteration(activation, done.writes)
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
        _write(board, activation, plan, {"outputs": outputs})
    except Misfit as misfit:
        error = failure("type_error", misfit.message, activation.path, 0, old)
        _give_up(board, activation, error)
    except EvaluationFailed as reason:
        _give_up(board, activation, evaluation_error(reason, activation.path, old))
    else:
        board.done.append(ActivationDone(activation, "succeeded", outputs, recovered=True))
