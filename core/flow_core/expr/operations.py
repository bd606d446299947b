"""Closures of operators."""

from collections.abc import Callable
from typing import Any

from flow_core.expr import ast
from flow_core.expr.arithmetic import Operation, no_overload, ordered, shown
from flow_core.expr.ast import Ast
from flow_core.expr.errors import EvaluationError, Fault, Meter, weightier, wrong_kind
from flow_core.expr.frame import Closure, Frame, located
from flow_core.expr.values import equal, has_key, is_list, is_map


def truth(node: Ast, value: Any) -> bool:
    """A value as a condition, which only a boolean is."""
    if value is True or value is False:
        return value
    kind = wrong_kind(value)
    message = f"a condition is a boolean, not {shown(value)}"
    raise EvaluationError(kind, message, node.start, node.end)


def logic(node: ast.Binary, left: Closure, right: Closure, *, decisive: bool) -> Closure:
    """``&&`` and ``||``: one side that decides makes up for an error of the other.

    What is unknown on one side may yet decide, so it counts for more than an error of the other.
    """

    def run(frame: Frame) -> bool:
        try:
            value = truth(node.left, left(frame))
        except EvaluationError as error:
            if error.kind == "limit" or not _decides(error, frame):
                raise
            return decisive
        return value if value is decisive else truth(node.right, right(frame))

    def _decides(error: EvaluationError, frame: Frame) -> bool:
        try:
            return truth(node.right, right(frame)) is decisive
        except EvaluationError as other:
            raise weightier(error, other) from None

    return run


def equality(node: ast.Binary, left: Closure, right: Closure, *, expected: bool) -> Closure:
    """``==`` and ``!=``."""

    def run(frame: Frame) -> bool:
        one, other = left(frame), right(frame)
        if type(one) is str and type(other) is str:
            return (one == other) is expected
        try:
            return equal(one, other, frame.meter) is expected
        except Fault as fault:
            raise located(fault, node) from None

    return run


def operation(node: ast.Binary, left: Closure, right: Closure, operate: Operation) -> Closure:
    """An operator that needs both of its operands."""

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        try:
            return operate(one, other, frame.meter)
        except Fault as fault:
            raise located(fault, node) from None

    return run


def contained(value: Any, container: Any, meter: Meter) -> bool:
    """``value in container``."""
    if is_map(container) and (value is None or isinstance(value, bool | int | float | str)):
        return has_key(container, value)
    if is_list(container):
        meter.spend(len(container))
        return any(equal(value, item, meter) for item in container)
    raise no_overload("in", value, container)


def _comparison(operator: str, compare: Callable[[Any, Any], bool]) -> Operation:
    def run(left: Any, right: Any, _meter: Meter) -> bool:
        ordered(operator, left, right)
        if type(left) is not type(right):  # an int and a double
            return compare(float(left), float(right))
        return compare(left, right)

    return run


COMPARISONS = {
    "<": _comparison("<", lambda left, right: left < right),
    "<=": _comparison("<=", lambda left, right: left <= right),
    ">": _comparison(">", lambda left, right: left > right),
    ">=": _comparison(">=", lambda left, right: left >= right),
}
