"""The attempts of a task: how one starts and ends, and whether another one follows (R-retry)."""

from hashlib import sha256

from flow_core.analysis.waits import wait
from flow_core.diagnostics import Json
from flow_core.kernel import breakers, budgets, queue
from flow_core.kernel.board import Board, TaskDone, failure
from flow_core.kernel.channels import scope_writes
from flow_core.kernel.events import Cut, Error, Note, Start
from flow_core.kernel.names import Names, error_data
from flow_core.kernel.opening import open_scope
from flow_core.kernel.state import DELAY, LAST, TIMEOUT, Scope, Task
from flow_core.kernel.waiting import wait_of
from flow_core.model.pipeline import Retry
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed
from flow_core.types.runtime import Misfit

NOT_RETRIED = frozenset({"expression_error", "type_error", "cancelled", "budget_exceeded"})
"""The errors that only `retry.errors` can ask to retry, if anything can (R-retry-3)."""


# Start


def start(board: Board, task: Task) -> None:
    """Start the next attempt of a task; a breaker may end it at once."""
    state, call = board.state, board.attempted(task)
    is_leaf = isinstance(call, p.Leaf)
    task.attempt += 1
    task.phase = "running"
    task.attempt_id = board.number()
    _count(board, task)
    _set_deadlines(board, task, call.policy)
    since = task.since if is_leaf and task.since < state.now else None
    note = Note(state.now, "started", task.path, task.attempt, "", None, since, not is_leaf)
    board.notes.append(note)
    task.refused = not _is_admitted(board, task, call)
    if isinstance(call, p.Leaf):
        budgets.charge(board, task, call)
        if not task.refused:
            _start_leaf(board, task, call)
    elif not task.refused:
        task.child = open_scope(board, task, call).id
    if task.refused:
        task.due = state.now
        board.timer(state.now, DELAY, task.order, task.id)


def _is_admitted(board: Board, task: Task, call: p.Attempted) -> bool:
    """Whether there is no breaker, or it lets the attempt through."""
    if isinstance(call, p.GroupCall) or call.breaker is None:
        return True
    return breakers.admit(board, call.breaker, task)


def _count(board: Board, task: Task) -> None:
    """Mark that an attempt has started; handlers' do not count as the step's (R-status-2)."""
    if task.undoing:
        return
    activation = board.state.activations[task.owner]
    step = board.step_of(activation)
    activation.started = step.started = True
    if task.site[2] < 0:
        step.attempts += 1


def _set_deadlines(board: Board, task: Task, policy: p.Policy) -> None:
    now, retry = board.state.now, policy.retry
    if policy.timeout is not None:
        task.ends = now + policy.timeout
        board.timer(task.ends, TIMEOUT, task.order, task.id)
    if retry is not None and retry.policy.max_duration is not None and task.attempt == 1:
        task.last = now + retry.policy.max_duration
        board.timer(task.last, LAST, task.order, task.id)


def _start_leaf(board: Board, task: Task, call: p.Leaf) -> None:
    state = board.state
    state.running[task.attempt_id] = task.id
    task.due = wait_of(board, task, call) if call.waits else None
    if task.due is not None:
        board.timer(task.due, DELAY, task.order, task.id)
    board.commands.append(
        Start(
            task.attempt_id,
            task.path,
            task.key,
            task.attempt,
            call.target.name,
            task.inputs,
            task.due,
        )
    )


# End


def end(
    board: Board, task: Task, outputs: dict[str, Json] | None, error: Error | None = None
) -> None:
    """An attempt of a leaf call has ended: well, with outputs, or with an error."""
    call = board.attempted(task)
    if outputs is not None and isinstance(call, p.Leaf):
        outputs, error = _checked(call, outputs, task)
    _over(board, task, call, error.name if error else "ok")
    if error is None:
        finish(board, TaskDone(task, outputs))
    else:
        _failed(board, task, call, error)


def _checked(
    call: p.Leaf, outputs: dict[str, Json], task: Task
) -> tuple[dict[str, Json] | None, Error | None]:
    """The outputs as their ports take them, or the error that they do not fit."""
    found: dict[str, Json] = {}
    for name, port in call.outputs.items():
        try:
            if name in outputs:
                found[name] = port.check(outputs[name])
            elif port.required:
                message = f"the output `{name}` is missing"
                return None, failure("type_error", message, task.path, task.attempt)
        except Misfit as misfit:
            message = f"`{name}`: {misfit.message}"
            return None, failure("type_error", message, task.path, task.attempt)
    return found, None


def _over(board: Board, task: Task, call: p.Attempted, how: str) -> None:
    """An attempt is over: it gives back what it held."""
    state = board.state
    state.running.pop(task.attempt_id, None)
    queue.release(board, task)
    task.ends = task.due = None
    if not (task.refused or isinstance(call, p.GroupCall) or call.breaker is None):
        name = None if how == "ok" else "cancelled" if how == "cut" else how
        breakers.report(board, call.breaker, task, name)
    composite = not isinstance(call, p.Leaf)
    note = Note(state.now, "ended", task.path, task.attempt, how, None, None, composite)
    board.notes.append(note)


