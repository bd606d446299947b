"""Compensation: what is registered, handed up, and run in reverse order (R-compensate)."""

from collections.abc import Mapping

from flow_core.diagnostics import Json
from flow_core.kernel import calls, queue
from flow_core.kernel.board import Board, TaskDone
from flow_core.kernel.channels import earlier_writes
from flow_core.kernel.events import Note
from flow_core.kernel.names import Names, capture
from flow_core.kernel.state import Activation, Registration, Scope, Task
from flow_core.plan import plan as p


def register(
    board: Board,
    handler: p.HandlerPlan | None,
    done: TaskDone,
    activation: Activation,
    extra: Mapping[str, Json],
) -> None:
    """Register the compensation of a call that succeeded, with its arguments as they are now.

    Without one of its own, a composite call hands up what was registered inside it.

    Raises:
        EvaluationFailed: an argument has no value or does not fit its port.
    """
    task = done.task
    scope = board.state.scopes[activation.scope]
    if board.is_final(scope, activation.step) and not scope.group:
        return  # R-end-5
    if handler is None:
        hand_up(board, task, done.handed)
        return
    seen = Names(board, scope, activation.step, activation, extra)
    undone = f"{task.path}!compensate"
    chosen, call = calls.choose(board, handler.call, seen, undone)
    if call is None or isinstance(call, p.GiveValue | p.SkipIt | p.Choice):
        return
    is_leaf = isinstance(call, p.Leaf)
    around = {} if is_leaf else capture(board, scope, activation.step, activation, extra)
    scope.registrations.append(
        Registration(
            number=board.number(),
            site=(*task.site[:3], True),
            call=chosen,
            path=undone,
            key=f"{task.key}!compensate",
            order=task.order,
            inputs=calls.arguments(call, seen),
            extra=around if not is_leaf else dict(extra),
            earlier=earlier_writes(activation),
        )
    )
    board.note(Note(board.state.now, "registered", undone))


def hand_up(board: Board, task: Task, handed: tuple[Registration, ...]) -> None:
    """Keep what was registered inside a call that succeeded (R-sub-6)."""
    board.scope_of(task).registrations.extend(handed)


def start_next(board: Board, scope: Scope) -> bool:
    """Start the compensation of what was completed last; False where nothing is left."""
    if not scope.registrations:
        return False
    last = max(scope.registrations, key=lambda registration: registration.number)
    scope.registrations.remove(last)
    task = Task(
        id=board.number(),
        owner=0,
        site=last.site,
        call=last.call,
        path=last.path,
        key=last.key,
        order=last.order,
        inputs=last.inputs,
        extra=last.extra,
        earlier=last.earlier,
        undoing=scope.id,
    )
    board.state.tasks[task.id] = task
    scope.undoing = task.id
    scope.compensations += 1
    board.note(Note(board.state.now, "compensating", last.path))
    queue.put(board, task, board.attempted(task))
    return True
