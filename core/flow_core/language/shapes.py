"""Shapes: what may stand at a place of a Flow file, as small frozen values.

A `Record` lists its keys, and each `Key` says what a person must know about it, once. The shape
checker, the JSON Schema, the reference page, completion and hover all read these values.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from flow_core.diagnostics import Json

Format: TypeAlias = Literal[
    "text",
    "prose",
    "identifier",
    "label",
    "duration",
    "cron",
    "timezone",
    "version",
    "path",
    "reference",
    "datetime",
    "comparison",
]
"""What a string means. ``prose`` is for people, so that `${{` in it is no mistake."""

MAX_INTEGER = 2**63 - 1
"""Integers have 64 bits."""

ExpressionKind: TypeAlias = Literal["any", "boolean", "list", "text"]
"""What an expression at a place gives."""


class Text(msgspec.Struct, frozen=True):
    """A string without expressions."""

    format: Format = "text"


class Number(msgspec.Struct, frozen=True):
    """A number within bounds, both included."""

    integer: bool = False
    minimum: int | None = None
    maximum: int | None = None


class Boolean(msgspec.Struct, frozen=True):
    """``true`` or ``false``."""


class Words(msgspec.Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]


class Constant(msgspec.Struct, frozen=True):
    """The one value that may stand here."""

    value: int | bool


class Data(msgspec.Struct, frozen=True):
    """Any plain data. ``literal`` tells that an expression in it is a mistake, not just text."""

    literal: bool = False


class Value(msgspec.Struct, frozen=True):
    """Data that may hold expressions, as a whole or inside."""

    gives: ExpressionKind = "any"


class TypeShape(msgspec.Struct, frozen=True):
    """A type, shorthand or JSON Schema, which `types` reads. ``keys`` may stand beside it."""

    keys: "tuple[Key, ...]" = ()


class ListOf(msgspec.Struct, frozen=True):
    """A list."""

    item: "Shape"
    filled: bool = False


class MapOf(msgspec.Struct, frozen=True):
    """A mapping from names; ``names`` is "identifier" where they are declared here."""

    value: "Shape"
    names: Literal["text", "identifier"] = "text"
    filled: bool = False


class Choice(msgspec.Struct, frozen=True):
    """Keys of which exactly one must be there; ``companions`` stand only beside their head."""

    heads: tuple[str, ...]
    companions: dict[str, str] = {}


class Record(msgspec.Struct, frozen=True, dict=True):
    """A mapping with known keys.

    ``title`` is a noun with its article ("a step"). With a ``marker`` the record is one of several
    variants, and is meant only where the marker is present beside nothing but its own keys.
    """

    name: str
    title: str
    doc: str
    keys: "tuple[Key, ...]"
    choice: Choice | None = None
    marker: str = ""

    @cached_property
    def index(self) -> "dict[str, Key]":
        """The keys by name."""
        return {key.name: key for key in self.keys}

    @cached_property
    def required(self) -> "tuple[Key, ...]":
        """The keys that must be there."""
        return tuple(key for key in self.keys if key.required)


class Named(msgspec.Struct, frozen=True):
    """A record by its name, which is how a shape contains itself."""

    name: str


class OneOf(msgspec.Struct, frozen=True):
    """The first variant that suits the form of the value (scalar, list, mapping)."""

    variants: "tuple[Shape, ...]"


Shape: TypeAlias = (
    Text
    | Number
    | Boolean
    | Words
    | Constant
    | Data
    | Value
    | TypeShape
    | ListOf
    | MapOf
    | Record
    | Named
    | OneOf
)


class Key(msgspec.Struct, frozen=True):
    """One key of the language.

    ``doc`` is Markdown; ``default`` is what holds without the key, UNSET if nothing does; ``since``
    is a language version; ``nullable`` tells that ``null`` has a meaning here.
    """

    name: str
    shape: Shape
    doc: str
    required: bool = False
    default: "Json | msgspec.UnsetType" = msgspec.UNSET
    example: str = ""
    since: int = 1
    deprecated: str = ""
    nullable: bool = False

    @property
    def expression(self) -> ExpressionKind | None:
        """What an expression gives that may stand here or as an entry, None where none may."""
        shape = self.shape
        if isinstance(shape, MapOf | ListOf):
            shape = shape.value if isinstance(shape, MapOf) else shape.item
        variants = shape.variants if isinstance(shape, OneOf) else (shape,)
        return next((v.gives for v in variants if isinstance(v, Value)), None)


def nullable(key: Key) -> Key:
    """The same key where ``null`` removes a default."""
    return msgspec.structs.replace(key, nullable=True)
