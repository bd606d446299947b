"""What the future of a run depends on, as a value: runs that agree in it go on in the same way.

Times count from this instant, and numbers are left out, so that two ways to the same situation are
one. What has happened counts only where somebody can still ask for it.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from flow_core.kernel.events import Event
from flow_core.kernel.state import Activation, Scope, State, Step, Task

Pending = Sequence[tuple[int, Event]]
"""The events that are still to come, by their times."""


def fingerprint(state: State, pending: Pending, *, counts: bool) -> bytes:
    """The fingerprint of a run. ``counts`` tells that steps' attempts can be asked for."""
    return msgspec.json.encode(_Reader(state, pending, counts=counts).run())


class _Reader:
    def __init__(self, state: State, pending: Pending, *, counts: bool) -> None:
        self._state = state
        self._counts = counts
        self._ends = {getattr(event, "id", 0): (at, event) for at, event in pending}

    def run(self) -> Any:
        state = self._state
        root = next(iter(state.scopes.values()))
        budgets = any(scope.payers for scope in state.scopes.values())
        return [
            self._scope(root),
            [
                [key, b.state, b.failures, self._rel(b.until), b.probes]
                for key, b in sorted(state.breakers.items())
            ],
            sorted(state.signals),
            sorted(state.assumed.items()),
            [state.attempts, state.cost, state.now] if budgets else None,
            [[order, position] for order, _, position in sorted(state.due_steps)],
        ]

    def _rel(self, at: int | None) -> int | None:
        return None if at is None else max(at - self._state.now, -1)

    def _scope(self, scope: Scope) -> Any:
        return [
            scope.phase,
            scope.verdict,
            [error.name for error in scope.errors],
            [[r.path, r.inputs, r.extra] for r in scope.registrations],
            [scope.compensations > 0, scope.uncompensated > 0],
            self._task(self._state.tasks.get(scope.undoing)),
            [self._step(step) for step in scope.steps],
        ]

    def _step(self, step: Step) -> Any:
        counted = [step.attempts, step.iterations] if self._counts else None
        if step.status:
            error = step.error.name if step.error else None
            return [
                step.status,
                step.outputs,
                error,
                step.recovered,
                sorted(step.writes.items()),
                counted,
            ]
        live = [self._activation(self._state.activations[n]) for _, n in sorted(step.live.items())]
        failures = {str(index): error.name for index, error in step.failures.items()}
        flags = [step.active, step.started, step.halted, step.closed, step.stopped, step.recovered]
        results = sorted(step.results.items())
        return [
            step.held,
            flags,
            step.next,
            failures,
            results,
            sorted(step.writes.items()),
            live,
            counted,
        ]

    def _activation(self, activation: Activation) -> Any:
        return [
            activation.index,
            activation.iteration,
            self._rel(activation.due),
            activation.error.name if activation.error else None,
            activation.previous,
            activation.collected,
            activation.writes,
            self._task(self._state.tasks.get(activation.task)),
        ]

    def _task(self, task: Task | None) -> Any:
        if task is None:
            return None
        child = self._state.scopes.get(task.child)
        at, event = self._ends.get(task.attempt_id, (None, None))
        end = (
            None
            if event is None
            else [self._rel(at), type(event).__name__, getattr(event, "name", "")]
        )
        return [
            task.path,
            task.call,
            task.attempt,
            task.phase,
            task.inputs,
            self._rel(task.ends),
            self._rel(task.last),
            self._rel(task.due),
            task.closing,
            task.refused,
            task.probe,
            end,
            self._scope(child) if child else None,
        ]
