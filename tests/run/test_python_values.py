"""JSON data as a function's hints want it, and what functions return as JSON data."""

import collections
import dataclasses
import datetime as dt
import enum
import typing
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pydantic
import pytest
from annotated_types import Ge

from flow_core import Secret
from flow_core.run.python import NotData, arguments, outputs_of
from flow_core.run.python.hinted import to_hint
from flow_core.run.python.returned import to_json


class Color(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


class Line(typing.TypedDict):
    sku: str
    note: str | None
    qty: typing.NotRequired[int]


@dataclasses.dataclass
class Order:
    lines: list[Line]
    color: Color
    paid: dt.date | None
    left: int = 3


class Model(pydantic.BaseModel):
    number: int
    note: str | None
    other: str = pydantic.Field(default="x", alias="theOther")


class Items(pydantic.RootModel[list[int]]):
    pass


class Struct(msgspec.Struct, rename="camel"):
    some_thing: int
    wait: dt.timedelta


class Point(typing.NamedTuple):
    x: int
    y: int = 2


Sku = typing.NewType("Sku", str)


class Text(str):
    __slots__ = ()


LINE = {"sku": "mug", "note": None}

BOTH_WAYS: list[tuple[Any, Any, Any]] = [
    (1, int, 1),
    (1, float, 1.0),
    ("a", str, "a"),
    ("a", Text, Text("a")),
    ("a", Sku, "a"),
    (None, int | None, None),
    ("1m30s", dt.timedelta, dt.timedelta(seconds=90)),
    ("2026-01-31", dt.date, dt.date(2026, 1, 31)),
    ("09:30:00", dt.time, dt.time(9, 30)),
    ("2026-01-31T00:00:00+00:00", dt.datetime, dt.datetime(2026, 1, 31, tzinfo=dt.UTC)),
    (1.5, Decimal, Decimal("1.5")),
    ("aGk=", bytes, b"hi"),
    ("a/b", Path, Path("a/b")),
    ("12345678-1234-5678-1234-567812345678", UUID, UUID("12345678123456781234567812345678")),
    ("red", Color, Color.RED),
    (1, Level, Level.LOW),
    ("red", Literal["red", "blue"], "red"),
    (3, Annotated[int, Ge(1)], 3),
    ("key", Secret[str], "key"),
    ([1], list[int], [1]),
    ([1], Sequence[int], [1]),
    ([1], set[int], {1}),
    ([1, "a"], tuple[int, str], (1, "a")),
    (["1s"], tuple[dt.timedelta, ...], (dt.timedelta(seconds=1),)),
    ([1], collections.deque[int], collections.deque([1])),
    ({"a": "1s"}, Mapping[str, dt.timedelta], {"a": dt.timedelta(seconds=1)}),
    ("1s", int | dt.timedelta, dt.timedelta(seconds=1)),
    ({"some": 1}, Any, {"some": 1}),
    ({"sku": "mug", "note": None}, Line, {"sku": "mug", "note": None}),
    (
        {"lines": [LINE], "color": "red", "paid": None, "left": 3},
        Order,
        Order([Line(sku="mug", note=None)], Color.RED, None),
    ),
    (
        {"number": 1, "note": None, "theOther": "x"},
        Model,
        Model.model_validate({"number": 1, "note": None}),
    ),
    ([1, 2], Items, Items([1, 2])),
    ({"someThing": 1, "wait": "2h"}, Struct, Struct(1, dt.timedelta(hours=2))),
    ({"x": 1, "y": 2}, Point, Point(1)),
    ({"x": 1, "y": 2}, Model | Point, Point(1)),
    ("https://example.com/", pydantic.HttpUrl, pydantic.HttpUrl("https://example.com/")),
    ("text", pydantic.SecretStr, pydantic.SecretStr("text")),
]


@pytest.mark.parametrize(("data", "hint", "value"), BOTH_WAYS)
def test_data_becomes_what_a_hint_says_and_is_the_same_data_again(
    data: Any, hint: Any, value: Any
) -> None:
    found = to_hint(data, hint)
    assert (type(found), found) == (type(value), value)
    assert to_json(found) == data


@pytest.mark.parametrize(
    ("data", "hint", "value"),
    [
        ({"sku": "mug"}, Line, {"sku": "mug", "note": None}),
        ({"lines": [], "color": "red"}, Order, Order([], Color.RED, None)),
        ({"number": 1}, Model, Model.model_validate({"number": 1, "note": None})),
    ],
)
def test_what_is_absent_and_may_be_null_is_null(data: Any, hint: Any, value: Any) -> None:
    assert to_hint(data, hint) == value


def test_an_iterator_is_one() -> None:
    assert next(to_hint([1], Iterator[int])) == 1


@pytest.mark.parametrize(
    ("data", "hint"), [({"number": 1}, Order), ("soon", dt.timedelta), ("blue", Color)]
)
def test_what_a_class_refuses_is_an_error(data: Any, hint: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        to_hint(data, hint)


def positional(first: Color, /, second: "Color", *, third: int = 5, fourth: int | None) -> None:
    """Takes arguments in every way."""


def unknown_hint(first: "Nowhere", second: Color) -> None:  # type: ignore[name-defined]  # noqa: F821
    """A hint that is only there while types are checked."""


class Options(typing.TypedDict, total=False):
    wait: dt.timedelta


def spread(**options: typing.Unpack[Options]) -> None:
    """Takes options by name."""


UNSET = msgspec.UNSET


@pytest.mark.parametrize(
    ("function", "inputs", "defaults", "given"),
    [
        (
            positional,
            {"first": "red", "second": "red"},
            {"first": UNSET, "second": UNSET, "third": UNSET, "fourth": UNSET},
            ([Color.RED, Color.RED], {"fourth": None}),
        ),
        (
            positional,
            {"first": "red", "second": "red", "fourth": 1},
            {"first": UNSET, "second": UNSET, "third": 7, "fourth": UNSET},
            ([Color.RED, Color.RED], {"third": 7, "fourth": 1}),
        ),
        (
            unknown_hint,
            {"first": "a", "second": "red"},
            {"first": UNSET, "second": UNSET},
            (["a", Color.RED], {}),
        ),
        (spread, {"wait": "1s"}, {"wait": UNSET}, ([], {"wait": dt.timedelta(seconds=1)})),
        (spread, {}, {"wait": UNSET}, ([], {})),
    ],
)
def test_a_call_has_all_arguments(
    function: Any, inputs: Any, defaults: Any, given: tuple[Any, Any]
) -> None:
    assert arguments(function, inputs, defaults) == given


@pytest.mark.parametrize(
    ("value", "names", "outputs"),
    [
        (None, (), {}),
        (None, ("a",), {}),
        (5, ("result",), {"result": 5}),
        ({"a": 1}, ("result",), {"result": {"a": 1}}),
        ({"a": 1}, ("a",), {"a": 1}),
        (Point(1), ("x", "y"), {"x": 1, "y": 2}),
        ((n for n in (1, 2)), ("result",), {"result": [1, 2]}),
    ],
)
def test_a_record_is_the_outputs_and_anything_else_the_result(
    value: Any, names: tuple[str, ...], outputs: Any
) -> None:
    assert outputs_of(value, names) == outputs


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (object(), "a value of the type `object` is no data"),
        ({"a": [object()]}, "a[0]: a value of the type `object`"),
        ({1: 2}, "a key: a value of the type `int`"),
    ],
)
def test_what_is_no_data_is_told_with_its_path(value: Any, told: str) -> None:
    with pytest.raises(NotData) as failure:
        to_json(value)
    assert told in str(failure.value)


def test_a_value_that_holds_itself_is_no_data() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(NotData):
        to_json(endless)


def test_no_record_where_one_is_expected_is_told() -> None:
    with pytest.raises(NotData, match="the outputs"):
        outputs_of("text", ("a", "b"))
