"""Activations: one element of a step, from its first iteration to its last (R-nest)."""

from typing import cast

from flow_core.diagnostics import Json
from flow_core.kernel import calls, elements, handlers
from flow_core.kernel.board import ActivationDone, Board, TaskDone, evaluation_error, failure
from flow_core.kernel.compensation import hand_up, register
from flow_core.kernel.events import Note
from flow_core.kernel.state import PAUSE, Activation, Scope
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed


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


def begin_iteration(board: Board, activation: Activation) -> None:
    """Choose the call, evaluate its arguments, and let it queue."""
    plan = board.step(activation.scope, activation.step)
    key = activation.key
    activation.due = None
    if plan.repeat is not None:
        activation.iteration += 1
        board.step_of(activation).iterations += 1
        key = f"{key}#{activation.iteration}"
    seen = elements.names(board, activation)
    try:
        chosen, call = calls.choose(board, plan.call, seen, activation.path)
        match call:
            case None:
                elements.skipped(board, activation, "no_match")
            case p.SkipIt():
                elements.skipped(board, activation, "skip")
            case p.GiveValue():
                succeeded(board, activation, elements.given(call, seen), None)
            case _:
                elements.begin_task(board, activation, call, chosen, -1, key, seen, {})
    except EvaluationFailed as reason:
        handlers.failed(board, activation, evaluation_error(reason, activation.path))


# The end of a call


def on_task(board: Board, done: TaskDone) -> None:
    """The call of an activation, or of its handler, is over."""
    task = done.task
    activation = board.state.activations[task.owner]
    activation.task = 0
    if done.cut:
        hand_up(board, task, done.handed)
        elements.cancelled(board, activation)
    elif task.site[2] >= 0:
        handlers.on_handler(board, activation, done)
    elif done.error is not None:
        handlers.failed(board, activation, done.error, caught=not done.uncaught)
    else:
        activation.writes += elements.of_iteration(activation, done.writes)
        succeeded(board, activation, done.outputs or {}, done)


def succeeded(
    board: Board, activation: Activation, outputs: dict[str, Json], done: TaskDone | None
) -> None:
    """An iteration's call ended well: register, write, test (R-nest-3)."""
    plan = board.step(activation.scope, activation.step)
    seen = {"outputs": cast("Json", outputs)}
    try:
        if done is not None:
            register(board, plan.compensate, done, activation, seen)
        elements.write(board, activation, plan, seen)
        over = plan.repeat is None or _is_enough(board, activation, plan.repeat, outputs)
    except EvaluationFailed as reason:
        handlers.failed(board, activation, evaluation_error(reason, activation.path))
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


def _is_enough(
    board: Board, activation: Activation, repeat: p.RepeatPlan, outputs: dict[str, Json]
) -> bool:
    question = f"{activation.path}#{activation.iteration}.repeat.until"
    return board.holds(
        repeat.until, elements.names(board, activation, {"outputs": outputs}), question
    )


def _again(
    board: Board, activation: Activation, repeat: p.RepeatPlan, outputs: dict[str, Json]
) -> None:
    """Another iteration follows, if there may be one."""
    if activation.iteration >= repeat.max_iterations:
        message = f"`until` did not hold after {repeat.max_iterations} iterations"
        handlers.failed(board, activation, failure("repeat_exhausted", message, activation.path))
        return
    if board.is_halted(board.state.scopes[activation.scope], activation.step):
        elements.cancelled(board, activation)
        return
    now = board.state.now
    activation.previous = outputs
    activation.due = now + repeat.delay
    board.timer(activation.due, PAUSE, (*activation.order, activation.iteration), activation.id)
    board.note(Note(now, "waits", activation.path, activation.iteration, "repeat", activation.due))
