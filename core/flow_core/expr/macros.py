"""Checking macros: what their variables stand for, and what they give."""

from typing import TYPE_CHECKING

from flow_core.expr.ast import Ast, MapLiteral
from flow_core.expr.ast import Macro as MacroNode
from flow_core.expr.narrowing import facts
from flow_core.expr.operators import item_type, kinds, value_type
from flow_core.types import show, union
from flow_core.types.kinds import ANY, BOOLEAN, INTEGER, STRING, ListType, MapType, Type

if TYPE_CHECKING:
    from flow_core.expr.inference import Inference
    from flow_core.expr.scope import Scope

_SORTABLE = ({"integer", "number"}, {"string"}, {"boolean"}, {"bytes"}, {"duration"}, {"datetime"})


def check_macro(inference: "Inference", node: MacroNode, scope: "Scope") -> Type:
    """The type of a macro."""
    target = inference.strict(node.target, scope, "be gone through")
    variables = _variables(inference, node, target)
    inside = scope.binding(variables)
    match node.name:
        case "all" | "exists" | "exists_one" | "existsOne":
            inference.condition(node.arguments[0], inside)
            return BOOLEAN
        case "filter":
            inference.condition(node.arguments[0], inside)
            return ListType(_first(variables))
        case "sortBy":
            return _sort_by(inference, node, inside, _first(variables))
        case "transformMapEntry":
            return _entries(inference, _value(inference, node, inside), node.arguments[-1])
        case "transformMap":
            value = _value(inference, node, inside)
            return MapType(value) if kinds(target) == ("map",) else ANY
        case _:
            return ListType(_value(inference, node, inside))


def _first(variables: dict[str, Type]) -> Type:
    return next(iter(variables.values()), ANY)


def _variables(inference: "Inference", node: MacroNode, target: Type) -> dict[str, Type]:
    """The variables of a macro; two stand for index and item, or for key and value."""
    first, second = item_type(target), value_type(target)
    lists = {"list", "any"} if node.name == "sortBy" else {"list", "map", "any"}
    if first is None or not set(kinds(target)) <= lists:
        what = "a list" if node.name == "sortBy" else "a list or a map"
        message = f"`{node.name}` goes through {what}, not `{show(target)}`"
        inference.complaints.mismatch(node.target, message, f"give {what}")
        first, second = ANY, ANY
    names = [variable.name for variable in node.variables]
    if len(names) == 1:
        return {names[0]: first}
    if names[0] == names[1]:
        message = f"both variables are called `{names[0]}`"
        inference.complaints.report("bad-macro", node.variables[1], message, "rename one")
    return {names[0]: _position(target), names[1]: second}


def _position(target: Type) -> Type:
    """What the first of two variables stands for."""
    found: dict[str, Type] = {"list": INTEGER, "map": STRING}
    return union(*(found.get(kind, ANY) for kind in kinds(target)))


def _value(inference: "Inference", node: MacroNode, inside: "Scope") -> Type:
    """The type of what a macro makes of an item, where a condition before it holds."""
    *conditions, value = node.arguments
    for condition in conditions:
        inference.condition(condition, inside)
        inside = inside.narrowed(facts(condition, truth=True))
    return inference.type_of(value, inside)


def _entries(inference: "Inference", value: Type, node: Ast) -> Type:
    """The map that the entries make."""
    if not set(kinds(value)) <= {"map", "any"}:
        message = f"an entry is written `{{key: value}}`, not `{show(value)}`"
        inference.complaints.mismatch(node, message, "put the key and the value in braces")
        return ANY
    return MapType(value_type(value)) if isinstance(node, MapLiteral) else ANY


def _sort_by(inference: "Inference", node: MacroNode, inside: "Scope", item: Type) -> Type:
    """A list in the order of keys, which must be comparable with each other."""
    key = inference.strict(node.arguments[0], inside, "be sorted by")
    found = set(kinds(key)) - {"any"}
    if found and not any(found <= group for group in _SORTABLE):
        message = f"`{show(key)}` can't be sorted by"
        hint = "sort by numbers, texts, booleans, times or durations"
        inference.complaints.mismatch(node.arguments[0], message, hint)
    return ListType(item)
