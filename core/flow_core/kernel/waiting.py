"""Attempts that wait instead of working: `std.wait`, `std.wait_signal` and `std.approval`."""

from flow_core.diagnostics import Json
from flow_core.durations import parse_duration
from flow_core.expr.times import MAX_TIMESTAMP, MIN_TIMESTAMP, Timestamp, parse_timestamp
from flow_core.kernel.board import Board
from flow_core.kernel.state import Task
from flow_core.plan import plan as p


def wait_of(board: Board, task: Task, call: p.Leaf) -> int | None:
    """When the wait of a `std.wait` is over, or at once where a signal has come early."""
    now = board.state.now
    if call.waits == "timer":
        return now + max(0, _duration(board, task.inputs))
    if call.waits == "signal" and task.path in board.state.signals:
        return now
    return None


def _duration(board: Board, inputs: dict[str, Json]) -> int:
    """How long a `std.wait` is to wait, in microseconds."""
    duration, until = inputs.get("duration"), inputs.get("until")
    if isinstance(duration, str):
        return parse_duration(duration) or 0
    moment = parse_timestamp(until) if isinstance(until, str) else None
    start = board.state.start
    if moment is None or start is None:
        return 0
    return moment.microseconds - start - board.state.now


def wall_clock(board: Board) -> str:
    """The virtual or real time of this instant, in RFC 3339; virtual time may outlast the years."""
    now = (board.state.start or 0) + board.state.now
    return str(Timestamp(max(MIN_TIMESTAMP, min(now, MAX_TIMESTAMP))))
