"""Opening a scope: the steps of an attempt of a pipeline or group, waiting to be activated."""

from heapq import heappush

from flow_core.diagnostics import Json
from flow_core.kernel import queue
from flow_core.kernel.board import Board
from flow_core.kernel.state import Scope, Step, Task
from flow_core.plan import plan as p


def open_scope(board: Board, task: Task, call: p.SubPipeline | p.GroupCall) -> Scope:
    """Open the scope of a composite attempt."""
    around = board.scope_of(task)
    number = board.number()
    group = isinstance(call, p.GroupCall)
    again = f"~{task.attempt}" if task.attempt > 1 else ""
    undoes = bool(task.undoing)
    uncharged = undoes or around.uncharged or board.is_final(around, task.site[1])
    scope = Scope(
        id=number,
        task=task.id,
        file=around.file if group else number,
        site=task.site,
        call=task.call,
        path=f"{task.path}/",
        short=around.short if group else f"{around.short}{_name(task)}/",
        key=f"{task.key}{again}/",
        order=task.order,
        steps=[],
        inputs=task.inputs,
        extra=task.extra,
        earlier=task.earlier,
        group=group,
        owner=task.owner,
        exempt=around.exempt or undoes,
        uncharged=uncharged,
        slots=task.slots,
        payers=() if uncharged else around.payers,
    )
    _prepare(board, scope)
    return scope


def _name(task: Task) -> str:
    return task.path.rpartition("/")[2]


def open_run(board: Board, inputs: dict[str, Json]) -> Scope:
    """Open the scope of the run itself."""
    number = board.number()
    scope = Scope(
        id=number,
        task=0,
        file=number,
        site=(0, 0, -1, False),
        call=(),
        path="",
        short="",
        key="",
        order=(),
        steps=[],
        inputs=inputs,
    )
    _prepare(board, scope)
    return scope


def _prepare(board: Board, scope: Scope) -> None:
    """Lay out the steps, limits and budgets of a new scope, and make its first steps due."""
    state = board.state
    state.scopes[scope.id] = scope
    scope.began, scope.paused = state.now, state.paused
    if not scope.group:
        plan = board.pipeline(scope)
        if plan.max_parallel is not None and not scope.exempt:
            name = f"max:{scope.id}"
            queue.limit(board, name, plan.max_parallel)
            scope.slots = (*scope.slots, name)
        budget = plan.budget
        if (
            any(x is not None for x in (budget.duration, budget.cost, budget.attempts))
            and not scope.uncharged
        ):
            scope.payers = (*scope.payers, scope.id)
    graph = board.graph(scope)
    scope.steps = [Step(held=len(step.dependencies)) for step in graph.steps]
    make_due(board, scope, range(graph.finals))


def make_due(board: Board, scope: Scope, positions: range) -> None:
    """Begin a phase of a scope: its steps without dependencies are due."""
    scope.left = len(positions)
    for position in positions:
        if not scope.steps[position].held:
            heappush(board.state.due_steps, ((*scope.order, position), scope.id, position))
