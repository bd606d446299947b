"""One instant: what is due, kind by kind, in the order of R-instant-1."""

from collections.abc import Sequence
from heapq import heappop
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar, cast

from flow_core.kernel import (
    activations,
    attempts,
    budgets,
    queue,
    scopes,
    signals,
    steps,
    stopping,
)
from flow_core.kernel.board import ActivationDone, Board, ScopeDone, StepDone, TaskDone, failure
from flow_core.kernel.events import (
    Assume,
    Cancel,
    Error,
    Event,
    Failed,
    Note,
    Pause,
    Resume,
    Signal,
    Succeeded,
)
from flow_core.kernel.state import DELAY, LAST, PAUSE, TIMEOUT, Order, Task
from flow_core.kernel.timers import due_timers

if TYPE_CHECKING:
    from flow_core.plan.plan import Leaf

_E = TypeVar("_E", Assume, Signal)
_PLACE = itemgetter(0, 1)

UNDECLARED = frozenset(
    {"timeout", "cancelled", "budget_exceeded", "circuit_open", "type_error", "unexpected"}
)
"""What an attempt may fail with although no component declares it."""


class Instant:
    """The events of one instant, and all that is due at it.

    Handling a thing includes all that follows from it and starts nothing (R-instant-3).
    """

    def __init__(self, board: Board, events: Sequence[Event]) -> None:
        self._board = board
        self._pending = _Pending(events)

    def run(self) -> None:
        """Handle the first kind with anything due, again and again, until none is."""
        board = self._board
        board.state.again = False
        for assumption in self._pending.take(Assume):
            board.state.assumed[assumption.question] = assumption.answer
        while board.state.ended is None and self._turn():
            pass

    def _turn(self) -> bool:
        return (
            self._ends()
            or self._signals()
            or self._deadlines()
            or self._cuts()
            or self._steered()
            or self._activations()
            or self._composites()
            or self._grants()
        )

    def _ends(self) -> bool:
        """Completions of attempts, and delays that are over."""
        board = self._board
        state = board.state
        due: list[tuple[Order, int, Succeeded | Failed | None, int]] = []
        for ended in self._pending.take_ends():
            number = state.running.get(ended.id)
            if number is not None:
                due.append((state.tasks[number].order, number, ended, DELAY))
        due.extend((t[2], t[3], None, t[1]) for t in due_timers(board, DELAY, PAUSE))
        if len(due) > 1:
            due.sort(key=_PLACE)
        for _, key, event, kind in due:
            if event is not None:
                self._end(key, event)
            elif kind == PAUSE:
                activations.begin_iteration(board, state.activations[key])
            elif key in state.tasks and state.tasks[key].due is not None:
                self._delay_over(state.tasks[key])
            if board.done:
                self._settle()
        return bool(due)

    def _end(self, number: int, event: Succeeded | Failed) -> None:
        """The driver says how an attempt has ended."""
        board = self._board
        task = board.state.tasks.get(number)
        if task is None or task.attempt_id not in board.state.running:
            return
        if event.cost is not None:
            budgets.correct(board, task, event.cost)
        if isinstance(event, Succeeded):
            attempts.end(board, task, event.outputs)
        else:
            attempts.end(board, task, None, self._error(task, event))

    def _error(self, task: Task, event: Failed) -> Error:
        """The error of an attempt; one that its component does not declare is `unexpected`."""
        declared = cast("Leaf", self._board.attempted(task)).target.errors
        name, message = event.name, event.message
        if declared is not None and name not in declared and name not in UNDECLARED:
            name, message = "unexpected", f"{name}: {message}".rstrip(": ")
        return Error(name, message, event.data, task.path, task.attempt)

    def _delay_over(self, task: Task) -> None:
        """A retry delay, a wait or an attempt that a breaker refused is over."""
        board = self._board
        if task.phase == "delay":
            attempts.slept(board, task)
        elif task.refused:
            message = "the circuit breaker let no call through"
            error = failure("circuit_open", message, task.path, task.attempt)
            attempts.end(board, task, None, error)
        elif cast("Leaf", board.attempted(task)).waits == "timer":
            attempts.end(board, task, {})
        else:
            task.due = None
            signals.take_kept(board, task)

    def _signals(self) -> bool:
        found = self._pending.take(Signal)
        for signal in found:
            signals.receive(self._board, signal)
            self._settle()
        return bool(found)

    def _deadlines(self) -> bool:
        """Timeouts, then `max_duration`."""
        board, found = self._board, False
        for _, kind, _, number in due_timers(board, TIMEOUT, LAST):
            found = True
            self._deadline(board.state.tasks[number], final=kind == LAST)
            self._settle()
        return found

    def _deadline(self, task: Task, *, final: bool) -> None:
        if task.phase == "running":
            stopping.time_out(self._board, task, final=final)
        elif final:  # it queues, and no attempt may start any more (R-retry-6)
            attempts.finish(self._board, TaskDone(task, error=task.error))

    def _cuts(self) -> bool:
        """The cuts of failing scopes and of `fail_fast`."""
        due = self._board.state.due_cuts
        if not due:
            return False
        while due:
            _, number, position = heappop(due)
            scope = self._board.state.scopes.get(number)
            if scope is None or scope.phase not in ("steps", "finally"):
                continue
            if position < 0:
                if scope.phase == "steps":
                    for each in range(self._board.graph(scope).finals):
                        stopping.cut_failing(self._board, scope, each)
                        self._settle()
            elif not scope.steps[position].status:
                stopping.cut_elements(self._board, scope, position)
            self._settle()
        return True

    def _steered(self) -> bool:
        """Cancels and pauses."""
        found = self._pending.take_steering()
        for event in found:
            match event:
                case Cancel():
                    self._cancel()
                case Pause():
                    self._pause()
                case Resume():
                    self._resume()
                case _:
                    continue
            self._settle()
        return bool(found)

    def _cancel(self) -> None:
        board = self._board
        board.state.cancels += 1
        board.note(Note(board.state.now, "cancel", "", board.state.cancels))
        if board.state.cancels > 1:
            stopping.abort(board)
        else:
            stopping.stop_scope(board, board.root, "cancelled")

    def _pause(self) -> None:
        state = self._board.state
        if state.paused_at is None:
            state.paused_at = state.now
            self._board.note(Note(state.now, "pause", ""))

    def _resume(self) -> None:
        state = self._board.state
        if state.paused_at is not None:
            state.paused += state.now - state.paused_at
            state.paused_at = None
            self._board.note(Note(state.now, "resume", ""))

    def _activations(self) -> bool:
        """Steps whose dependencies have settled, and next elements."""
        state = self._board.state
        if not state.due_steps:
            return False
        due, state.due_steps = sorted(state.due_steps), []
        for _, number, position in due:
            scope = state.scopes.get(number)
            if scope is not None and scope.phase != "ended":
                steps.activate(self._board, scope, position)
                self._settle()
        return True

    def _composites(self) -> bool:
        """Starts of composite attempts."""
        state = self._board.state
        if not state.due_composites or state.paused_at is not None:
            return False
        due, state.due_composites = sorted(state.due_composites), []
        for _, number in due:
            task = state.tasks.get(number)
            if task is not None and task.phase == "ready":
                attempts.start(self._board, task)
                self._settle()
        return True

    def _grants(self) -> bool:
        """Grants of slots, and starts of leaf attempts; a budget's stop is handled at once."""
        board = self._board
        if board.state.paused_at is not None:
            return False
        queue.arrange(board)
        while (task := queue.take(board)) is not None:
            owner = budgets.refusing(board, task) if task.payers else None
            if owner is not None:
                queue.release(board, task)
                stopping.refuse(board, owner, task)
                self._settle()
                stopping.stop_scope(board, owner, "budget_exceeded")
                self._settle()
                board.state.again = True  # attempts that take no time end before anything starts
                return False
            attempts.start(board, task)
        return False

    def _settle(self) -> None:
        """Hand what has ended to the part above it, until nothing has."""
        board = self._board
        while board.done:
            done = board.done.popleft()
            match done:
                case TaskDone():
                    if done.task.undoing:
                        scopes.on_compensation(board, done)
                    else:
                        activations.on_task(board, done)
                case ActivationDone():
                    steps.on_activation(board, done)
                case StepDone():
                    scopes.on_step(board, done)
                case ScopeDone():
                    attempts.on_scope(board, done.scope)
                    scopes.forget(board, done.scope)


class _Pending:
    """The events of one call of `handle` that are still to be handled."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._ends = [e for e in events if isinstance(e, Succeeded | Failed)]
        self._others = [e for e in events if not isinstance(e, Succeeded | Failed)]

    def take_ends(self) -> Sequence[Succeeded | Failed]:
        """The ends of attempts, once."""
        found, self._ends = self._ends, []
        return found

    def take(self, kind: type[_E]) -> list[_E]:
        """The events of a kind, once."""
        found = [event for event in self._others if isinstance(event, kind)]
        if found:
            self._others = [event for event in self._others if not isinstance(event, kind)]
        return found

    def take_steering(self) -> list[Event]:
        """All events that steer the run, once; signals have been taken before."""
        found, self._others = self._others, []
        return cast("list[Event]", found)
