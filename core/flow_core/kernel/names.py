"""What expressions see in a run (R-expr-4): each name is made when it is first read."""

from collections.abc import Mapping
from typing import Any

from flow_core.analysis.scopes import ERROR
from flow_core.diagnostics import Json
from flow_core.expr.errors import EvaluationError
from flow_core.expr.times import parse_timestamp
from flow_core.expr.unknown import is_unknown
from flow_core.expr.values import Record, adopt
from flow_core.kernel.board import Board
from flow_core.kernel.channels import earlier_writes, read_channel
from flow_core.kernel.events import Error
from flow_core.kernel.state import Activation, Scope, Write
from flow_core.plan import plan as p
from flow_core.types import deref, nullable
from flow_core.types.kinds import ANY, INTEGER, Field, ListType, ObjectType, Type

NONE: Mapping[str, Json] = {}


class Names(dict[str, Any]):
    """The names at one place of a scope.

    ``position`` is the step, -1 for the outputs of the scope. ``extra`` are names that only this
    place sees.
    """

    def __init__(
        self,
        board: Board,
        scope: Scope,
        position: int = -1,
        activation: Activation | None = None,
        extra: Mapping[str, Json] = NONE,
    ) -> None:
        super().__init__()
        self._board = board
        self._scope = scope
        self._position = position
        self._activation = activation
        self._extra = extra

    def __missing__(self, name: str) -> Any:
        value = self[name] = self._find(name)
        return value

    def _find(self, name: str) -> Any:
        board, scope = self._board, self._scope
        match name:
            case "inputs":
                return _inputs(board, board.state.scopes[scope.file])
            case "steps":
                return _Steps(board, scope)
            case "state":
                own = earlier_writes(self._activation) if self._activation else []
                return _Channels(board, scope, self._position, own)
            case "secrets":
                return {s: f"«secrets.{s}»" for s in board.pipeline(scope).secrets}
            case "run":
                return run_record(board, board.state.scopes[scope.file])
            case _:
                return self._local(name)

    def _local(self, name: str) -> Any:
        data, type_ = local(
            self._board, self._scope, self._position, self._activation, name, self._extra
        )
        if is_unknown(data):
            raise EvaluationError("unknown", f"`{name}` is known after the run", 0, 0)
        return adopt(data, type_)


def local(  # noqa: PLR0913, PLR0917 - where a name is looked for
    board: Board,
    scope: Scope,
    position: int,
    activation: Activation | None,
    name: str,
    extra: Mapping[str, Json] = NONE,
) -> tuple[Json, Type]:
    """The value and the type of a name that is not the same everywhere.

    Raises:
        KeyError: there is none of this name here.
    """
    found: tuple[Json] | None = None
    while True:
        if found is None and name in extra:
            found = (extra[name],)
            if name in _TYPED:
                return found[0], _TYPED[name]
        if position >= 0:
            step = board.graph(scope).steps[position]
            here = _of_activation(name, step, activation) if found is None else found
            type_ = _type_here(name, step)
            if type_ is not None and here is not None:
                return here[0], type_
        if not scope.group:
            if found is not None:
                return found[0], ANY
            raise KeyError(name)
        outer, position, *_ = scope.site
        activation, extra = board.state.activations.get(scope.owner), scope.extra
        scope = board.state.scopes[outer]


_TYPED: dict[str, Type] = {
    "error": ERROR,
    "attempt": INTEGER,
    "index": INTEGER,
    "iteration": INTEGER,
}


def _of_activation(
    name: str, step: p.StepPlan, activation: Activation | None
) -> tuple[Json] | None:
    """The value that an activation gives a name, if it gives it one."""
    if activation is None:
        return None
    if name in ("item", "index") and step.for_each is not None:
        if activation.outer:
            raise EvaluationError(
                "null", f"there is no `{name}`: `for_each` was not evaluated", 0, 0
            )
        return (activation.item if name == "item" else activation.index,)
    if name in ("iteration", "previous") and step.repeat is not None:
        return (activation.iteration if name == "iteration" else activation.previous,)
    return None


def _type_here(name: str, step: p.StepPlan) -> Type | None:
    """The type of a name if this step is the one that it comes from."""
    match name:
        case "item":
            return step.item
        case "previous":
            return nullable(step.result) if step.repeat else None
        case "index":
            return INTEGER if step.for_each else None
        case "iteration":
            return INTEGER if step.repeat else None
        case "outputs":
            return step.result
        case _:
            return None


