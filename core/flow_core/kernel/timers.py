"""Timers: what is to happen at a time unless something happens before."""

from collections.abc import Iterator
from heapq import heappop

from flow_core.kernel.board import Board
from flow_core.kernel.state import DELAY, PAUSE, TIMEOUT, Timer


def next_timer(board: Board) -> Timer | None:
    """The next timer whose time is still to come, or has just come."""
    timers = board.state.timers
    while timers and not is_valid(board, timers[0]):
        heappop(timers)
    return timers[0] if timers else None


def due_timers(board: Board, first: int, last: int) -> Iterator[Timer]:
    """The timers of the kinds from ``first`` to ``last`` whose time has come."""
    state = board.state
    while (timer := next_timer(board)) and timer[0] <= state.now:
        if not first <= timer[1] <= last:
            return
        yield heappop(state.timers)


def is_valid(board: Board, timer: Timer) -> bool:
    """Whether what a timer was set for is still to come."""
    at, kind, _, number = timer
    if kind == PAUSE:
        activation = board.state.activations.get(number)
        return activation is not None and activation.due == at
    task = board.state.tasks.get(number)
    if task is None:
        return False
    if kind == DELAY:
        return task.due == at
    if kind == TIMEOUT:
        return task.ends == at and task.phase == "running" and not task.closing
    return task.last == at
