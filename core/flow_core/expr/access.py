"""Closures that read: variables, properties of objects, items of lists and maps."""

from typing import Any

from flow_core.expr import ast
from flow_core.expr.arithmetic import shown
from flow_core.expr.ast import Ast
from flow_core.expr.errors import EvaluationError, wrong_kind
from flow_core.expr.frame import Closure, Frame
from flow_core.expr.functions import TYPE_NAMES
from flow_core.expr.values import TypeValue, Value, has_key, is_list, is_map


def read_name(node: ast.Name) -> Closure:
    """A variable; where there is none, the type of that name."""
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


def read_property(node: ast.Select, operand: Closure, name: str) -> Closure:
    """``operand.name``."""

    def run(frame: Frame) -> Any:
        value = operand(frame)
        if is_map(value):
            try:
                return value[name]
            except KeyError:
                message = f"there is no key `{name}`"
                raise EvaluationError(
                    "no-such-key", message, node.name_start, node.name_end
                ) from None
        raise _no_member(node.operand, value)

    return run


def ask_property(node: ast.Has, operand: Closure, name: str) -> Closure:
    """``has(operand.name)``: present and not null."""

    def run(frame: Frame) -> bool:
        value = operand(frame)
        if is_map(value):
            return value.get(name) is not None
        raise _no_member(node.field.operand, value)

    return run


def _no_member(node: Ast, value: Value) -> EvaluationError:
    kind = wrong_kind(value)
    return EvaluationError(kind, f"{shown(value)} has no properties", node.start, node.end)


def read_item(node: ast.Index, operand: Closure, index: Closure) -> Closure:
    """``operand[index]``."""

    def run(frame: Frame) -> Any:
        value, key = operand(frame), index(frame)
        if is_map(value):
            return _entry(node, value, key)
        if is_list(value):
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
