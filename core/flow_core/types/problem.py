"""What is wrong with how a type is written."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from flow_core.places import Part, Path
from flow_core.types.kinds import Type

Lookup: TypeAlias = Callable[[str], Type | None]
"""Finds what a name (``Order``, ``payments.Receipt``) or a ``$ref`` to a file stands for."""


class TypeProblem(msgspec.Struct, frozen=True):
    """A fault in the spelling of a type.

    Kinds: ``unknown-type``, ``foreign-type``, ``bad-shorthand``, ``bad-schema``, ``bad-ref``,
    ``unknown-keyword``, ``useless-keyword``, ``unknown-format``, ``unknown-property``.

    ``path`` starts at the schema's root; ``start`` and ``end`` narrow a string down, -1 means all
    of it; ``suggestion`` is what belongs there.
    """

    path: Path
    kind: str
    message: str
    help: str = ""
    suggestion: str | None = None
    part: Part = "value"
    start: int = -1
    end: int = -1
