"""Values that Hypothesis draws from a type fit that type, whatever it is."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, find, given, settings
from hypothesis import strategies as st
from type_strategies import types

from flow_core.types import Type
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Ref,
    StringType,
    UnionType,
)
from flow_testing.values import accepts, values

NODE = Ref("Node", "x", lambda: _NODE)
_NODE = ObjectType(
    {
        "name": Field(STRING),
        "below": Field(ListType(NODE)),
        "up": Field(UnionType((NODE, NULL)), required=False),
    }
)

TYPES: dict[str, Type] = {
    "any": ANY,
    "boolean": BOOLEAN,
    "integer": INTEGER,
    "number": NUMBER,
    "string": STRING,
    "null": NULL,
    "bounded integer": NumberType(integer=True, minimum=3, exclusive_maximum=9),
    "list of what there is none of": ListType(NumberType(exclusive_minimum=0, maximum=0)),
    "map of what there is none of": MapType(NumberType(exclusive_minimum=0, maximum=0)),
    "very large integer": NumberType(integer=True, minimum=2**62),
    "fraction": NumberType(exclusive_minimum=0, maximum=1),
    "multiple": NumberType(minimum=1, multiple_of=0.5),
    "number of few": NumberType(enum=(1, 2.5)),
    "short string": StringType(min_length=2, max_length=4),
    "patterned string": StringType(pattern="^[A-Z]{2}$"),
    "patterned string of a length": StringType(pattern="[0-9]+", min_length=3, max_length=5),
    "word of few": StringType(enum=("eu", "us")),
    **{
        format_: StringType(format=format_)
        for format_ in (
            *("date", "time", "date-time", "email", "hostname", "uri", "uuid", "duration"),
            *("ipv4", "ipv6", "json-pointer"),
        )
    },
    "Flow's duration": DurationType(),
    "Flow's time": DatetimeType(),
    "bytes": BytesType(),
    "list": ListType(INTEGER, min_items=1, max_items=3),
    "list without repetition": ListType(BOOLEAN, unique=True),
    "map": MapType(ListType(NUMBER)),
    "union": UnionType((INTEGER, STRING, NULL)),
    "recursive object": NODE,
}


@pytest.mark.parametrize("name", TYPES)
def test_a_value_of_each_kind_of_type_fits(name: str) -> None:
    type_ = TYPES[name]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(values(type_))
    def fits(value: Any) -> None:
        assert accepts(type_)(value)

    fits()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(types, st.data())
def test_values_fit_whatever_a_schema_says(type_: Type, data: st.DataObject) -> None:
    strategy = values(type_)
    assume(not strategy.is_empty)
    assert accepts(type_)(data.draw(strategy))


@pytest.mark.parametrize(
    ("type_", "plainest"),
    [
        (UnionType((STRING, NULL)), None),
        (NumberType(minimum=5), 5),
        (ListType(STRING), []),
        (ObjectType({"a": Field(INTEGER), "b": Field(STRING, required=False)}), {"a": 0}),
        (StringType(enum=("eu", "us")), "eu"),
        (NODE, {"name": "", "below": []}),
    ],
)
def test_values_shrink_to_the_plainest(type_: Type, plainest: Any) -> None:
    assert find(values(type_), lambda _: True) == plainest


@pytest.mark.parametrize(
    "type_",
    [
        NumberType(minimum=2, maximum=1),
        NumberType(integer=True, exclusive_minimum=1, exclusive_maximum=2),
        StringType(min_length=2, max_length=1),
        StringType(enum=("abc",), max_length=1),
        ListType(INTEGER, min_items=2, max_items=1),
    ],
)
def test_a_type_without_values_has_none(type_: Type) -> None:
    assert values(type_).is_empty
