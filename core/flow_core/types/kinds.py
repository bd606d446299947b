"""The types of Flow as frozen values: structural, and close to JSON Schema.

A type says which JSON values fit. `AnyType` is also the answer to everything that can't be decided.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_core.diagnostics import Json


class AnyType(msgspec.Struct, frozen=True):
    """Every value, null included. Never the cause of an alarm."""


class NullType(msgspec.Struct, frozen=True):
    """Only null."""


class BooleanType(msgspec.Struct, frozen=True):
    """``true`` and ``false``; ``const`` narrows it to one of them."""

    const: bool | None = None


class NumberType(msgspec.Struct, frozen=True):
    """A double, or with ``integer`` an int64, with JSON Schema's bounds."""

    integer: bool = False
    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | None = None
    exclusive_maximum: float | int | None = None
    multiple_of: float | int | None = None
    enum: tuple[float | int, ...] | None = None


class StringType(msgspec.Struct, frozen=True):
    """A string. ``format`` is one of JSON Schema's."""

    enum: tuple[str, ...] | None = None
    pattern: str | None = None
    format: str | None = None
    min_length: int | None = None
    max_length: int | None = None


class BytesType(msgspec.Struct, frozen=True):
    """Bytes; in JSON a base64 string."""


class DurationType(msgspec.Struct, frozen=True):
    """A duration in Flow's syntax (``1h30m``)."""


class DatetimeType(msgspec.Struct, frozen=True):
    """An RFC 3339 time with an offset."""


class ListType(msgspec.Struct, frozen=True):
    """A list whose items have one type."""

    item: "Type"
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


class MapType(msgspec.Struct, frozen=True):
    """A map from strings to values of one type."""

    value: "Type"


class Field(msgspec.Struct, frozen=True):
    """A property of an object. ``default`` is UNSET when there is none."""

    type: "Type"
    required: bool = True
    default: "Json | msgspec.UnsetType" = msgspec.UNSET
    description: str = ""


class ObjectType(msgspec.Struct, frozen=True):
    """An object with declared properties.

    ``open`` tells whether undeclared properties may occur in a value (they are never readable).
    """

    fields: dict[str, Field]
    open: bool = True


class UnionType(msgspec.Struct, frozen=True):
    """One of several types, flat and without duplicates; make it with `union`."""

    members: "tuple[Type, ...]"


class Ref:
    """A named type, resolved when it is looked at, so types may be recursive.

    Two references are equal when they name the same type of the same file.
    """

    __slots__ = ("_resolve", "_target", "file", "name")

    def __init__(self, name: str, file: str, resolve: "Callable[[], Type]") -> None:
        self.name = name
        self.file = file
        self._resolve = resolve
        self._target: Type | None = None

    @property
    def target(self) -> "Type":
        """The type that is meant, never a `Ref`; `AnyType` for one that only means itself."""
        if self._target is None:
            self._target = _follow(self)
        return self._target

    def resolve(self) -> "Type":
        """What the name stands for, one step on; this may be another `Ref`."""
        return self._resolve() if self._target is None else self._target

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and (self.name, self.file) == (other.name, other.file)

    def __hash__(self) -> int:
        return hash((self.name, self.file))

    def __repr__(self) -> str:
        return f"Ref({self.name!r})"


class SchemaType(msgspec.Struct, frozen=True):
    """What `base` says, narrowed by JSON Schema keywords that no kind of type can express.

    ``keywords`` is the whole schema (``not``, ``if``, ``patternProperties``, … and their
    neighbours), in which every subschema is already a `Type`. `deref` gives the base.
    """

    base: "Type"
    keywords: dict[str, Any]


Type: TypeAlias = (
    AnyType
    | NullType
    | BooleanType
    | NumberType
    | StringType
    | BytesType
    | DurationType
    | DatetimeType
    | ListType
    | MapType
    | ObjectType
    | UnionType
    | SchemaType
    | Ref
)


def _follow(ref: Ref) -> Type:
    """Walk a chain of names to its end; a chain that closes on itself says nothing."""
    seen = {ref}
    step = ref.resolve()
    while isinstance(step, Ref):
        if step in seen:
            return ANY
        seen.add(step)
        step = step.resolve()
    return step


ANY = AnyType()
NULL = NullType()
BOOLEAN = BooleanType()
INTEGER = NumberType(integer=True)
NUMBER = NumberType()
STRING = StringType()
FALSE = SchemaType(ANY, {"not": ANY})
"""No value at all: the schema `false`."""
OBJECT = ObjectType(fields={})
FILE = ObjectType(
    fields={"uri": Field(STRING), "sha256": Field(STRING), "size": Field(INTEGER)},
)
"""The builtin ``file``: where the bytes are, what they are, and how many."""

BUILTIN: dict[str, Type] = {
    "string": STRING,
    "integer": INTEGER,
    "number": NUMBER,
    "boolean": BOOLEAN,
    "object": OBJECT,
    "any": ANY,
    "null": NULL,
    "duration": DurationType(),
    "datetime": DatetimeType(),
    "bytes": BytesType(),
    "file": FILE,
}
"""The names that stand for a type everywhere."""
