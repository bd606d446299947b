"""The face of the kernel: events in, commands out, one instant at a time (R-instant-1)."""

from collections.abc import Sequence
from typing import cast

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel.board import Board
from flow_core.kernel.calls import fitting_inputs
from flow_core.kernel.channels import final_state
from flow_core.kernel.events import Command, Event, Note, Outcome, StepResult
from flow_core.kernel.instant import Instant
from flow_core.kernel.opening import open_run
from flow_core.kernel.state import Scope, State, Step
from flow_core.kernel.timers import next_timer
from flow_core.plan import plan as p


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
        Instant(board, events).run()
        return board.commands

    @property
    def wake(self) -> int | None:
        """When to call `handle` next if no event comes before; None: not at all."""
        if self._board.state.ended is not None:
            return None
        if self._board.state.again:
            return self._board.state.now
        timer = next_timer(self._board)
        return timer[0] if timer else None

    def take_notes(self) -> list[Note]:
        """What happened since the last call."""
        notes, self._board.notes = self._board.notes, []
        return notes

    # Looking

    @property
    def root(self) -> Scope:
        """The scope of the run itself."""
        return self._board.root

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
        state = self._board.state
        return cast("p.Leaf", self._board.attempted(state.tasks[state.running[attempt]]))

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
