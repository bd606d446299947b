"""Values at the borders of a type fit it, are the same every time, and reach its ends."""

from typing import Any

import pytest
from hypothesis import given, settings
from type_strategies import nothing, types

from flow_core.types import Type, parse_type
from flow_core.types.borders import border_values, variations
from flow_core.types.runtime import port_check


def read(text: Any) -> Type:
    type_, problems = parse_type(text, nothing)
    assert list(problems) == []
    return type_


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("boolean", [True, False]),
        ("string?", ["x", None, ""]),
        ({"enum": ["a", "b"]}, ["a", "b"]),
        ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 2, 3]),
        ({"type": "number", "exclusiveMinimum": 0}, [1, 0.1]),
        ({"type": "string", "maxLength": 3}, ["x", "", "xxx"]),
        ("list<boolean>", [[True], [], [False], [True, True]]),
        ("map<boolean>", [{"a": True}, {}, {"a": False}]),
        ("duration", ["1s", "0s"]),
        ({"fields": {"n": "boolean", "note": "string?"}}, [{"n": True, "note": "x"}, {"n": True}]),
    ],
)
def test_they_reach_the_ends(text: Any, values: list[Any]) -> None:
    found = border_values(read(text))
    assert [each for each in values if each not in found] == []
    assert found[0] == values[0]


def test_a_type_without_values_has_none() -> None:
    type_ = read({"type": "integer", "minimum": 1, "maximum": 3, "multipleOf": 5})
    assert border_values(type_) == []


@settings(deadline=None)
@given(types)
def test_all_of_them_fit(type_: Type) -> None:
    found = border_values(type_)
    assert found == border_values(type_)
    check = port_check(type_)
    for value in found:
        check(value)
    for value in found[:2]:
        for varied in variations(type_, value, ["a word", 7]):
            check(varied)


def test_variations_change_one_part_and_try_the_words() -> None:
    order = read({"fields": {"sku": "string", "qty": {"type": "integer", "minimum": 1}}})
    found = list(variations(order, {"sku": "mug", "qty": 5}, ["kettle", 6]))
    assert {"sku": "kettle", "qty": 5} in found
    assert {"sku": "mug", "qty": 6} in found
    assert {"sku": "mug", "qty": 1} in found
    assert {"sku": "", "qty": 5} in found
    assert {"sku": "mug", "qty": 5} not in found
