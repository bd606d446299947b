"""Values that may hold expressions, compiled: functions of the names that they see."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.expr.ast import Ast, Unary
from flow_core.expr.errors import EvaluationError, Fault
from flow_core.expr.evaluate import compile_expression, interpolate
from flow_core.expr.references import path_of
from flow_core.expr.unknown import AFTER, unknown
from flow_core.expr.values import plain
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Value,
)
from flow_core.places import Path

Names: TypeAlias = Mapping[str, Any]
"""The variables that an expression sees."""

_SCALARS = frozenset({str, int, float, bool, type(None)})


class EvaluationFailed(Exception):  # noqa: N818 - it is the step that has an error then
    """Why a value could not be evaluated: ``error`` is the name of the error of the step."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error = error
        self.message = message


class NotKnown(Exception):  # noqa: N818 - nothing has gone wrong
    """A condition depends on what is only known after the run."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Formula(msgspec.Struct, frozen=True):
    """A value ready to be evaluated.

    ``value`` gives it as expressions see it, ``data`` as JSON. ``value`` raises `NotKnown` for what
    is not known; ``data`` gives the marker of `flow_core.expr.unknown` in its place. Both raise
    `EvaluationFailed`. ``subject`` is the step's output or the input that a condition reads and
    nothing else, ``negated`` tells that it is true where that is false.
    """

    value: Callable[[Names], Any]
    data: Callable[[Names], Json]
    path: Path = ()
    is_constant: bool = False
    subject: str = ""
    negated: bool = False

    def condition(self, names: Names) -> bool:
        """The value of a condition (R-expr-13)."""
        found = self.value(names)
        if found is True or found is False:
            return found
        raise EvaluationFailed("type_error", f"a condition is a boolean, not {_shown(found)}")


Doubles: TypeAlias = Callable[[Expression], frozenset[tuple[int, int]]]
"""The choices of an expression whose ints become doubles."""


def compile_value(value: Value, path: Path, doubles: Doubles) -> Formula:
    """The formula of a value at a path."""
    match value:
        case Constant(data=data):
            return Formula(lambda _: data, lambda _: data, path, is_constant=True)
        case Expression():
            return _expression(value, path, doubles)
        case Interpolation(parts=parts):
            text = _text(parts, doubles)
            return Formula(text, _or_unknown(text), path)
        case ListValue(items=items):
            found = _list([compile_value(item, path, doubles).data for item in items])
            return Formula(found, found, path)
        case MapValue(entries=entries):
            mapping = _map({k: compile_value(v, path, doubles).data for k, v in entries.items()})
            return Formula(mapping, mapping, path)


def _expression(expression: Expression, path: Path, doubles: Doubles) -> Formula:
    program = compile_expression(expression.tree, doubles(expression))

    def value(names: Names) -> Any:
        try:
            return program(names)
        except EvaluationError as error:
            raise _failure(error, expression.source) from None

    def data(names: Names) -> Json:
        found: Json = value(names)
        if type(found) in _SCALARS:
            return found
        try:
            return plain(found)
        except Fault as fault:
            raise EvaluationFailed("expression_error", fault.message) from None
        except EvaluationError as error:
            raise _failure(error, expression.source) from None

    subject, negated = _subject(expression.tree)
    return Formula(value, _or_unknown(data), path, subject=subject, negated=negated)


def _subject(tree: Ast) -> tuple[str, bool]:
    """What an expression reads and nothing else, and whether it says the opposite of that."""
    negated = isinstance(tree, Unary) and tree.operator == "!"
    path = path_of(tree.operand if isinstance(tree, Unary) and negated else tree)
    return (".".join(path), negated) if path[:1] in (("steps",), ("inputs",)) else ("", False)


def _failure(error: EvaluationError, source: str) -> Exception:
    if error.kind == "unknown":
        return NotKnown(error.message.removesuffix(AFTER))
    return EvaluationFailed("expression_error", f"{error.message} in `{source.strip()}`")


def _or_unknown(data: Callable[[Names], Json]) -> Callable[[Names], Json]:
    """What is not known has a marker in its place."""

    def run(names: Names) -> Json:
        try:
            return data(names)
        except NotKnown as reason:
            return unknown(reason.what)

    return run


def _text(parts: Sequence[str | Expression], doubles: Doubles) -> Callable[[Names], Json]:
    compiled = [
        part if isinstance(part, str) else (part.tree, compile_expression(part.tree, doubles(part)))
        for part in parts
    ]

    def run(names: Names) -> Json:
        try:
            return interpolate(
                [part if isinstance(part, str) else (part[0], part[1](names)) for part in compiled]
            )
        except EvaluationError as error:
            raise _failure(error, "a text") from None

    return run


def _list(items: list[Callable[[Names], Json]]) -> Callable[[Names], Json]:
    return lambda names: [item(names) for item in items]


def _map(entries: dict[str, Callable[[Names], Json]]) -> Callable[[Names], Json]:
    return lambda names: {key: item(names) for key, item in entries.items()}


def _shown(value: object) -> str:
    return "null" if value is None else f"a {type(value).__name__}"
