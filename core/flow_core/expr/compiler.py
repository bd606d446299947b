"""From a tree to closures: what an expression computes, ready to be called again and again.

Each node becomes a function of a `Frame`. Names are looked up, and everything else is decided,
once; the closures raise `EvaluationError` with the range of the node that has no value.
"""

from collections.abc import Callable
from typing import Any

from flow_core.expr import ast
from flow_core.expr.access import ask_property, put, read_item, read_name, read_property
from flow_core.expr.arithmetic import ARITHMETIC, negate, shown
from flow_core.expr.ast import Ast
from flow_core.expr.errors import EvaluationError, Fault, wrong_kind
from flow_core.expr.frame import Closure, Frame, located
from flow_core.expr.functions import TYPE_NAMES, functions
from flow_core.expr.library import IMPLEMENTATIONS, accepts
from flow_core.expr.loops import compile_macro
from flow_core.expr.operations import COMPARISONS, contained, equality, logic, operation, truth
from flow_core.expr.references import path_of
from flow_core.expr.values import TypeValue, Value


class Compiler:
    """Compiles one tree. ``doubles`` are the ranges of choices whose ints become doubles."""

    def __init__(self, doubles: frozenset[tuple[int, int]]) -> None:
        self.doubles = doubles

    def compile(self, node: Ast) -> Closure:  # noqa: C901, PLR0912 - one case for each kind of node
        """The closure of a node."""
        match node:
            case ast.Literal(value=value):
                return lambda _: value
            case ast.Name():
                return read_name(node)
            case ast.Select():
                return self.select(node)
            case ast.Index():
                return read_item(node, self.compile(node.operand), self.compile(node.index))
            case ast.Has():
                return ask_property(node, self.compile(node.field.operand), node.field.name)
            case ast.Binary():
                return self.binary(node)
            case ast.Unary():
                return self.unary(node)
            case ast.Ternary():
                return self.ternary(node)
            case ast.Call():
                return self.call(node)
            case ast.Macro():
                return compile_macro(self, node)
            case ast.ListLiteral():
                items = [self.compile(item) for item in node.items]
                return lambda frame: [item(frame) for item in items]
            case ast.MapLiteral():
                return self.map_literal(node)
            case ast.Hole():
                return _hole(node)

    def select(self, node: ast.Select) -> Closure:
        """``operand.name``; or a name of a type with dots in it."""
        if not node.name:
            return _hole(node)
        name = ".".join(path_of(node))
        selected = read_property(node, self.compile(node.operand), node.name)
        if name not in TYPE_NAMES:
            return selected
        root = name.partition(".")[0]
        constant = TypeValue(name)

        def run(frame: Frame) -> Value:
            try:
                frame.names[root]
            except KeyError:
                return constant
            return selected(frame)

        return run

    def binary(self, node: ast.Binary) -> Closure:
        """``left operator right``."""
        left, right = self.compile(node.left), self.compile(node.right)
        match node.operator:
            case "&&" | "||" as operator:
                return logic(node, left, right, decisive=operator == "||")
            case "==" | "!=" as operator:
                return equality(node, left, right, expected=operator == "==")
            case "in":
                return operation(node, left, right, contained)
            case "<" | "<=" | ">" | ">=" as operator:
                return operation(node, left, right, COMPARISONS[operator])
            case operator:
                return operation(node, left, right, ARITHMETIC[operator])

    def unary(self, node: ast.Unary) -> Closure:
        """``!`` and ``-``."""
        operand = self.compile(node.operand)
        if node.operator == "!":
            return lambda frame: not truth(node.operand, operand(frame))

        def run(frame: Frame) -> Value:
            value = operand(frame)
            try:
                return negate(value)
            except Fault as fault:
                raise located(fault, node) from None

        return run

    def ternary(self, node: ast.Ternary) -> Closure:
        """``condition ? then : otherwise``; only what is chosen is evaluated."""
        condition = self.compile(node.condition)
        then, otherwise = self.compile(node.then), self.compile(node.otherwise)

        def run(frame: Frame) -> Any:
            chosen = then if truth(node.condition, condition(frame)) else otherwise
            return chosen(frame)

        if (node.start, node.end) not in self.doubles:
            return run

        def widened(frame: Frame) -> Any:
            value = run(frame)
            return float(value) if type(value) is int else value

        return widened

    def call(self, node: ast.Call) -> Closure:
        """A function; `coalesce` evaluates no more than it needs."""
        name, target = node.function, node.target
        if isinstance(target, ast.Name) and f"{target.name}.{name}" in functions():
            name, target = f"{target.name}.{name}", None
        operands = node.arguments if target is None else (target, *node.arguments)
        arguments = [self.compile(operand) for operand in operands]
        if name == "coalesce" and target is None:
            return _coalesce(arguments)
        implementation = IMPLEMENTATIONS.get(name)
        if implementation is None:
            error = EvaluationError(
                "unknown-name", f"there is no function `{name}`", node.start, node.end
            )
            return _failing(error)
        return _call(node, name, target is not None, arguments, implementation)

    def map_literal(self, node: ast.MapLiteral) -> Closure:
        """``{key: value}``."""
        entries = [(key, self.compile(key), self.compile(value)) for key, value in node.entries]

        def run(frame: Frame) -> Value:
            made: dict[Any, Any] = {}
            for place, key, value in entries:
                put(made, key(frame), value(frame), place)
            return made

        return run


# Calls


def _call(
    node: ast.Call,
    name: str,
    member: bool,  # noqa: FBT001 - which form the call has
    arguments: list[Closure],
    implementation: Callable[..., Value],
) -> Closure:
    """A call whose arguments are checked against the signatures, once for each kind of them."""
    known: set[tuple[type, ...]] = set()

    def run(frame: Frame) -> Any:
        values = [argument(frame) for argument in arguments]
        types = tuple(map(type, values))
        if types not in known:
            if not accepts(name, member, types):
                shapes = ", ".join(shown(value) for value in values)
                kind = wrong_kind(*values)
                message = f"`{name}` can't take {shapes}"
                raise EvaluationError(kind, message, node.start, node.end)
            known.add(types)
        try:
            return implementation(frame.meter, *values)
        except Fault as fault:
            raise located(fault, node) from None

    return run


def _coalesce(arguments: list[Closure]) -> Closure:
    def run(frame: Frame) -> Any:
        for argument in arguments:
            value = argument(frame)
            if value is not None:
                return value
        return None

    return run


def _hole(node: Ast) -> Closure:
    message = "the expression is not complete"
    return _failing(EvaluationError("syntax", message, node.start, node.end))


def _failing(error: EvaluationError) -> Closure:
    def run(_: Frame) -> Any:
        raise EvaluationError(error.kind, error.message, error.start, error.end)

    return run
