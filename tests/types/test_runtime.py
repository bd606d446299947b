"""Checks of ports: they agree with what is said of literals, and change no more than numbers."""

import math
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from type_strategies import types, values

from flow_core.markers import unknown
from flow_core.types import Type, literal_problems, parse_type, union
from flow_core.types.kinds import (
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Ref,
    StringType,
    UnionType,
)
from flow_core.types.runtime import Misfit, port_check


def checked(data: Any, type_: Any) -> Any:
    """What the check of a type, given in any way, makes of data; its message where it does not."""
    parsed = type_ if isinstance(type_, Type) else parse_type(type_, lambda _: None)[0]
    try:
        return port_check(parsed)(data)
    except Misfit as misfit:
        return misfit.message


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same types all the way down."""
    match left, right:
        case list(), list():
            return len(left) == len(right) and all(map(same, left, right))
        case dict(), dict():
            return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
        case _:
            return type(left) is type(right) and left == right


TREE = Ref("Tree", "", lambda: ObjectType({"n": Field(NUMBER), "next": Field(union(TREE, NULL))}))
TAGGED = UnionType((
    ObjectType({"n": Field(INTEGER), "kind": Field(StringType(enum=("a",)))}),
    ObjectType({"n": Field(NUMBER), "kind": Field(StringType(enum=("b",)))}),
))  # fmt: skip
NORMALISED: list[tuple[Any, Any, Any]] = [
    (1.0, "integer", 1),
    (1, "number", 1.0),
    (-0.0, "integer", 0),
    (-(2.0**63), "integer", -(2**63)),
    (2**70, "number", 2.0**70),
    (1, "any", 1),
    (1, "integer?", 1),
    ([1.0, 2], "list<integer>", [1, 2]),
    ({"a": 1}, "map<number>", {"a": 1.0}),
    ({"a": 2.0, "x": 1.0}, {"fields": {"a": "integer"}}, {"a": 2, "x": 1.0}),
    ({"b": {"a": 1}}, "map<map<number>>", {"b": {"a": 1.0}}),
    ([1, "a", None], "list<number | string | null>", [1.0, "a", None]),
    ({"n": 1.0, "kind": "a"}, TAGGED, {"n": 1, "kind": "a"}),
    ({"n": 1, "kind": "b"}, TAGGED, {"n": 1.0, "kind": "b"}),
    ({"n": 1, "next": {"n": 2, "next": None}}, TREE, {"n": 1.0, "next": {"n": 2.0, "next": None}}),
    (5.0, {"type": "integer", "minimum": 5, "exclusiveMaximum": 6}, 5),
    (4, {"type": "number", "multipleOf": 2, "enum": [2, 4]}, 4.0),
    ({"a1": 1.0}, {"patternProperties": {"^a": {"type": "integer"}}}, {"a1": 1.0}),
    ({"a": 1}, {"fields": {"a": "number"}, "not": {"required": ["b"]}}, {"a": 1.0}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "type_", "expected"), NORMALISED)
def test_numbers_are_as_the_type_wants_them(data: Any, type_: Any, expected: Any) -> None:
    assert same(checked(data, type_), expected)


REFUSED: list[tuple[Any, Any, str]] = [
    (True, "integer", "`true` is a boolean, and integer is expected"),
    (True, "number", "`true` is a boolean, and number is expected"),
    (2.0**63, "integer", "9.223372036854776e18 does not fit an integer of 64 bits"),
    (math.inf, "number", "a number must be finite and fit a double"),
    (math.nan, "integer", "a number must be finite and fit a double"),
    (10**400, "number", "a number must be finite and fit a double"),
    (
        {"lines": [{"qty": 1}, {"qty": "x"}]},
        {"fields": {"lines": {"type": "array", "items": {"fields": {"qty": "integer"}}}}},
        'lines[1].qty: `"x"` is a string, and integer is expected',
    ),
    (
        {"n": 1, "next": {"n": 1}},
        TREE,
        "next: required property `next` is missing",
    ),
    ({"n": 1.5, "kind": "a"}, TAGGED, "n: 1.5 is not a whole number, and an integer is expected"),
    ([1, 1.0], {"type": "array", "uniqueItems": True}, "[1]: the item repeats an earlier one"),
    ("a", {"type": "string", "not": {"const": "a"}}, "'a' should not be valid under"),
]


@pytest.mark.parametrize(("data", "type_", "message"), REFUSED)
def test_what_does_not_fit_is_told_as_of_a_literal(data: Any, type_: Any, message: str) -> None:
    assert str(checked(data, type_)).startswith(message)


INTERESTING: list[Any] = [
    (ListType(INTEGER), [1.0, True]),
    (MapType(NUMBER), {"a": 10**400}),
    (NumberType(integer=True, exclusive_minimum=1.5), 2.0),
]


def with_examples(test: Callable[..., None]) -> Callable[..., None]:
    for type_, value in INTERESTING:
        test = example(type_, value)(test)
    return settings(deadline=None, max_examples=400)(given(types, values)(test))


@with_examples
def test_a_value_is_refused_where_a_literal_has_problems(type_: Type, value: Any) -> None:
    problems = literal_problems(value, type_)
    found = checked(value, type_)
    if problems:
        assert found == problems[0].text
    else:
        assert found == value


@with_examples
def test_what_was_checked_stays_as_it_is(type_: Type, value: Any) -> None:
    assume(not literal_problems(value, type_))
    once = port_check(type_)(value)
    assert port_check(type_)(once) is once


def replaced(value: Any, numbers: st.DataObject) -> Any:
    """The value with some of its parts unknown."""
    if numbers.draw(st.integers(0, 3)) == 0:
        return unknown("a part")
    match value:
        case list():
            return [replaced(item, numbers) for item in value]
        case dict():
            return {key: replaced(item, numbers) for key, item in value.items()}
        case _:
            return value


@settings(deadline=None, max_examples=400)
@given(types, values, st.data())
def test_what_is_unknown_fits_everywhere(type_: Type, value: Any, data: st.DataObject) -> None:
    assume(not literal_problems(value, type_))
    partial = replaced(value, data)
    assert port_check(type_)(partial) == partial


def test_what_is_known_is_checked_beside_what_is_not() -> None:
    type_ = {"fields": {"a": "integer", "b": "integer"}}
    message = 'b: `"x"` is a string, and integer is expected'
    assert checked({"a": unknown("a"), "b": "x"}, type_) == message


def test_very_deep_values_are_refused() -> None:
    value: Any = None
    for _ in range(5_000):
        value = {"n": 1.0, "next": value}
    assert checked(value, TREE) == "the value is nested too deeply"


def nested(tag: str) -> ObjectType:
    return ObjectType({"deep": Field(AMBIGUOUS), "tags": Field(ListType(StringType(enum=(tag,))))})


AMBIGUOUS = Ref("Ambiguous", "", lambda: UnionType((nested("a"), nested("b"), STRING)))


def test_nested_unions_take_no_longer_than_their_value() -> None:
    value: Any = "end"
    for _ in range(60):
        value = {"deep": value, "tags": ["b"]}
    start = time.process_time()
    assert port_check(AMBIGUOUS)(value) is value
    assert time.process_time() - start < 1
