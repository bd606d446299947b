"""Values drawn from types: they fit, they are the same for the same seed, and they differ."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from type_strategies import types

from flow_core.types import Type
from flow_core.types.borders import border_values
from flow_core.types.example import LARGEST, example
from flow_core.types.kinds import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Field,
    ListType,
    NumberType,
    ObjectType,
    Ref,
    StringType,
    UnionType,
)
from flow_core.types.runtime import Misfit, port_check
from flow_core.types.sample import sample
from flow_core.types.sample_text import FORMATTED, matching
from flow_core.types.scalars import string_problems

NODE = Ref("Node", "x", lambda: _NODE)
_NODE = ObjectType({"name": Field(STRING), "below": Field(ListType(NODE))})


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - to be repeatable, not secret


def fits(type_: Type, value: Any) -> bool:
    try:
        port_check(type_)(value)
    except Misfit:
        return False
    return True


@settings(max_examples=300, deadline=None)
@given(types, st.integers(0, 100))
def test_a_sample_fits_wherever_an_example_does(type_: Type, seed: int) -> None:
    assert fits(type_, sample(type_, seeded(seed))) or not fits(type_, example(type_))


@pytest.mark.parametrize(
    "type_",
    [
        StringType(pattern="^[A-Z]{2}$"),
        StringType(pattern="^[^a-z]+-[0-9]*$", min_length=4),
        StringType(max_length=3),
        StringType(min_length=40),
        NumberType(minimum=0.2, maximum=0.3),
        NumberType(integer=True, exclusive_minimum=2**40),
        NumberType(multiple_of=0.25, minimum=7),
        ListType(StringType(enum=("a", "b")), min_items=2, unique=True),
        NODE,
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_a_sample_keeps_what_its_type_says(type_: Type, seed: int) -> None:
    assert fits(type_, sample(type_, seeded(seed)))


@pytest.mark.parametrize(
    "type_",
    [
        StringType(min_length=10**12),
        StringType(pattern="^(a{60000}){60000}$"),
        ListType(STRING, min_items=10**12),
    ],
)
def test_nothing_huge_is_made_up(type_: Type) -> None:
    values = [example(type_), sample(type_, seeded(1)), *border_values(type_)]
    assert max(len(value) for value in values if isinstance(value, str | list)) <= LARGEST


def test_one_seed_gives_one_sample() -> None:
    type_ = ListType(ObjectType({"a": Field(STRING), "b": Field(NUMBER)}), min_items=3)
    assert sample(type_, seeded(3)) == sample(type_, seeded(3))
    assert sample(type_, seeded(3)) != sample(type_, seeded(4))


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        (BOOLEAN, {True, False}),
        (UnionType((BOOLEAN, NULL)), {True, False, None}),
        (StringType(enum=("eu", "us")), {"eu", "us"}),
        (NumberType(integer=True, minimum=1, maximum=3), {1, 2, 3}),
    ],
)
def test_samples_come_by_all_of_few_values(type_: Type, expected: set[Any]) -> None:
    assert {sample(type_, seeded(seed)) for seed in range(50)} == expected


def test_samples_come_by_small_and_large_numbers() -> None:
    drawn = [sample(INTEGER, seeded(seed)) for seed in range(100)]
    assert min(drawn) == 0  # type: ignore[type-var]
    assert max(drawn) >= 10_000  # type: ignore[type-var, operator]


def test_texts_say_what_they_are() -> None:
    order = sample(ObjectType({"receipt": Field(STRING)}), seeded(1))
    assert isinstance(order, dict)
    assert str(order["receipt"]).startswith("receipt-")


@pytest.mark.parametrize("format_", FORMATTED)
def test_the_texts_of_a_format_have_it(format_: str) -> None:
    type_ = StringType(format=format_)
    assert not [each for text in FORMATTED[format_] for each in string_problems(text, type_)]


@pytest.mark.parametrize(
    "pattern", ["^a|b$", "(x|yy)+", r"\d{3}-\w*\s\D\W\S", "[^abc]?.", "^$", r"x{2,}", "é[à-ü]"]
)
@pytest.mark.parametrize("seed", range(4))
def test_a_text_is_found_for_a_pattern(pattern: str, seed: int) -> None:
    found = matching(pattern, seeded(seed))
    assert found is not None
    assert fits(StringType(pattern=pattern), found)


@pytest.mark.parametrize("pattern", [r"(?=a)b", r"(a)\1", "("])
def test_no_text_is_made_up_for_a_pattern_that_is_not_regular(pattern: str) -> None:
    assert matching(pattern, seeded(0)) is None
