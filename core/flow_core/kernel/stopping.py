"""Stopping: the cuts of a failing run and of `fail_fast`, timeouts, cancels, budgets."""

from flow_core.kernel import attempts, elements, steps
from flow_core.kernel.board import Board, Stop, TaskDone, failure
from flow_core.kernel.events import Error, Note
from flow_core.kernel.state import Activation, Scope, Step, Task
from flow_core.plan import plan as p

# The cuts of a failing run and of `fail_fast`


def cut_failing(board: Board, scope: Scope, position: int) -> None:
    """Stop a step that is not tolerant in a scope that is failing (R-failing-1)."""
    step = scope.steps[position]
    if step.status or board.graph(scope).steps[position].tolerant:
        return
    if not step.started:
        _drop_step(board, scope, position, "run_failing")
        return
    step.halted = True
    for number in list(step.live.values()):
        _halt(board, board.state.activations[number])
    steps.check_over(board, scope, position)


def _drop_step(board: Board, scope: Scope, position: int, reason: str) -> None:
    """Skip a step of which no attempt has started."""
    for number in list(scope.steps[position].live.values()):
        drop(board, board.state.activations[number])
    steps.settle(board, scope, position, "skipped", reason=reason)


def drop(board: Board, activation: Activation) -> None:
    """Take back an activation of which no attempt has started."""
    task = board.state.tasks.get(activation.task)
    if task is not None:
        board.forget_task(task)
    board.state.activations.pop(activation.id, None)
    step = board.step_of(activation)
    step.live.pop(activation.index, None)
    step.iterations -= 1 if activation.iteration else 0
    board.note(Note(board.state.now, "dropped", activation.path))


def _halt(board: Board, activation: Activation) -> None:
    """Stop one activation of a step that a failing run halts."""
    task = board.state.tasks.get(activation.task)
    if task is None:
        elements.cancelled(board, activation)
    elif task.site[2] >= 0:
        if task.phase == "delay":  # one that queues still gets its slot
            attempts.finish(board, TaskDone(task, error=task.error))
    elif task.phase == "running":
        if _waits(board, task):
            attempts.cut(board, task)
            attempts.finish(board, TaskDone(task, cut=True))
    elif task.attempt:
        attempts.finish(board, TaskDone(task, error=task.error))
    elif activation.started:
        attempts.finish(board, TaskDone(task, cut=True))
    else:
        board.step_of(activation).stopped = True
        drop(board, activation)


def _waits(board: Board, task: Task) -> bool:
    call = board.attempted(task)
    return isinstance(call, p.Leaf) and bool(call.waits)


def cut_elements(board: Board, scope: Scope, position: int) -> None:
    """Drop the elements that have not started, as `fail_fast` wants it (R-each-5)."""
    step = scope.steps[position]
    for number in list(step.live.values()):
        activation = board.state.activations[number]
        task = board.state.tasks.get(activation.task)
        if task is not None and task.site[2] < 0 and not activation.started:
            drop(board, activation)
    steps.check_over(board, scope, position)


# Stops of whole scopes


def stop_scope(board: Board, scope: Scope, why: Stop) -> None:
    """Stop the steps of a scope; one that is already cleaning up goes on (R-cancel-1, R-sub-5)."""
    if scope.phase != "steps":
        return
    if not scope.verdict:
        scope.verdict = why
        message = "a budget is used up" if why == "budget_exceeded" else "the run was stopped"
        scope.errors.append(failure(why, message, scope.path.rstrip("/")))
    for position in range(board.graph(scope).finals):
        step = scope.steps[position]
        if step.status:
            continue
        if not step.started:
            _drop_step(board, scope, position, why)
            continue
        step.halted = step.stopped = True
        step.failures = _refused(step)
        for number in list(step.live.values()):
            _stop(board, board.state.activations[number])
        steps.check_over(board, scope, position)


def _refused(step: Step) -> dict[int, Error]:
    """Of the failures of elements those that still count: a step that is stopped is cancelled."""
    return {i: error for i, error in step.failures.items() if error.name == "budget_exceeded"}


def _stop(board: Board, activation: Activation) -> None:
    """Stop one activation, whatever it does."""
    task = board.state.tasks.get(activation.task)
    if task is None:
        elements.cancelled(board, activation)
    elif task.child:
        why: Stop = "budget_exceeded" if task.closing == "budget_exceeded" else "cancelled"
        task.closing = why
        stop_scope(board, board.state.scopes[task.child], why)
    else:
        if task.phase == "running":
            attempts.cut(board, task)
        attempts.finish(board, TaskDone(task, cut=True))


def time_out(board: Board, task: Task, *, final: bool) -> None:
    """A deadline has come; one that falls into a cleanup is ignored (R-timeout-3)."""
    if not task.child:
        attempts.time_out(board, task, final=final)
        return
    scope = board.state.scopes[task.child]
    if scope.phase == "steps" and not task.closing and scope.verdict != "budget_exceeded":
        task.closing, task.final = "timeout", task.final or final
        stop_scope(board, scope, "cancelled")


def refuse(board: Board, owner: Scope, task: Task) -> None:
    """The budget of a scope refuses an attempt: its step fails, and so do those around it.

    What else runs in the scope is stopped after that, by `stop_scope` (R-budget-3).
    """
    board.note(Note(board.state.now, "budget", owner.path, how=task.path))
    scope = board.scope_of(task)
    while scope is not owner:
        caller = board.state.tasks[scope.task]
        caller.closing = "budget_exceeded"
        _mark(scope)
        scope = board.scope_of(caller)
    _mark(owner)
    step = board.step_of(board.state.activations[task.owner])
    step.started = True
    step.failures = _refused(step)
    refused = failure("budget_exceeded", "a budget is used up", task.path, task.attempt)
    attempts.finish(board, TaskDone(task, error=refused, uncaught=True))


def _mark(scope: Scope) -> None:
    """Let a scope end as one that a budget stopped, if nothing has gone wrong before."""
    if not scope.verdict:
        scope.verdict = "budget_exceeded"
        error = failure("budget_exceeded", "a budget is used up", scope.path.rstrip("/"))
        scope.errors.append(error)


# The second cancel


def abort(board: Board) -> None:
    """Stop everything at once, compensation and `finally` too (R-cancel-2)."""
    state = board.state
    for number in list(state.running.values()):
        attempts.cut(board, state.tasks[number])
    for scope in state.scopes.values():
        for step in scope.steps:
            if not step.status:
                step.status = "cancelled" if step.started else "skipped"
                step.reason = "" if step.started else "cancelled"
        if scope.undoing:
            scope.uncompensated += 1
        scope.phase = "ended"
    for waiting in (state.tasks, state.activations, state.ready, state.timers):
        waiting.clear()
    state.due_cuts, state.due_steps, state.due_composites, state.ready_now = [], [], [], []
    state.ended = state.now
    board.note(Note(state.now, "finished", "", how=board.root.verdict or "succeeded"))
