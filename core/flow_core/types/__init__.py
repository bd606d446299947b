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
from flow_core.types.kinds import Type
from flow_core.types.mismatch import Fit, Mismatch
from flow_core.types.show import show

__all__ = [
    "Fit",
    "Mismatch",
    "Type",
    "admits_null",
    "all_null",
    "alternatives",
    "deref",
    "fits",
    "join",
    "member",
    "nullable",
    "show",
    "union",
    "without_null",
]
