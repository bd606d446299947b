"""Hints of parameters: source in, shorthand out."""

import sys
from collections.abc import Callable

import pytest

from flow_core.components.library import Library
from flow_core.diagnostics import Json
from flow_core.types import deref, fits, show, to_schema

Read = Callable[..., Library]

PRELUDE = """
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum, auto
from pathlib import Path
from typing import (Annotated, Any, ClassVar, Dict, Final, Generic, List, Literal, NamedTuple,
    NewType, NotRequired, Optional, Required, Tuple, TypeAlias, TypedDict, TypeVar, Union)
from uuid import UUID
import typing as t
import datetime as dt
from annotated_types import Ge, Gt, Interval, Len, MaxLen, MinLen, MultipleOf
from pydantic import BaseModel, Field, PositiveInt, RootModel
from flow_core import Secret, component
"""

HINTS = [
    ("str", "string"),
    ("int", "integer"),
    ("float", "number"),
    ("bool", "boolean"),
    ("bytes", "bytes"),
    ("None", "null"),
    ("Any", "any"),
    ("object", "any"),
    ("complex", "any"),
    ("datetime", "datetime"),
    ("dt.datetime", "datetime"),
    ("dt.timedelta", "duration"),
    ("timedelta", "duration"),
    ("date", "string"),
    ("Decimal", "number"),
    ("UUID", "string"),
    ("Path", "string"),
    ("list", "list<any>"),
    ("list[int]", "list<integer>"),
    ("List[int]", "list<integer>"),
    ("t.List[int]", "list<integer>"),
    ("Sequence[str]", "list<string>"),
    ("Iterable[str]", "list<string>"),
    ("set[str]", "list<string>"),
    ("frozenset[int]", "list<integer>"),
    ("tuple[int, ...]", "list<integer>"),
    ("tuple[int, str]", "list<integer | string>"),
    ("Tuple[int, int]", "list<integer>"),
    ("tuple[()]", "list<any>"),
    ("dict", "map<any>"),
    ("dict[str, int]", "map<integer>"),
    ("Dict[str, list[int]]", "map<list<integer>>"),
    ("Mapping[str, Any]", "map<any>"),
    ("dict[int, str]", "any"),
    ("dict[Literal['a', 'b'], int]", "map<integer>"),
    ("Optional[int]", "integer?"),
    ("int | None", "integer?"),
    ("None | int", "integer?"),
    ("Union[int, str]", "integer | string"),
    ("Union[int, None, str]", "integer | string | null"),
    ("int | str | bool", "integer | string | boolean"),
    ("int | Any", "any"),
    ("Literal['a', 'b']", "string"),
    ("Literal[1, 2]", "integer"),
    ("Literal['a', 1, None]", "string | integer | null"),
    ("Literal[True]", "boolean"),
    ("'int'", "integer"),
    ("'list[int]'", "list<integer>"),
    ("list['int']", "list<integer>"),
    ("'int | None'", "integer?"),
    ("'not a hint ('", "any"),
    ("Annotated[int, Ge(0)]", "integer"),
    ("Annotated[int, 'words']", "integer"),
    ("Annotated[list[int], Len(1, 3)]", "list<integer>"),
    ("Final[int]", "integer"),
    ("type[int]", "any"),
    ("list[()]", "list<any>"),
    ("dict[()]", "any"),
    ("Annotated[()]", "any"),
    ("Literal[()]", "any"),
    ("Optional[()]", "any"),
    ("dict[str]", "any"),
    ("Optional[int, str]", "integer?"),
    ("Unknown", "any"),
    ("list[Unknown]", "list<any>"),
    ("unknown.Thing[int]", "any"),
    ("lambda: 0", "any"),
    ("1 + 1", "any"),
    ("PositiveInt", "integer"),
]


@pytest.mark.parametrize(("hint", "shown"), HINTS)
def test_hint(read: Read, hint: str, shown: str) -> None:
    library = read(f"{PRELUDE}\n@component\ndef f(x: {hint}): ...")
    assert show(library.components["f"].inputs["x"].type) == shown
    assert library.problems == ()


