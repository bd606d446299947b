"""Structural types: JSON Schema and shorthand in and out, what fits what, and why not."""

from flow_core.types.algebra import (
    admits_null,
    all_null,
    alternatives,
    deref,
    join,
    member,
    nullable,
    union,
    without_null,
)
from flow_core.types.assign import fits
from flow_core.types.by_value import type_of_literal
from flow_core.types.kinds import Type
from flow_core.types.literals import literal_problems
from flow_core.types.mismatch import Fit, Mismatch
from flow_core.types.problem import Lookup, TypeProblem
from flow_core.types.schema_in import parse_type
from flow_core.types.schema_out import to_schema
from flow_core.types.show import show

__all__ = [
    "Fit",
    "Lookup",
    "Mismatch",
    "Type",
    "TypeProblem",
    "admits_null",
    "all_null",
    "alternatives",
    "deref",
    "fits",
    "join",
    "literal_problems",
    "member",
    "nullable",
    "parse_type",
    "show",
    "to_schema",
    "type_of_literal",
    "union",
    "without_null",
]
