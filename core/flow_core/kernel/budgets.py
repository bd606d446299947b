"""Budgets: checked when a leaf attempt is about to start, and charged then (R-budget)."""

from flow_core.kernel.board import Board
from flow_core.kernel.state import Scope, Task
from flow_core.plan import plan as p


def refusing(board: Board, task: Task) -> Scope | None:
    """The outermost scope whose budget is used up, None where the attempt may start."""
    for number in task.payers:
        scope = board.state.scopes[number]
        if _is_used_up(board, scope):
            return scope
    return None


def _is_used_up(board: Board, scope: Scope) -> bool:
    budget = board.pipeline(scope).budget
    state = board.state
    elapsed = (state.now - scope.began) - (state.paused - scope.paused)
    return (
        (budget.duration is not None and elapsed >= budget.duration)
        or (budget.cost is not None and scope.cost >= budget.cost)
        or (budget.attempts is not None and scope.attempts >= budget.attempts)
    )


def charge(board: Board, task: Task, call: p.Leaf) -> None:
    """Count an attempt that starts, with its estimated cost; a refused one costs nothing."""
    cost = call.target.cost if task.charged and not task.refused else 0
    task.cost = cost
    board.state.attempts += 1
    board.state.cost += cost
    for number in task.payers:
        scope = board.state.scopes[number]
        scope.attempts += 1
        scope.cost += cost


def correct(board: Board, task: Task, cost: float) -> None:
    """An attempt reports what it cost."""
    if not task.charged:
        return
    difference = cost - task.cost
    task.cost = cost
    board.state.cost += difference
    for number in task.payers:
        board.state.scopes[number].cost += difference
