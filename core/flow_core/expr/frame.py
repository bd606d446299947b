"""What compiled expressions run in."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from flow_core.expr.ast import Ast
from flow_core.expr.errors import EvaluationError, Fault, Meter
from flow_core.expr.values import Value


class Frame:
    """What closures see: the variables, those outside of all macros, and the meter."""

    __slots__ = ("meter", "names", "outer")

    def __init__(
        self, names: Mapping[str, Value], meter: Meter, outer: Mapping[str, Value] | None = None
    ) -> None:
        self.names = names
        self.meter = meter
        self.outer = names if outer is None else outer


Closure: TypeAlias = Callable[[Frame], Value]
"""What a node becomes."""


def located(fault: Fault, node: Ast) -> EvaluationError:
    """A fault with the range of the node that it happened in."""
    return EvaluationError(fault.kind, fault.message, node.start, node.end)
