"""Values and types in a form in which equal meaning is equal: no positions, no order of keys.

References are written with the new names of what was renamed, so that a step that only follows a
renaming is no change.
"""

import os
from collections.abc import Hashable, Iterable, Iterator
from pathlib import PurePath
from typing import Any, cast

import msgspec

from flow_core.diff.names import Names
from flow_core.expr import ast
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Value,
)
from flow_core.types.kinds import Ref, Type

_POSITIONS = frozenset({"start", "end", "name_start", "name_end", "operator_start"})
_ROOTS = frozenset({"steps", "inputs", "state", "secrets"})
_UNSAID = frozenset({"description", "title", "$comment", "examples"})
"""What a type says to people only."""
_UNORDERED = frozenset({"enum", "members"})
"""Lists of a type whose order means nothing."""


def canonical_data(data: Any) -> Hashable:
    """JSON data; `true` is not 1, but 1.0 is.

    >>> canonical_data({"a": 1, "b": [True]}) == canonical_data({"b": [True], "a": 1.0})
    True
    """
    match data:
        case dict():
            entries = cast("dict[str, Any]", data).items()
            return frozenset((key, canonical_data(value)) for key, value in entries)
        case list() | tuple():
            return tuple(map(canonical_data, cast("list[Any]", data)))
        case bool():
            return ("boolean", data)
        case _:
            return cast("Hashable", data)


def canonical_value(value: Value | None, names: Names) -> Hashable:
    """A value that may hold expressions."""
    match value:
        case None:
            return None
        case Constant(data=data):
            return ("constant", canonical_data(data))
        case Expression(tree=tree):
            return ("expression", _expression(tree, names))
        case Interpolation(parts=parts):
            return tuple(p if isinstance(p, str) else canonical_value(p, names) for p in parts)
        case ListValue(items=items):
            return ("list", *(canonical_value(item, names) for item in items))
        case MapValue(entries=entries):
            return frozenset((key, canonical_value(each, names)) for key, each in entries.items())


def _expression(node: ast.Ast, names: Names) -> Hashable:
    match node:
        case ast.Literal(value=value):
            return (type(value).__name__, value)
        case ast.Index(operand=operand, index=ast.Literal(value=str(name))):
            return _member(operand, name, names)
        case ast.Select(operand=operand, name=name):
            return _member(operand, name, names)
        case _:
            parts = (
                getattr(node, key) for key in type(node).__struct_fields__ if key not in _POSITIONS
            )
            return (type(node).__name__, *(_part(part, names) for part in parts))


def _member(operand: ast.Ast, name: str, names: Names) -> Hashable:
    if isinstance(operand, ast.Name) and operand.name in _ROOTS:
        name = names.new(operand.name, name)
    return ("Select", _expression(operand, names), name)


def _part(part: Any, names: Names) -> Hashable:
    if isinstance(part, tuple):
        return tuple(_part(each, names) for each in cast("Iterable[Any]", part))
    if isinstance(part, msgspec.Struct):
        return _expression(cast("ast.Ast", part), names)
    return cast("Hashable", part)


# Types


def canonical_type(type_: Type, file: str, names: Names) -> Hashable:
    """A type; named ones by their names, since they are compared where they are declared."""
    return _type(type_, file, names, expand=False, around=())


def expanded_type(type_: Type, file: str, names: Names) -> Hashable:
    """A type with all names replaced by what they stand for; a recursive one by its name."""
    return _type(type_, file, names, expand=True, around=())


def _type(part: Any, file: str, names: Names, *, expand: bool, around: tuple[Ref, ...]) -> Hashable:
    match part:
        case Ref() if expand and part not in around:
            return _type(part.resolve(), file, names, expand=True, around=(*around, part))
        case Ref():
            return ("named", *ref_name(part, file, names))
        case msgspec.Struct():
            entries = _entries(part)
        case dict():
            entries = iter(cast("dict[str, Any]", part).items())
        case list() | tuple():
            items = cast("list[Any]", part)
            return tuple(_type(item, file, names, expand=expand, around=around) for item in items)
        case _:
            return canonical_data(part)
    inner = (
        (key, _ordered(key, _type(value, file, names, expand=expand, around=around)))
        for key, value in entries
    )
    return (type(cast("object", part)).__name__, frozenset(inner))


def _entries(part: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    for key in part.__struct_fields__:
        if key not in _UNSAID:
            yield key, getattr(part, key)


def _ordered(key: str, value: Hashable) -> Hashable:
    if key in _UNORDERED and isinstance(value, tuple):
        return frozenset(cast("tuple[Hashable, ...]", value))
    return value


def ref_name(ref: Ref, file: str, names: Names) -> tuple[str, str]:
    """Where a named type comes from, seen from a file (``""``: from it), and its name."""
    if ref.file == file:
        return "", names.new("types", ref.name)
    return os.path.relpath(ref.file, PurePath(file).parent), ref.name
