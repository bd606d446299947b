"""The queue of tasks whose next attempt is to start: slots, and who is served next (R-slot)."""

from heapq import heappop, heappush

from flow_core.kernel.board import Board
from flow_core.kernel.state import Limit, Task
from flow_core.plan import plan as p


def put(board: Board, task: Task, call: p.Attempted) -> None:
    """Let a task wait for the start of its next attempt."""
    task.phase, task.due = "ready", None
    state = board.state
    if not isinstance(call, p.Leaf):
        heappush(state.due_composites, (task.order, task.id))
        return
    if not task.slots:
        state.ready_now.append((state.now, task.order, task.id))
        return
    key = "|".join(task.slots)
    if key not in state.ready:
        state.ready[key], state.slots[key] = [], task.slots
    heappush(state.ready[key], (state.now, task.order, task.id))


def limit(board: Board, name: str, slots: int) -> int:
    """Make a limit known; the one that holds, if it was known before."""
    return board.state.limits.setdefault(name, Limit(slots)).limit


def arrange(board: Board) -> None:
    """Order the tasks that need no slot, the first to be served last: so it is quick to take."""
    board.state.ready_now.sort(reverse=True)


def take(board: Board) -> Task | None:
    """The first task whose slots are all free; it holds them then. `arrange` comes first."""
    state = board.state
    free = state.ready_now
    while free and not _queues(board, free[-1][2]):
        free.pop()
    best, found = (free[-1], "") if free else (None, "")
    for key, waiting in state.ready.items():
        while waiting and not _queues(board, waiting[0][2]):
            heappop(waiting)
        if waiting and (best is None or waiting[0] < best) and _free(board, state.slots[key]):
            best, found = waiting[0], key
    if best is None:
        return None
    if found:
        heappop(state.ready[found])
    else:
        free.pop()
    task = state.tasks[best[2]]
    task.since = best[0]
    for name in task.slots:
        state.limits[name].used += 1
        task.holds = True
    return task


def _queues(board: Board, number: int) -> bool:
    task = board.state.tasks.get(number)
    return task is not None and task.phase == "ready" and task.due is None


def _free(board: Board, slots: tuple[str, ...]) -> bool:
    for name in slots:
        limit = board.state.limits[name]
        if limit.used >= limit.limit:
            return False
    return True


def release(board: Board, task: Task) -> None:
    """Give the slots of a task back."""
    if task.holds:
        for name in task.slots:
            board.state.limits[name].used -= 1
        task.holds = False