DEFINITIONS = [
    ("X = NewType('X', int)", "integer"),
    ("X = list[int]", "list<integer>"),
    ("X: TypeAlias = 'list[int]'", "list<integer>"),
    ("Y = int\nX = Y", "integer"),
    ("X = list['X']", "list<X>"),
    ("X = Union[int, 'X']", "integer | X"),
    ("X = X", "any"),
    ("X = Y\nY = X", "any"),
    ("T = TypeVar('T')\nX = list[T]", "list<any>"),
    ("class X: pass", "any"),
    ("class X(Exception): pass", "any"),
    ("class X(str): pass", "string"),
    ("class X(X): pass", "any"),
    ("class X(Y): pass\nclass Y(X): pass", "any"),
    ("class X(Missing): a: int", "any"),
    ("@dataclass\nclass X(Missing):\n  a: int", "any"),
    ("@dataclass\nclass X:\n  a: int\n  b: str = 'b'", "{a: integer, b?: string}"),
    ("@dataclass(frozen=True)\nclass X:\n  a: list[int] = field(default_factory=list)",
     "{a?: list<integer>}"),
    ("@dataclass\nclass X:\n  a: int = field(kw_only=True)", "{a: integer}"),
    ("@dataclass\nclass X:\n  a: ClassVar[int]\n  b: int | None", "{b?: integer?}"),
    ("@dataclass\nclass A:\n  a: int\n@dataclass\nclass X(A):\n  b: str",
     "{a: integer, b: string}"),
    ("@dataclass\nclass X:\n  next: 'X'", "{next: X}"),
    ("class X(TypedDict):\n  a: int\n  b: NotRequired[int]", "{a: integer, b?: integer}"),
    ("class X(TypedDict, total=False):\n  a: int\n  b: Required[int]", "{a?: integer, b: integer}"),
    ("X = TypedDict('X', {'a': int, 'b': NotRequired[str]})", "{a: integer, b?: string}"),
    ("class X(NamedTuple):\n  a: int\n  b: int = 0", "{a: integer, b?: integer}"),
    ("class X(BaseModel):\n  a: int\n  b: int = Field(default=3)\n  c: int = Field(alias='d')",
     "{a: integer, b?: integer, d: integer}"),
    ("class B(BaseModel):\n  a: int\nclass X(B):\n  a: str", "{a: string}"),
    ("class X(RootModel[list[int]]): pass", "list<integer>"),
    ("T = TypeVar('T')\n@dataclass\nclass P(Generic[T]):\n  a: T\nX = P[int]", "{a: any}"),
    ("class X(StrEnum):\n  A = 'a'\n  B = 'b'", "string"),
    ("class X(Enum):\n  A = compute()", "any"),
    ("class B(StrEnum):\n  def f(self): ...\nclass X(B):\n  A = auto()", "any"),
    ("@dataclass\nclass X:\n  a: int\n  b: int = field(init=False)", "{a: integer}"),
    ("class O:\n  class I(TypedDict):\n    a: int\nX = O.I", "{a: integer}"),
    ("if True:\n  X = int\nelse:\n  X = str", "integer"),
    ("try:\n  X = int\nexcept ImportError:\n  X = str", "integer"),
]  # fmt: skip


@pytest.mark.parametrize(("definition", "shown"), DEFINITIONS)
def test_definition(read: Read, definition: str, shown: str) -> None:
    library = read(f"{PRELUDE}\n{definition}\n@component\ndef f(x: X): ...")
    assert show(deref(library.components["f"].inputs["x"].type)) == shown


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`type X = …` came with Python 3.12")
@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        ("type X = list[int]", "list<integer>"),
        ("type X[T] = list[T]", "list<any>"),
        ("type X = int | list[X]", "integer | list<X>"),
        ("@dataclass\nclass X[T]:\n  a: T", "{a: any}"),
    ],
)
def test_definitions_of_newer_pythons(read: Read, definition: str, shown: str) -> None:
    test_definition(read, definition, shown)


REFINED = [
    ("Annotated[int, Ge(0), Gt(1)]", {"type": "integer", "minimum": 0, "exclusiveMinimum": 1}),
    ("Annotated[float, Interval(ge=0, lt=1)]",
     {"type": "number", "minimum": 0, "exclusiveMaximum": 1}),
    ("Annotated[int, MultipleOf(5)]", {"type": "integer", "multipleOf": 5}),
    ("Annotated[str, MinLen(2), MaxLen(4)]",
     {"type": "string", "minLength": 2, "maxLength": 4}),
    ("Annotated[str, Field(pattern='a+')]", {"type": "string", "pattern": "a+"}),
    ("Annotated[list[int], Len(1, 3)]",
     {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}),
    ("tuple[int, int]",
     {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
    ("Literal['a', 'b']", {"type": "string", "enum": ["a", "b"]}),
    ("Color", {"type": "string", "enum": ["red", "green"]}),
    ("Level", {"type": "integer", "enum": [1, 2]}),
    ("Mixed", {"type": "integer", "enum": [5, 6]}),
    ("Literal[Color.RED]", {"type": "string", "enum": ["red"]}),
    ("date", {"type": "string", "format": "date"}),
    ("UUID", {"type": "string", "format": "uuid"}),
]  # fmt: skip
ENUMS = """
class Color(StrEnum):
    RED = "red"
    GREEN = auto()
class Level(IntEnum):
    LOW = auto()
    HIGH = auto()
class Mixed(Enum):
    FIVE = 5
    SIX = auto()
"""


@pytest.mark.parametrize(("hint", "schema"), REFINED)
def test_refinements_become_json_schema(read: Read, hint: str, schema: dict[str, Json]) -> None:
    library = read(f"{PRELUDE}{ENUMS}\n@component\ndef f(x: {hint}): ...")
    assert to_schema(library.components["f"].inputs["x"].type) == schema


def test_aliases_of_aliases_stay_small(read: Read) -> None:
    lines = [
        "A0 = int",
        *(f"A{n} = tuple[list[A{n - 1}], dict[str, A{n - 1}]]" for n in range(1, 60)),
    ]
    library = read("\n".join([PRELUDE, *lines, "@component", "def f(x: A59): ..."]))
    assert len(repr(library.components["f"].inputs["x"].type)) < 5000


def test_what_a_component_gives_fits_what_another_takes(read: Read) -> None:
    library = read(
        PRELUDE
        + """
@dataclass
class Order:
    id: str
    note: str = ""
@component
def make() -> list[Order]: ...
@component
def take(orders: list[Order]): ...
"""
    )
    given = library.components["make"].outputs["result"].type
    taken = library.components["take"].inputs["orders"].type
    assert fits(given, taken).verdict == "yes"
    assert show(deref(deref(given).item)) == "{id: string, note: string}"
