"""Steps: their conditions, their elements, and how they settle (R-cond, R-each)."""

from heapq import heappush

from flow_core.diagnostics import Json
from flow_core.expr.unknown import is_unknown, unknown
from flow_core.kernel import activations, handlers
from flow_core.kernel.board import ActivationDone, Board, StepDone, evaluation_error, failure
from flow_core.kernel.events import Error, Note
from flow_core.kernel.names import Names
from flow_core.kernel.state import Scope
from flow_core.model.pipeline import Status
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed, NotKnown


def activate(board: Board, scope: Scope, position: int) -> None:
    """A step is due: for the first time, or because a further element may start."""
    step = scope.steps[position]
    if step.status:
        return
    if step.active:
        _start_elements(board, scope, position)
        return
    plan = board.graph(scope).steps[position]
    if not _conditions_hold(scope, plan):
        settle(board, scope, position, "skipped", reason="condition")
        return
    step.active = True
    try:
        _enter(board, scope, position, plan)
    except EvaluationFailed as reason:
        outer = activations.create(board, scope, position, -1, None, outer=True)
        handlers.failed(board, outer, evaluation_error(reason, outer.path))


def _conditions_hold(scope: Scope, plan: p.StepPlan) -> bool:
    """Whether the steps that it waited for went as it asks (R-cond-1)."""
    return all(scope.steps[d.step].status in d.statuses for d in (*plan.dependencies, *plan.outer))


def _enter(board: Board, scope: Scope, position: int, plan: p.StepPlan) -> None:
    """`when`, then `for_each`, then the elements."""
    names = Names(board, scope, position)
    path = scope.path + plan.name
    if not board.holds(plan.when, names, f"{path}.when", default=not plan.only_fails):
        settle(board, scope, position, "skipped", reason="when")
    elif plan.for_each is None:
        activations.begin(board, scope, position, -1, None)
    else:
        _enter_each(board, scope, position, plan, names)


def _enter_each(board: Board, scope: Scope, position: int, plan: p.StepPlan, names: Names) -> None:
    step = scope.steps[position]
    step.items = _items(board, plan, names, scope.path + plan.name)
    if step.items:
        _start_elements(board, scope, position)
    else:
        settle(board, scope, position, "succeeded", [])


def _items(board: Board, plan: p.StepPlan, names: Names, path: str) -> list[Json]:
    """The elements; of a list that is not known yet, one whose value is not known either."""
    assert plan.for_each is not None  # noqa: S101 - or there would be no elements
    try:
        items = plan.for_each.data(names)
    except NotKnown as reason:
        items = unknown(reason.what)
    if is_unknown(items):
        board.note(Note(board.state.now, "assumed", f"{path}.for_each", how="1 element"))
        return [unknown(f"{path}.item")]
    if not isinstance(items, list):
        raise EvaluationFailed("type_error", "`for_each` takes a list")
    board.decided(f"{path}.for_each", "1 element" if len(items) == 1 else f"{len(items)} elements")
    return items


def _start_elements(board: Board, scope: Scope, position: int) -> None:
    """Start as many elements as may run at once."""
    step, plan = scope.steps[position], board.graph(scope).steps[position]
    items = step.items or []
    if board.is_halted(scope, position):
        return
    most = plan.max_parallel or len(items)
    while step.next < len(items) and len(step.live) < most and not step.closed:
        index = step.next
        step.next += 1
        activations.begin(board, scope, position, index, items[index])


def on_activation(board: Board, done: ActivationDone) -> None:
    """An element is over."""
    activation = done.activation
    scope = board.state.scopes[activation.scope]
    position = activation.step
    step = scope.steps[position]
    board.state.activations.pop(activation.id, None)
    step.live.pop(activation.index, None)
    if step.status:
        return
    if done.status in ("succeeded", "skipped"):
        step.writes[activation.index] = activation.writes
        step.recovered = step.recovered or done.recovered
    if step.items is None:
        outputs = _of_outer(board, scope, position, done) if activation.outer else done.outputs
        settle(board, scope, position, done.status, outputs, done.error, done.reason)
        return
    _note_element(board, activation.path, done)
    _keep(board, scope, position, done)
    check_over(board, scope, position)


def _of_outer(board: Board, scope: Scope, position: int, done: ActivationDone) -> Json:
    """What a handler gave for the step as a whole is its only element (R-each-4)."""
    is_list = board.graph(scope).steps[position].for_each is not None
    return [done.outputs] if is_list and done.status == "succeeded" else done.outputs


def _note_element(board: Board, path: str, done: ActivationDone) -> None:
    how = "recovered" if done.recovered else done.status
    board.note(Note(board.state.now, "settled", path, how=how))


def _keep(board: Board, scope: Scope, position: int, done: ActivationDone) -> None:
    """Keep what an element gave or how it failed."""
    step, index = scope.steps[position], done.activation.index
    match done.status:
        case "failed" if done.error is not None:
            step.failures[index] = done.error
            step.started = True
            if board.graph(scope).steps[position].fail_fast and not step.closed:
                step.closed = True
                heappush(board.state.due_cuts, ((*scope.order, position), scope.id, position))
        case "cancelled":
            step.stopped = True
        case _:
            step.results[index] = done.outputs
            step.started = True


def check_over(board: Board, scope: Scope, position: int) -> None:
    """Settle a `for_each` whose last element is over; else the next one may be due."""
    step = scope.steps[position]
    if step.status or step.items is None:
        return
    if step.next < len(step.items):
        if step.halted:
            step.stopped = True
        elif not step.closed:
            heappush(board.state.due_steps, ((*scope.order, position), scope.id, position))
            return
    if step.live:
        return
    if step.failures:
        error = step.failures[min(step.failures)]
        settle(board, scope, position, "failed", None, error)
    elif step.stopped:
        path = scope.path + board.graph(scope).steps[position].name
        error = failure("cancelled", "the step was stopped", path)
        settle(board, scope, position, "cancelled", None, error)
    else:
        outputs = [step.results.get(index) for index in range(len(step.items))]
        settle(board, scope, position, "succeeded", outputs)


def settle(  # noqa: PLR0913, PLR0917 - what a step ends with
    board: Board,
    scope: Scope,
    position: int,
    status: Status,
    outputs: Json = None,
    error: Error | None = None,
    reason: str = "",
) -> None:
    """A step settles; it does so once."""
    step = scope.steps[position]
    step.status, step.outputs, step.error, step.reason = status, outputs, error, reason
    step.waits.sort()
    path = scope.path + board.graph(scope).steps[position].name
    if status == "skipped":
        board.note(Note(board.state.now, "skipped", path, how=reason))
    else:
        how = "recovered" if step.recovered and status == "succeeded" else status
        board.note(Note(board.state.now, "settled", path, how=how))
    step.items, step.results = None, {}
    board.done.append(StepDone(scope, position))
