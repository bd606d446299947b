"""From a call to a task: the branch is chosen, arguments and slots are determined (R-nest-2)."""

from collections.abc import Mapping

from msgspec import UNSET

from flow_core.diagnostics import Json
from flow_core.kernel import queue
from flow_core.kernel.board import Board
from flow_core.kernel.names import Names
from flow_core.kernel.state import Activation, Order, Scope, Site, Task
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed, Formula
from flow_core.types.runtime import Misfit


def choose(
    board: Board, call: p.CallPlan, names: Names, question: str
) -> tuple[tuple[int, ...], p.CallPlan | None]:
    """The branches that are taken, and the call behind them; None where no branch holds.

    Raises:
        EvaluationFailed: a condition has no value.
    """
    chosen: list[int] = []
    while isinstance(call, p.Choice):
        for index, branch in enumerate(call.branches):
            asked = f"{question}.switch[{index}]"
            if branch.when is None:
                board.decided(asked, "true")
            elif not board.holds(branch.when, names, asked):
                continue
            chosen.append(index)
            question, call = asked, branch.call
            break
        else:
            return tuple(chosen), None
    return tuple(chosen), call


def begin(  # noqa: PLR0913 - all that makes a task
    board: Board,
    *,
    site: Site,
    chosen: tuple[int, ...],
    call: p.Attempted,
    names: Names,
    path: str,
    key: str,
    order: Order,
    owner: Activation,
    extra: Mapping[str, Json],
) -> Task:
    """Make the task of a call and let it queue for its first attempt.

    Raises:
        EvaluationFailed: an argument has no value or does not fit its port.
    """
    inputs = arguments(call, names)
    scope = board.state.scopes[site[0]]
    own = site[2] < 0 and not site[3]
    charged = not (scope.uncharged or board.is_final(scope, site[1]))
    waits = isinstance(call, p.Leaf) and call.waits
    slots = () if waits or scope.exempt else _slots(board, scope, site[1], names, own=own)
    task = Task(
        id=board.number(),
        owner=owner.id,
        site=site,
        call=chosen,
        path=path,
        key=key,
        order=order,
        inputs=inputs,
        extra=dict(extra),
        slots=slots,
        charged=charged,
        payers=scope.payers if charged else (),
    )
    board.state.tasks[task.id] = task
    owner.task = task.id
    queue.put(board, task, call)
    return task


def arguments(call: p.Attempted, names: Names) -> dict[str, Json]:
    """The inputs of a call, checked, with their defaults; a group has none.

    Raises:
        EvaluationFailed: one has no value or does not fit its port.
    """
    if isinstance(call, p.GroupCall):
        return {}
    ports = call.inputs if isinstance(call, p.Leaf) else call.pipeline.inputs
    return fitting_inputs(ports, {name: formula.data(names) for name, formula in call.arguments})


def fitting_inputs(ports: Mapping[str, p.PortPlan], given: Mapping[str, Json]) -> dict[str, Json]:
    """The values of inputs as their ports take them, with the defaults of those not given.

    Raises:
        EvaluationFailed: one is missing or does not fit its port.
    """
    found: dict[str, Json] = {}
    for name, port in ports.items():
        if name in given:
            found[name] = fitting(port.check, given[name], name)
        elif port.default is not UNSET:
            found[name] = port.default
        elif port.required:
            raise EvaluationFailed("type_error", f"the input `{name}` is missing")
        else:
            found[name] = None
    return found


def fitting(check: p.PortCheck, value: Json, name: str) -> Json:
    """A value as its port takes it.

    Raises:
        EvaluationFailed: it does not fit.
    """
    try:
        return check(value)
    except Misfit as misfit:
        raise EvaluationFailed("type_error", f"`{name}`: {misfit.message}") from None


def _slots(
    board: Board, scope: Scope, position: int, names: Names, *, own: bool
) -> tuple[str, ...]:
    """The slots that each attempt takes; a handler takes none of its step (R-slot-5)."""
    limit = board.graph(scope).steps[position].concurrency
    if limit is None or not own:
        return scope.slots
    name = limit.own if limit.group is None else _group(limit.group, names)
    known = queue.limit(board, name, limit.limit)
    if known != limit.limit:
        message = f"the concurrency group `{name}` has two limits: {known} and {limit.limit}"
        raise EvaluationFailed("expression_error", message)
    return (*scope.slots, name)


def _group(formula: Formula, names: Names) -> str:
    found = formula.data(names)
    if isinstance(found, str):
        return f"group:{found}"
    if isinstance(found, dict):  # it is only known after the run
        return "group:?"
    raise EvaluationFailed("type_error", "the name of a concurrency group is a string")
