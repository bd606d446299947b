"""The face of the kernel: events in, commands out, one instant at a time (R-instant-1)."""

from collections.abc import Iterator, Sequence
from heapq import heappop
from operator import itemgetter
from typing import TypeVar, cast

import msgspec

from flow_core.diagnostics import Json
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
from flow_core.kernel.calls import fitting_inputs
from flow_core.kernel.channels import final_state
from flow_core.kernel.events import (
    Assume,
    Cancel,
    Command,
    Error,
    Event,
    Failed,
    Note,
    Outcome,
    Pause,
    Resume,
    Signal,
    StepResult,
    Succeeded,
)
from flow_core.kernel.opening import open_run
from flow_core.kernel.state import (
    DELAY,
    LAST,
    PAUSE,
    TIMEOUT,
    Order,
    Scope,
    State,
    Step,
    Task,
    Timer,
)
from flow_core.plan import plan as p

_E = TypeVar("_E", Assume, Signal)
_PLACE = itemgetter(0, 1)

UNDECLARED = frozenset({"timeout", "cancelled", "budget_exceeded", "circuit_open", "type_error"})


class Kernel:
    """One run of a plan.

    ``inputs`` are those given; defaults are filled in. ``start`` is the wall-clock time of the
    start in microseconds since 1970, if there is one. Without a ``seed`` waits have no jitter.

    Raises:
        EvaluationFailed: an input is missing or does not fit (R-input-3).
    """

    def __init__(  # noqa: PLR0913 - a run is a function of these
        self,
        plan: p.PipelinePlan,
        inputs: dict[str, Json],
        seed: int | None = None,
        *,
        run: str = "run",
        start: int | None = None,
        scheduled_at: str | None = None,
    ) -> None:
        state = State(seed, run, start, scheduled_at)
        self._board = Board(plan, state)
        open_run(self._board, fitting_inputs(plan.inputs, inputs))

    @classmethod
    def restore(cls, plan: p.PipelinePlan, snapshot: bytes) -> "Kernel":
        """The kernel that `snapshot` was taken of."""
        kernel = cls.__new__(cls)
        kernel.__dict__["_board"] = Board(plan, msgspec.json.decode(snapshot, type=State))
        return kernel

    def snapshot(self) -> bytes:
        """The whole state as JSON; the kernel that `restore` makes of it goes on the same."""
        return msgspec.json.encode(self._board.state)

    # Driving

    def handle(self, events: Sequence[Event], now: int) -> list[Command]:
        """Handle what has happened at this instant, and say what is to be done.

        ``now`` are microseconds since the run began and never go back. All events of one instant
        come together; what attempts do that end at once comes in a further call with the same
        ``now``. After it, call again at `wake` if nothing happens before.
        """
        board = self._board
        board.commands, board.state.now = [], now
        pending = _Pending(events)
        for assumption in pending.take(Assume):
            board.state.assumed[assumption.question] = assumption.answer
        while board.state.ended is None and self._turn(pending):
            pass
        return board.commands

    def _turn(self, pending: "_Pending") -> bool:
        """Handle the first kind with anything due; False when it is the driver's turn."""
        return (
            self._ends(pending)
            or self._signals(pending)
            or self._deadlines()
            or self._cuts()
            or self._steered(pending)
            or self._activations()
            or self._composites()
            or self._grants()
        )

    @property
    def wake(self) -> int | None:
        """When to call `handle` next if no event comes before; None: not at all."""
        if self._board.state.ended is not None:
            return None
        timer = self._next_timer()
        return timer[0] if timer else None

    def _next_timer(self) -> Timer | None:
        """The next timer whose time is still to come, or has just come."""
        timers = self._board.state.timers
        while timers and not self._is_valid(timers[0]):
            heappop(timers)
        return timers[0] if timers else None

    def _due_timers(self, first: int, last: int) -> Iterator[Timer]:
        """The timers of some kinds whose time has come."""
        state = self._board.state
        while (timer := self._next_timer()) and timer[0] <= state.now:
            if not first <= timer[1] <= last:
                return
            yield heappop(state.timers)

    def take_notes(self) -> list[Note]:
        """What happened since the last call."""
        notes, self._board.notes = self._board.notes, []
        return notes

    # What is handled at one instant, in the order of R-instant-1

    def _ends(self, pending: "_Pending") -> bool:
        """Completions of attempts, and delays that are over."""
        board = self._board
        state = board.state
        due: list[tuple[Order, int, Succeeded | Failed | None, int]] = []
        for ended in pending.take_ends():
            number = state.running.get(ended.id)
            if number is not None:
                due.append((state.tasks[number].order, number, ended, DELAY))
        due.extend((t[2], t[3], None, t[1]) for t in self._due_timers(DELAY, PAUSE))
        if len(due) > 1:
            due.sort(key=_PLACE)
        for _, key, event, kind in due:
            if event is not None:
                self._end(key, event)
            elif kind == PAUSE:
                activations.begin_iteration(board, state.activations[key])
            elif key in state.tasks and state.tasks[key].due is not None:
                self._delay_over(state.tasks[key])
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
        declared = cast("p.Leaf", self._board.attempted(task)).target.errors
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
        elif cast("p.Leaf", board.attempted(task)).waits == "timer":
            attempts.end(board, task, {})
        else:
            task.due = None
            signals.take_kept(board, task)

    def _signals(self, pending: "_Pending") -> bool:
        found = pending.take(Signal)
        for signal in found:
            signals.receive(self._board, signal)
            self._settle()
        return bool(found)

    def _deadlines(self) -> bool:
        """Timeouts, then `max_duration`."""
        found = False
        for _, kind, _, number in self._due_timers(TIMEOUT, LAST):
            found = True
            self._deadline(self._board.state.tasks[number], final=kind == LAST)
            self._settle()
        return found

    def _deadline(self, task: Task, *, final: bool) -> None:
        if task.phase == "running":
            stopping.time_out(self._board, task, final=final)
        elif final:  # it queues, and no attempt may start any more (R-retry-6)
            attempts.finish(self._board, TaskDone(task, error=task.error))

    def _is_valid(self, timer: Timer) -> bool:
        """Whether what a timer was set for is still to come."""
        at, kind, _, number = timer
        state = self._board.state
        if kind == PAUSE:
            activation = state.activations.get(number)
            return activation is not None and activation.due == at
        task = state.tasks.get(number)
        if task is None:
            return False
        if kind == DELAY:
            return task.due == at
        if kind == TIMEOUT:
            return task.ends == at and task.phase == "running" and not task.closing
        return task.last == at and not task.closing

    def _cuts(self) -> bool:
        """The cuts of failing scopes and of `fail_fast`."""
        due = self._board.state.due_cuts
        if not due:
            return False
        while due:
            _, number, position = heappop(due)
            scope = self._board.state.scopes.get(number)
            if scope is None or scope.phase != "steps":
                continue
            if position < 0:
                stopping.cut_failing(self._board, scope)
            elif not scope.steps[position].status:
                stopping.cut_elements(self._board, scope, position)
            self._settle()
        return True

    def _steered(self, pending: "_Pending") -> bool:
        """Cancels and pauses."""
        found = pending.take_steering()
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
            stopping.stop_scope(board, self.root, "cancelled")

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
        while (task := queue.take(board)) is not None:
            owner = budgets.refusing(board, task)
            if owner is not None:
                queue.release(board, task)
                stopping.refuse(board, owner, task)
                self._settle()
                stopping.stop_scope(board, owner, "budget_exceeded")
                self._settle()
                return True
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

    # Looking

    @property
    def root(self) -> Scope:
        """The scope of the run itself."""
        return next(iter(self._board.state.scopes.values()))

    @property
    def state(self) -> State:
        """The state, to look at."""
        return self._board.state

    @property
    def outcome(self) -> Outcome | None:
        """How the run went, None while it goes on."""
        state, root = self._board.state, self.root
        if state.ended is None:
            return None
        status = root.verdict or "succeeded"
        return Outcome(
            status=status,
            outputs=root.outputs if status == "succeeded" else None,
            error=root.errors[0] if root.errors else None,
            errors=tuple(root.errors[1:]),
            compensated=bool(root.compensations) and not root.uncompensated,
            elapsed=state.ended,
            cost=state.cost,
            attempts=state.attempts,
        )

    def leaf(self, attempt: int) -> p.Leaf:
        """The call that a running attempt makes."""
        task = self._board.state.tasks[self._board.state.running[attempt]]
        return cast("p.Leaf", self._board.attempted(task))

    def groups(self, attempt: int) -> frozenset[str]:
        """The names of the steps around a running attempt whose calls are groups."""
        state = self._board.state
        scope = self._board.scope_of(state.tasks[state.running[attempt]])
        found: set[str] = set()
        while scope.task:
            outer, position, *_ = scope.site
            if scope.group:
                found.add(self._board.step(outer, position).name)
            scope = state.scopes[outer]
        return frozenset(found)

    def steps(self) -> dict[str, StepResult]:
        """How the steps of the run's own file went, those of groups aside."""
        root = self.root
        plans = self._board.graph(root).steps
        return {plan.name: step_result(step) for plan, step in zip(plans, root.steps, strict=True)}

    def inner_steps(self) -> dict[str, StepResult]:
        """How the steps of groups and sub-pipelines went, in their last attempts, by their paths.

        They are there under the shorter paths, too, in which the names of groups are left out.
        """
        found: dict[str, StepResult] = {}
        for scope in (*self._board.ended.values(), *self._board.state.scopes.values()):
            if scope.task:
                for plan, step in zip(self._board.graph(scope).steps, scope.steps, strict=True):
                    result = found[scope.path + plan.name] = step_result(step)
                    found.setdefault(scope.short + plan.name, result)
        return found

    def channels(self) -> dict[str, Json]:
        """The state of the run's own file."""
        return final_state(self._board, self.root)


def step_result(step: Step) -> StepResult:
    """How a step went; one that has not settled is shown as skipped."""
    return StepResult(
        status=step.status or "skipped",
        reason=step.reason,
        outputs=step.outputs,
        error=step.error,
        attempts=step.attempts,
        iterations=step.iterations,
        waits=tuple(entry[-1] for entry in step.waits),
        recovered=step.recovered,
    )


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
