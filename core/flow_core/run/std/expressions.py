"""Expressions among the inputs of components, which are compiled when an attempt runs."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from flow_core.diagnostics import Json
from flow_core.expr.checker import check
from flow_core.expr.errors import EvaluationError, Fault
from flow_core.expr.evaluate import compile_expression
from flow_core.expr.parser import parse
from flow_core.expr.scope import Scope
from flow_core.expr.values import Value, adopt, plain
from flow_core.run.errors import ComponentError
from flow_core.types.kinds import ANY, Type

Evaluate: TypeAlias = Callable[[Mapping[str, Value], str], Value]
"""Gives the value of an expression for some variables; the text says where, if it has none."""


def compiled(source: str, variables: Mapping[str, Type]) -> Evaluate:
    """An expression, ready to be evaluated.

    Raises:
        ComponentError: `ExpressionFailed`, if it is wrong; its function, if it has no value.
    """
    parsed = parse(source)
    checked = check(parsed.tree, Scope(variables))
    for problem in (*parsed.problems, *checked.problems):
        raise failed(source, problem.message)
    program = compile_expression(parsed.tree, checked.doubles)

    def evaluate(values: Mapping[str, Value], where: str) -> Value:
        try:
            return program(values)
        except EvaluationError as error:
            raise failed(source, error.message, where) from None

    return evaluate


def failed(source: str, message: str, where: str = "") -> ComponentError:
    """The error of an expression."""
    place = f" {where}" if where else ""
    return ComponentError("ExpressionFailed", f"`{source.strip()}`{place}: {message}")


def seen(data: Json) -> Any:
    """Data as expressions see it where nothing is known of its type."""
    return adopt(data, ANY)


def as_json(value: Value, source: str, where: str) -> Json:
    """The value of an expression as JSON.

    Raises:
        ComponentError: `ExpressionFailed`, if it has no place there.
    """
    try:
        return plain(value)
    except Fault as fault:
        raise failed(source, fault.message, where) from None
