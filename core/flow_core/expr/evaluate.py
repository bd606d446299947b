"""Evaluating expressions.

Evaluation is total: it ends in a value or in an `EvaluationError`, within a bounded cost. Compile
once what is evaluated often.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from flow_core.expr.ast import Ast
from flow_core.expr.compiler import Compiler
from flow_core.expr.conversions import to_string
from flow_core.expr.errors import MAX_COST, EvaluationError, Fault, Meter, wrong_kind
from flow_core.expr.frame import Frame
from flow_core.expr.values import KINDS, Value

_NO_TEXT = frozenset({"null", "list", "map", "bytes", "type"})
Program: TypeAlias = Callable[[Mapping[str, Value]], Value]
"""What a compiled expression is: a function of its variables."""


def compile_expression(tree: Ast, doubles: frozenset[tuple[int, int]] = frozenset()) -> Program:
    """Make a function of a tree; ``doubles`` are those that `check` found.

    The function raises `EvaluationError` where the expression has no value.
    """
    closure = Compiler(doubles).compile(tree)

    def run(variables: Mapping[str, Value]) -> Value:
        try:
            return closure(Frame(variables, Meter()))
        except RecursionError:
            message = "the data is nested too deeply"
            raise EvaluationError("limit", message, tree.start, tree.end) from None

    return run


def evaluate(tree: Ast, variables: Mapping[str, Value]) -> Value:
    """The value of a tree.

    >>> from flow_core.expr.parser import parse
    >>> evaluate(parse("inputs.n * 2").tree, {"inputs": {"n": 21}})
    42

    Raises:
        EvaluationError: if it has none.
    """
    return compile_expression(tree)(variables)


def interpolate(parts: Sequence[str | tuple[Ast, Value]]) -> str:
    """A text of which some parts are values: those of expressions, with the trees they came from.

    Raises:
        EvaluationError: if a value is null, a list, a map or bytes, which have no text.
    """
    meter = Meter(MAX_COST)
    text: list[str] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        tree, value = part
        if KINDS[type(value)] in _NO_TEXT:
            kind = wrong_kind(value)
            message = "the value has no text; write `json(…)` around it"
            raise EvaluationError(kind, message, tree.start, tree.end)
        try:
            text.append(to_string(meter, value))
        except Fault as fault:
            raise EvaluationError(fault.kind, fault.message, tree.start, tree.end) from None
    return "".join(text)
