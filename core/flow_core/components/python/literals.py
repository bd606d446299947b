"""Literal values in source, as JSON: what stands there, never what would be computed."""

import ast
import math

from msgspec import UNSET, UnsetType

from flow_core.components.python.names import Definition, Names
from flow_core.components.python.source import Source
from flow_core.diagnostics import Json
from flow_core.types.algebra import union
from flow_core.types.kinds import NULL, BooleanType, NumberType, StringType, Type

_MAX_DEPTH = 20


def literal(
    node: ast.expr | None, source: Source, names: Names, depth: int = 0
) -> "Json | UnsetType":
    """The JSON value that an expression spells; UNSET where it is no literal.

    A name is followed to the literal it was assigned (constants, members of an Enum).
    """
    if depth > _MAX_DEPTH:
        return UNSET
    match node:
        case ast.Constant(value=value):
            return _scalar(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return _scalar(-value)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return _items(items, source, names, depth)
        case ast.Dict():
            return _entries(node, source, names, depth)
        case ast.Name() | ast.Attribute():
            target = names.resolve(node, source)
            if isinstance(target, Definition) and isinstance(target.node, ast.expr):
                return literal(target.node, target.source, names, depth + 1)
            return UNSET
        case _:
            return UNSET


def _scalar(value: object) -> "Json | UnsetType":
    if isinstance(value, float) and not math.isfinite(value):
        return UNSET
    return value if value is None or isinstance(value, bool | int | float | str) else UNSET


def _items(nodes: list[ast.expr], source: Source, names: Names, depth: int) -> "Json | UnsetType":
    items: list[Json] = []
    for node in nodes:
        item = literal(node, source, names, depth + 1)
        if isinstance(item, UnsetType):
            return UNSET
        items.append(item)
    return items


def _entries(node: ast.Dict, source: Source, names: Names, depth: int) -> "Json | UnsetType":
    entries: dict[str, Json] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        name = literal(key, source, names, depth + 1)
        item = literal(value, source, names, depth + 1)
        if not isinstance(name, str) or isinstance(item, UnsetType):
            return UNSET
        entries[name] = item
    return entries


def enumeration(values: list[Json]) -> Type:
    """The type of one of these values."""
    strings = tuple(value for value in values if isinstance(value, str))
    flags = [value for value in values if isinstance(value, bool)]
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    members: list[Type] = [BooleanType(flag) for flag in dict.fromkeys(flags)]
    if len(members) > 1:
        members = [BooleanType()]
    if strings:
        members.append(StringType(enum=tuple(dict.fromkeys(strings))))
    if numbers:
        integer = all(isinstance(value, int) for value in numbers)
        members.append(NumberType(integer=integer, enum=tuple(dict.fromkeys(numbers))))
    if None in values:
        members.append(NULL)
    return union(*members)
