"""From a tree to closures: what an expression computes, ready to be called again and again.

Each node becomes a function of a `Frame`. Names are looked up, and everything else is decided,
once; the closures raise `EvaluationError` with the range of the node that has no value.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from flow_core.expr import ast
from flow_core.expr.arithmetic import ARITHMETIC, Operation, negate, no_overload, ordered, shown
from flow_core.expr.ast import Ast
from flow_core.expr.errors import EvaluationError, Fault, Meter
from flow_core.expr.functions import TYPE_NAMES, functions
from flow_core.expr.library import IMPLEMENTATIONS, accepts
from flow_core.expr.loops import compile_macro
from flow_core.expr.references import path_of
from flow_core.expr.values import TypeValue, Value, equal, has_key


class Frame:
    """What closures see: the variables, those outside of all macros, and the meter."""

    __slots__ = ("meter", "names", "outer")

    def __init__(
        self, names: Mapping[str, Value], meter: Meter, outer: Mapping[str, Value] | None = None
    ) -> None:
        self.names = names
        self.meter = meter
        self.outer = names if outer is None else outer


Closure: TypeAlias = Callable[[Frame], Any]


class Compiler:
    """Compiles one tree. ``doubles`` are the ranges of choices whose ints become doubles."""

    def __init__(self, doubles: frozenset[tuple[int, int]]) -> None:
        self.doubles = doubles

    def compile(self, node: Ast) -> Closure:
        """The closure of a node."""
        match node:
            case ast.Literal(value=value):
                return lambda _: value
            case ast.Name():
                return _name(node)
            case ast.Select():
                return self.select(node)
            case ast.Index():
                return _index(node, self.compile(node.operand), self.compile(node.index))
            case ast.Has():
                return _has(node, self.compile(node.field.operand), node.field.name)
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
        selected = _select(node, self.compile(node.operand), node.name)
        if name not in TYPE_NAMES:
            return selected
        root = name.partition(".")[0]
        constant = TypeValue(name)
        return lambda frame: selected(frame) if root in frame.names else constant

    def binary(self, node: ast.Binary) -> Closure:
        """``left operator right``."""
        left, right = self.compile(node.left), self.compile(node.right)
        match node.operator:
            case "&&" | "||" as operator:
                return _logic(node, left, right, decisive=operator == "||")
            case "==" | "!=" as operator:
                return _equality(node, left, right, expected=operator == "==")
            case "in":
                return _operation(node, left, right, _contained)
            case "<" | "<=" | ">" | ">=" as operator:
                return _operation(node, left, right, _COMPARISONS[operator])
            case operator:
                return _operation(node, left, right, ARITHMETIC[operator])

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


# Names and members


def _name(node: ast.Name) -> Closure:
    name, absolute = node.name, node.absolute
    constant = TypeValue(name) if name in TYPE_NAMES else None

    def run(frame: Frame) -> Any:
        names = frame.outer if absolute else frame.names
        try:
            return names[name]
        except KeyError:
            if constant is not None:
                return constant
            message = f"there is no variable `{name}` here"
            raise EvaluationError("unknown-name", message, node.start, node.end) from None

    return run


def _select(node: ast.Select, operand: Closure, name: str) -> Closure:
    def run(frame: Frame) -> Any:
        value = operand(frame)
        if isinstance(value, dict):
            try:
                return value[name]
            except KeyError:
                message = f"there is no key `{name}`"
                raise EvaluationError(
                    "no-such-key", message, node.name_start, node.name_end
                ) from None
        raise _no_member(node.operand, value)

    return run


def _has(node: ast.Has, operand: Closure, name: str) -> Closure:
    def run(frame: Frame) -> bool:
        value = operand(frame)
        if isinstance(value, dict):
            return value.get(name) is not None
        raise _no_member(node.field.operand, value)

    return run


def _no_member(node: Ast, value: Value) -> EvaluationError:
    kind = "null" if value is None else "no-such-overload"
    return EvaluationError(kind, f"{shown(value)} has no properties", node.start, node.end)


def _index(node: ast.Index, operand: Closure, index: Closure) -> Closure:
    def run(frame: Frame) -> Any:
        value, key = operand(frame), index(frame)
        if isinstance(value, dict):
            return _entry(node, value, key)
        if isinstance(value, list):
            return _item(node, value, key)
        raise _no_member(node.operand, value)

    return run


def _entry(node: ast.Index, entries: dict[Any, Any], key: Any) -> Any:
    """The value of a key."""
    if not isinstance(key, bool | int | float | str):
        message = f"{shown(key)} can't be the key of a map"
        raise EvaluationError("no-such-overload", message, node.index.start, node.index.end)
    try:
        if isinstance(key, str) or has_key(entries, key):
            return entries[key]
    except KeyError:
        pass
    message = f"there is no key `{key}`"
    raise EvaluationError("no-such-key", message, node.index.start, node.index.end)


def _item(node: ast.Index, items: list[Any], index: Any) -> Any:
    """An item of a list; an index may be a double without fraction."""
    if isinstance(index, bool) or not isinstance(index, int | float) or index != int(index):
        message = f"a list is indexed by an integer, not {shown(index)}"
        raise EvaluationError("no-such-overload", message, node.index.start, node.index.end)
    if not 0 <= index < len(items):
        message = f"a list of {len(items)} items has no index {int(index)}"
        raise EvaluationError("out-of-range", message, node.index.start, node.index.end)
    return items[int(index)]


def put(made: dict[Any, Any], key: Any, value: Any, place: Ast) -> None:
    """Add an entry to a map whose keys must be texts, ints or booleans and must not repeat."""
    if not isinstance(key, bool | int | str):
        message = f"{shown(key)} can't be the key of a map"
        raise EvaluationError("no-such-overload", message, place.start, place.end)
    if key in made:
        message = f"the key `{key}` is there twice"
        raise EvaluationError("bad-argument", message, place.start, place.end)
    made[key] = value


# Operators


def truth(node: Ast, value: Any) -> bool:
    """A value as a condition, which only a boolean is."""
    if value is True or value is False:
        return value
    kind = "null" if value is None else "no-such-overload"
    message = f"a condition is a boolean, not {shown(value)}"
    raise EvaluationError(kind, message, node.start, node.end)


def _logic(node: ast.Binary, left: Closure, right: Closure, *, decisive: bool) -> Closure:
    """``&&`` and ``||``: one side that decides makes up for an error of the other."""

    def run(frame: Frame) -> bool:
        try:
            value = truth(node.left, left(frame))
        except EvaluationError as error:
            if error.kind == "limit" or truth(node.right, right(frame)) is not decisive:
                raise
            return decisive
        return value if value is decisive else truth(node.right, right(frame))

    return run


def _equality(node: ast.Binary, left: Closure, right: Closure, *, expected: bool) -> Closure:
    def run(frame: Frame) -> bool:
        one, other = left(frame), right(frame)
        if type(one) is str and type(other) is str:
            return (one == other) is expected
        try:
            return equal(one, other, frame.meter) is expected
        except Fault as fault:
            raise located(fault, node) from None

    return run


def _operation(node: ast.Binary, left: Closure, right: Closure, operation: Operation) -> Closure:
    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        try:
            return operation(one, other, frame.meter)
        except Fault as fault:
            raise located(fault, node) from None

    return run


def _contained(value: Any, container: Any, meter: Meter) -> bool:
    """``value in container``."""
    if isinstance(container, dict):
        return has_key(container, value)
    if isinstance(container, list):
        meter.spend(len(container))
        return any(equal(value, item, meter) for item in container)
    raise no_overload("in", value, container)


def _comparison(operator: str, compare: Callable[[Any, Any], bool]) -> Operation:
    def run(left: Any, right: Any, _meter: Meter) -> bool:
        ordered(operator, left, right)
        return compare(left, right)

    return run


_COMPARISONS = {
    "<": _comparison("<", lambda left, right: left < right),
    "<=": _comparison("<=", lambda left, right: left <= right),
    ">": _comparison(">", lambda left, right: left > right),
    ">=": _comparison(">=", lambda left, right: left >= right),
}


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
                kind = "null" if None in values else "no-such-overload"
                message = f"`{name}` can't take {shapes}"
                raise EvaluationError(kind, message, node.start, node.end)
            known.add(types)
        try:
            return implementation(*values, frame.meter)
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


# Errors


def located(fault: Fault, node: Ast) -> EvaluationError:
    """A fault with the range of the node that it happened in."""
    return EvaluationError(fault.kind, fault.message, node.start, node.end)


def _hole(node: Ast) -> Closure:
    message = "the expression is not complete"
    return _failing(EvaluationError("syntax", message, node.start, node.end))


def _failing(error: EvaluationError) -> Closure:
    def run(_: Frame) -> Any:
        raise EvaluationError(error.kind, error.message, error.start, error.end)

    return run
