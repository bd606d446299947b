"""Circuit breakers: one for each component in a run (R-breaker)."""

from flow_core.kernel.board import Board
from flow_core.kernel.events import Note
from flow_core.kernel.state import Breaker, BreakerState, Task
from flow_core.plan.plan import BreakerPlan

NEVER_COUNTED = frozenset({"circuit_open", "cancelled", "expression_error"})


def admit(board: Board, plan: BreakerPlan, task: Task) -> bool:
    """Whether a breaker lets an attempt through."""
    breaker = board.state.breakers.setdefault(plan.key, Breaker())
    if breaker.state == "open" and board.state.now >= breaker.until:
        _change(board, plan, breaker, "half_open")
    if breaker.state == "open":
        return False
    task.probe = breaker.state == "half_open"
    if task.probe:
        if breaker.probes >= plan.breaker.half_open_max:
            return False
        breaker.probes += 1
    task.change = breaker.change
    return True


def report(board: Board, plan: BreakerPlan, task: Task, error: str | None) -> None:
    """Tell a breaker how an attempt that it let through has ended; None is a success.

    The result of an attempt that began before the last change says nothing (R-breaker-4).
    """
    breaker = board.state.breakers[plan.key]
    if task.change != breaker.change:
        return
    if task.probe:
        breaker.probes -= 1
    if error is None:
        breaker.failures = 0
        if breaker.state == "half_open":
            _change(board, plan, breaker, "closed")
    elif _counts(plan, error):
        breaker.failures += 1
        if task.probe or breaker.failures >= plan.breaker.failure_threshold:
            _open(board, plan, breaker)


def _counts(plan: BreakerPlan, error: str) -> bool:
    if error in NEVER_COUNTED:
        return False
    return plan.breaker.errors is None or error in plan.breaker.errors


def _open(board: Board, plan: BreakerPlan, breaker: Breaker) -> None:
    breaker.until = board.state.now + plan.breaker.reset_timeout
    _change(board, plan, breaker, "open")


def _change(board: Board, plan: BreakerPlan, breaker: Breaker, state: BreakerState) -> None:
    breaker.state = state
    breaker.failures = breaker.probes = 0
    breaker.change += 1
    until = breaker.until if state == "open" else None
    board.note(Note(board.state.now, "breaker", plan.key, how=state, until=until))