def finish(board: Board, done: TaskDone) -> None:
    """A task is over."""
    board.forget_task(done.task)
    board.done.append(done)


def on_scope(board: Board, scope: Scope) -> None:
    """A composite attempt has ended, with the scope that it opened."""
    task = board.state.tasks[scope.task]
    call = board.attempted(task)
    handed = tuple(scope.registrations)
    match task.closing:
        case "timeout":
            _over(board, task, call, "timeout")
            _failed(board, task, call, _timeout(task))
        case "budget_exceeded":
            _over(board, task, call, "budget_exceeded")
            error = failure("budget_exceeded", "a budget is used up", task.path, task.attempt)
            finish(board, TaskDone(task, error=error, uncaught=True))
        case "cancelled":
            _over(board, task, call, "cut")
            kept = () if scope.verdict else handed
            finish(board, TaskDone(task, cut=True, handed=kept))
        case _ if scope.verdict:
            _over(board, task, call, scope.errors[0].name)
            _failed(board, task, call, scope.errors[0])
        case _:
            _over(board, task, call, "ok")
            writes = tuple(scope_writes(board, scope)) if scope.group else ()
            finish(board, TaskDone(task, scope.outputs, handed=handed, writes=writes))


# Cut


def cut(board: Board, task: Task, how: str = "cut") -> None:
    """Stop the running attempt of a leaf call, or a refused one that is about to fail."""
    if task.attempt_id in board.state.running:
        board.commands.append(Cut(task.attempt_id))
    _over(board, task, board.attempted(task), how)


def time_out(board: Board, task: Task, *, final: bool = False) -> None:
    """The deadline of a leaf attempt has come; ``final`` that of all attempts."""
    task.final = task.final or final
    cut(board, task, "timeout")
    _failed(board, task, board.attempted(task), _timeout(task))


def _timeout(task: Task) -> Error:
    return failure("timeout", "the attempt took too long", task.path, task.attempt)


# Again


def _failed(board: Board, task: Task, call: p.Attempted, error: Error) -> None:
    """An attempt has failed: another one follows, or the task has failed."""
    task.error = error
    task.child, task.closing = 0, ""
    retry = call.policy.retry
    try:
        delay = None if retry is None else _delay(board, task, retry, error)
    except EvaluationFailed as reason:
        stands = failure(reason.error, reason.message, task.path, task.attempt, error)
        finish(board, TaskDone(task, error=stands))
        return
    if delay is None:
        finish(board, TaskDone(task, error=error))
        return
    now = board.state.now
    task.phase, task.waited, task.due = "delay", delay, now + delay
    board.timer(task.due, DELAY, task.order, task.id)
    board.notes.append(Note(now, "waits", task.path, task.attempt, "retry", task.due))


def _delay(board: Board, task: Task, retry: p.RetryPlan, error: Error) -> int | None:
    """How long to wait for the next attempt; None if there is none (R-retry-2, R-retry-6)."""
    policy = retry.policy
    if task.final or _is_halted(board, task) or task.attempt >= policy.max_attempts:
        return None
    if not _may_retry(policy, error):
        return None
    if retry.when is not None:
        names = _failed_names(board, task, error)
        if not board.holds(retry.when, names, f"{task.path}.retry.when"):
            return None
    delay = _wait(board, task, policy)
    if task.last is not None and board.state.now + delay >= task.last:
        return None
    return delay


def _is_halted(board: Board, task: Task) -> bool:
    return not task.undoing and board.is_halted(board.scope_of(task), task.site[1])


def _may_retry(policy: Retry, error: Error) -> bool:
    if policy.errors is None:
        return error.name not in NOT_RETRIED
    return error.name in policy.errors and error.name != "cancelled"


def _failed_names(board: Board, task: Task, error: Error) -> Names:
    extra = {**task.extra, "error": error_data(error), "attempt": task.attempt}
    activation = board.state.activations.get(task.owner)
    return Names(board, board.scope_of(task), task.site[1], activation, extra)


def _wait(board: Board, task: Task, policy: Retry) -> int:
    """The wait after an attempt, shortened by jitter (R-retry-4, R-retry-5)."""
    longest = wait(policy, task.attempt)
    if not policy.jitter or board.state.seed is None:
        return longest
    text = f"{board.state.seed}|{task.key}|{task.attempt}"
    drawn = int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> 11
    return int(longest * (1 - policy.jitter * (drawn / 2**53)))


def slept(board: Board, task: Task) -> None:
    """A retry delay is over: the next attempt queues."""
    if not task.undoing and task.site[2] < 0:
        activation = board.state.activations[task.owner]
        entry = (activation.index, activation.iteration, task.attempt, task.waited)
        board.step_of(activation).waits.append(entry)
    queue.put(board, task, board.attempted(task))
