"""Refinements of a type: `annotated_types`, and the keywords of pydantic's `Field`."""

import ast
from collections.abc import Mapping

import msgspec

from flow_core.diagnostics import Json
from flow_core.types.algebra import union
from flow_core.types.kinds import ListType, NumberType, StringType, Type, UnionType

_POSITIONAL: dict[str, tuple[str, ...]] = {
    "Ge": ("ge",),
    "Gt": ("gt",),
    "Le": ("le",),
    "Lt": ("lt",),
    "Interval": (),
    "MultipleOf": ("multiple_of",),
    "MinLen": ("min_length",),
    "MaxLen": ("max_length",),
    "Len": ("min_length", "max_length"),
}
"""The constraints of `annotated_types`: the keywords that their arguments stand for, in order."""

_NUMBER = {
    "ge": "minimum",
    "gt": "exclusive_minimum",
    "le": "maximum",
    "lt": "exclusive_maximum",
    "multiple_of": "multiple_of",
}
_STRING = {"min_length": "min_length", "max_length": "max_length", "pattern": "pattern"}
_LIST = {"min_length": "min_items", "max_length": "max_items"}


def constraint_keywords(call: ast.Call, name: str) -> dict[str, ast.expr]:
    """The keywords that a constraint such as ``Ge(0)`` stands for; none for one not known."""
    if name not in _POSITIONAL:
        return {}
    positional = dict(zip(_POSITIONAL[name], call.args, strict=False))
    return positional | {word.arg: word.value for word in call.keywords if word.arg}


def refine(type_: Type, constraints: Mapping[str, Json]) -> Type:
    """The type with those of the constraints that it knows; null in a union stays as it is."""
    match type_:
        case NumberType():
            return _with(type_, _NUMBER, constraints, (int, float))
        case StringType():
            return _with(type_, _STRING, constraints, (int, str))
        case ListType():
            return _with(type_, _LIST, constraints, (int,))
        case UnionType(members=members):
            return union(*(refine(member, constraints) for member in members))
        case _:
            return type_


def _with(
    type_: NumberType | StringType | ListType,
    keywords: Mapping[str, str],
    constraints: Mapping[str, Json],
    kinds: tuple[type, ...],
) -> Type:
    changes = {
        keywords[name]: value
        for name, value in constraints.items()
        if name in keywords and isinstance(value, kinds) and not isinstance(value, bool)
    }
    return msgspec.structs.replace(type_, **changes) if changes else type_
