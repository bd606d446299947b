"""Scopes: from their steps to their outputs, compensations, `finally` and end (R-end)."""

from heapq import heappush

from flow_core.kernel import calls, compensation
from flow_core.kernel.board import Board, ScopeDone, StepDone, TaskDone, evaluation_error
from flow_core.kernel.events import Error, Note
from flow_core.kernel.names import Names
from flow_core.kernel.opening import make_due
from flow_core.kernel.state import Scope
from flow_core.plan.formula import EvaluationFailed


def on_step(board: Board, done: StepDone) -> None:
    """A step has settled: others may be due, the scope may be failing, the phase over."""
    scope, position = done.scope, done.position
    step = scope.steps[position]
    if step.status == "failed" and step.error is not None:
        _on_failure(board, scope, step.error)
    scope.left -= 1
    for dependent in board.graph(scope).dependents[position]:
        other = scope.steps[dependent]
        other.held -= 1
        if not other.held and not other.status:
            heappush(board.state.due_steps, ((*scope.order, dependent), scope.id, dependent))
    if not scope.left:
        _end_phase(board, scope)


def _on_failure(board: Board, scope: Scope, error: Error) -> None:
    """A failure is unhandled: the scope is failing from now on (R-failing-1)."""
    if error.name == "budget_exceeded" == scope.verdict:
        return  # the stop of the scope has said so
    scope.errors.append(error)
    if scope.verdict:
        return
    scope.verdict = "failed"
    if scope.phase == "steps":
        board.note(Note(board.state.now, "failing", scope.path, how=error.name))
        heappush(board.state.due_cuts, (scope.order, scope.id, -1))


def _end_phase(board: Board, scope: Scope) -> None:
    """All steps of a phase have settled."""
    if scope.phase == "finally":
        _close(board, scope)
        return
    if not scope.verdict:
        _evaluate_outputs(board, scope)
    if scope.verdict and scope.registrations:
        scope.phase = "compensating"
        compensation.start_next(board, scope)
    else:
        _enter_finally(board, scope)


def _evaluate_outputs(board: Board, scope: Scope) -> None:
    """The outputs of a scope whose steps went well; an error in them fails it (R-end-2)."""
    outputs = dict(scope.outputs)
    names = Names(board, scope, extra=scope.extra)
    try:
        for output in board.outputs(scope):
            value = output.formula.data(names)
            checked = (
                value if output.check is None else calls.fitting(output.check, value, output.name)
            )
            outputs[output.name] = checked
    except EvaluationFailed as reason:
        scope.verdict = "failed"
        scope.errors.append(evaluation_error(reason, scope.path.rstrip("/")))
    else:
        scope.outputs = outputs


def on_compensation(board: Board, done: TaskDone) -> None:
    """A compensation is over: the next one follows, then `finally`."""
    scope = board.state.scopes[done.task.undoing]
    scope.undoing = 0
    if done.error is not None or done.cut:
        scope.uncompensated += 1
    if not compensation.start_next(board, scope):
        _enter_finally(board, scope)


def _enter_finally(board: Board, scope: Scope) -> None:
    graph = board.graph(scope)
    finals = range(graph.finals, len(graph.steps))
    if not finals:
        _close(board, scope)
        return
    scope.phase = "finally"
    board.note(Note(board.state.now, "finally", scope.path, how=scope.verdict or "succeeded"))
    make_due(board, scope, finals)


def _close(board: Board, scope: Scope) -> None:
    scope.phase = "ended"
    if scope.task:
        board.done.append(ScopeDone(scope))
        return
    board.state.ended = board.state.now
    board.note(Note(board.state.now, "finished", "", how=scope.verdict or "succeeded"))


def forget(board: Board, scope: Scope) -> None:
    """Forget a scope that has ended, unless a compensation may still ask for it."""
    board.ended[scope.path] = scope
    if scope.registrations or not scope.task:
        return
    state = board.state
    state.scopes.pop(scope.id, None)
    board.forget(scope.id, len(scope.steps))