LOCALS = ("item", "index", "iteration", "previous", "outputs", "error")


def capture(
    board: Board,
    scope: Scope,
    position: int,
    activation: Activation,
    extra: Mapping[str, Json],
) -> dict[str, Json]:
    """All the names around a place, for a group that runs later (R-compensate-1)."""
    found: dict[str, Json] = {}
    for name in LOCALS:
        try:
            found[name] = local(board, scope, position, activation, name, extra)[0]
        except (KeyError, EvaluationError):
            continue
    return found


# The names that are the same everywhere in a file


def _inputs(board: Board, file: Scope) -> Any:
    known = board.views.get((file.id, -1))
    if known is None:
        known = adopt(dict(file.inputs), board.pipeline(file).input_type)
        board.views[file.id, -1] = known
    return known


class _Steps(dict[str, Any]):
    """The steps that a scope sees: its own, and those around it."""

    def __init__(self, board: Board, scope: Scope) -> None:
        super().__init__()
        self._board = board
        self._scope = scope

    def __missing__(self, name: str) -> Any:
        scope = self._scope
        while (position := self._board.graph(scope).names.get(name)) is None:
            if not scope.group:
                raise KeyError(name)
            scope = self._board.state.scopes[scope.site[0]]
        value = self[name] = step_record(self._board, scope, position)
        return value


_ATTRIBUTES = ("outputs", "status", "error", "attempts", "iterations", "recovered")


def step_record(board: Board, scope: Scope, position: int) -> Any:
    """The attributes of a step (R-expr-5), kept once it has settled."""
    known = board.views.get((scope.id, position))
    if known is not None:
        return known
    state, plan = scope.steps[position], board.graph(scope).steps[position]
    outputs = state.outputs if state.status == "succeeded" else _nulls(plan.type)
    fields = {name: Field(ANY) for name in _ATTRIBUTES}
    fields["outputs"] = Field(plan.type)
    fields["error"] = Field(nullable(ERROR))
    record = adopt(
        {
            "outputs": outputs,
            "status": state.status or "skipped",
            "error": error_data(state.error),
            "attempts": state.attempts,
            "iterations": state.iterations,
            "recovered": state.recovered,
        },
        ObjectType(fields, open=False),
    )
    if state.status != "succeeded" and isinstance(outputs, dict):
        record["outputs"] = Record(outputs, _Anything())
    if state.status:
        board.views[scope.id, position] = record
    return record


class _Anything(dict[str, Field]):
    """Declares every property, so that all of them read as null."""

    def __contains__(self, key: object) -> bool:
        return True


def _nulls(type_: Type) -> Json:
    """The outputs of a step that did not succeed (R-status-3)."""
    type_ = deref(type_)
    if isinstance(type_, ListType):
        return None
    return dict.fromkeys(type_.fields) if isinstance(type_, ObjectType) else {}


def error_data(error: Error | None) -> Json:
    """An error as expressions see it."""
    if error is None:
        return None
    return {
        "name": error.name,
        "message": error.message,
        "data": error.data,
        "step": error.step,
        "attempt": error.attempt,
        "cause": error_data(error.cause),
    }


class _Channels(dict[str, Any]):
    """State as a place sees it."""

    def __init__(self, board: Board, scope: Scope, position: int, own: list[Write]) -> None:
        super().__init__()
        self._board = board
        self._at = (scope, position, own)

    def __missing__(self, name: str) -> Any:
        channels = self._board.pipeline(self._at[0]).channels
        if name not in channels:
            raise KeyError(name)
        data = read_channel(self._board, channels[name], *self._at)
        if is_unknown(data):
            raise EvaluationError("unknown", f"`state.{name}` is known after the run", 0, 0)
        value = self[name] = adopt(data, channels[name].type)
        return value


def run_record(board: Board, file: Scope) -> Any:
    """The run of a file (R-expr-4); how it went shows once its steps are over."""
    scheduled = board.state.scheduled_at
    errors = [error_data(error) for error in file.errors]
    return {
        "id": board.state.run,
        "pipeline": board.pipeline(file).name,
        "scheduled_at": None if scheduled is None else parse_timestamp(scheduled),
        "status": file.verdict or "succeeded",
        "error": errors[0] if errors else None,
        "errors": errors[1:],
    }
