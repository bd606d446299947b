"""The built-in components without an effect: what they give and how they fail."""

import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.components.std import std_names, std_signature
from flow_core.run.errors import ComponentError
from flow_core.run.std import pure
from flow_core.types.runtime import port_check


def call(name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs, each of which fits its port."""
    function, signature = pure(name), std_signature(name)
    assert function is not None
    assert signature is not None
    outputs = function(**inputs)
    assert {port: port_check(signature.outputs[port].type)(outputs[port]) for port in outputs} == (
        outputs
    )
    return outputs


def test_all_that_have_no_effect_are_there() -> None:
    wanted = {name for name in std_names() if not getattr(std_signature(name), "effect", True)}
    assert {name for name in std_names() if pure(name)} == wanted - {"wait"}
    assert pure("nothing") is None


@pytest.mark.parametrize("name", [name for name in std_names() if pure(name)])
def test_inputs_and_defaults_are_those_of_the_signature(name: str) -> None:
    function, signature = pure(name), std_signature(name)
    assert function is not None
    assert signature is not None
    parameters = inspect.signature(function).parameters
    assert set(parameters) == set(signature.inputs)
    for port in signature.inputs.values():
        assert (parameters[port.name].default is inspect.Parameter.empty) == port.required


PEOPLE = [{"n": "b", "age": 2}, {"n": "a", "age": 1.5}, {"n": "c"}, {"n": "d", "age": 2}]
ORDERS = [{"id": 1, "by": "x", "v": "left"}, {"id": 2, "by": "y"}, {"id": 3, "by": "x"}]
SHOPS = [{"by": "x", "v": "right", "s": 1}, {"by": "z", "s": 2}, {"by": "x", "s": 3}]
PAIRS = [
    {"id": 1, "by": "x", "v": "left", "s": 1},
    {"id": 1, "by": "x", "v": "left", "s": 3},
    {"id": 3, "by": "x", "v": "right", "s": 1},
    {"id": 3, "by": "x", "s": 3},
]

GIVES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("log", {"message": "m", "level": "debug", "data": [1]}, {}),
    ("assert", {"that": True}, {}),
    ("map", {"items": [], "to": "item"}, {"items": []}),
    ("map", {"items": [{"a": 1}, {"a": 2}], "to": "item.a + index"}, {"items": [1, 3]}),
    ("map", {"items": ["90m"], "to": "duration(item)"}, {"items": ["1h30m"]}),
    ("map", {"items": [1, 2], "to": "item > 1 ? 1 : 0.5"}, {"items": [0.5, 1.0]}),
    ("filter", {"items": [1, 2, 3], "where": "item > 1 && index < 2"}, {"items": [2]}),
    ("filter", {"items": [None, {"a": 1}], "where": "item != null"}, {"items": [{"a": 1}]}),
    ("sort", {"items": [2, None, 1.5, -1]}, {"items": [-1, 1.5, 2, None]}),
    ("sort", {"items": [2, None, 3], "descending": True}, {"items": [3, 2, None]}),
    ("sort", {"items": ["b", "B", "a"], "by": []}, {"items": ["B", "a", "b"]}),
    ("sort", {"items": [None, None]}, {"items": [None, None]}),
    ("sort", {"items": [None, {"a": 1}], "by": ["a"]}, {"items": [{"a": 1}, None]}),
    (
        "sort",
        {"items": PEOPLE, "by": ["age"], "descending": True},
        {"items": [PEOPLE[0], PEOPLE[3], PEOPLE[1], PEOPLE[2]]},
    ),
    (
        "sort",
        {"items": PEOPLE, "by": ["age", "n"], "descending": True},
        {"items": [PEOPLE[3], PEOPLE[0], PEOPLE[1], PEOPLE[2]]},
    ),
    (
        "aggregate",
        {"items": [], "compute": {"n": "size(items)", "sum": "sum(items)"}},
        {"groups": [{"n": 0, "sum": 0}]},
    ),
    ("aggregate", {"items": [], "compute": {"n": "size(items)"}, "by": ["a"]}, {"groups": []}),
    (
        "aggregate",
        {
            "items": [{"a": 2}, {"a": 1, "q": 5}, {"a": 2.0}, {"a": None}, {}, {"a": True}],
            "compute": {"n": "size(items)"},
            "by": ["a"],
        },
        {
            "groups": [
                {"a": 2, "n": 2},
                {"a": 1, "n": 1},
                {"a": None, "n": 2},
                {"a": True, "n": 1},
            ]
        },
    ),
    ("join", {"left": ORDERS, "right": SHOPS, "on": ["by"]}, {"items": PAIRS}),
    (
        "join",
        {"left": ORDERS, "right": SHOPS, "on": ["by"], "how": "left"},
        {"items": [*PAIRS[:2], ORDERS[1], *PAIRS[2:]]},
    ),
    (
        "join",
        {"left": ORDERS, "right": SHOPS, "on": ["by"], "how": "right"},
        {"items": [*PAIRS, SHOPS[1]]},
    ),
    (
        "join",
        {"left": ORDERS, "right": SHOPS, "on": ["by"], "how": "outer"},
        {"items": [*PAIRS[:2], ORDERS[1], *PAIRS[2:], SHOPS[1]]},
    ),
    ("join", {"left": [{"a": 1}], "right": [{"a": 1.0}], "on": ["a"]}, {"items": [{"a": 1}]}),
    ("join", {"left": [{"a": 1}], "right": [{"a": True}], "on": ["a"]}, {"items": []}),
    (
        "join",
        {"left": [{"a": 1}], "right": [{"b": 1}, {"b": 2}], "on": []},
        {"items": [{"a": 1, "b": 1}, {"a": 1, "b": 2}]},
    ),
    ("template", {"template": "no holes"}, {"text": "no holes"}),
    ("template", {"template": " ${{ n }} ", "values": {"n": 1}}, {"text": " 1 "}),
    (
        "template",
        {"template": "${{ o.a }}, $${{ x }}, ${{ json(o) }}", "values": {"o": {"a": True}}},
        {"text": 'true, ${{ x }}, {"a":true}'},
    ),
]


@pytest.mark.parametrize(("name", "inputs", "outputs"), GIVES)
def test_outputs(name: str, inputs: dict[str, Any], outputs: dict[str, Any]) -> None:
    found = call(name, inputs)
    assert found == outputs
    assert repr(found).replace("1.0", "1") == repr(outputs).replace("1.0", "1")


FAILS: list[tuple[str, dict[str, Any], str, str]] = [
    ("assert", {"that": False}, "AssertionFailed", "the assertion does not hold"),
    ("assert", {"that": False, "message": "no"}, "AssertionFailed", "no"),
    ("fail", {"message": "no"}, "Failed", "no"),
    ("fail", {"message": "no", "error": "Gone"}, "Gone", "no"),
    ("map", {"items": [], "to": "item +"}, "ExpressionFailed", "`item +`: "),
    ("map", {"items": [], "to": "itm"}, "ExpressionFailed", "`itm`: "),
    ("map", {"items": [1, 0], "to": "1 / item"}, "ExpressionFailed", "`1 / item` of item 1: an"),
    ("map", {"items": [1], "to": "type(item)"}, "ExpressionFailed", "`type(item)` of item 0: the"),
    ("filter", {"items": [{}], "where": "item.a"}, "ExpressionFailed", "`item.a` of item 0: there"),
    (
        "filter",
        {"items": [1], "where": "item"},
        "ExpressionFailed",
        "`item` of item 0: a condition",
    ),
    ("sort", {"items": [1, None, "a"]}, "NotComparable", "items 0 and 2 have no order: `integer`"),
    ("sort", {"items": [1, True]}, "NotComparable", "items 0 and 1 have no order"),
    ("sort", {"items": [[1]]}, "NotComparable", "items 0 and 0 have no order: `list` and `list`"),
    ("sort", {"items": [1], "by": ["a"]}, "NotComparable", "item 0 is `integer` and has no prop"),
    (
        "sort",
        {"items": [{"a": 1}, {"a": "x"}], "by": ["a"]},
        "NotComparable",
        "`a` of items 0 and 1 have no order",
    ),
    (
        "aggregate",
        {"items": [{"a": 1}, {"a": "x"}], "compute": {"s": "sum(items.map(i, i.a))"}, "by": ["a"]},
        "ExpressionFailed",
        "`sum(items.map(i, i.a))` of group 1: `sum` needs",
    ),
    ("aggregate", {"items": [], "compute": {"s": "item"}}, "ExpressionFailed", "`item`: "),
    (
        "join",
        {"left": [{"a": 1}], "right": [{"a": 1}, {}], "on": ["a"]},
        "KeyMissing",
        "item 1 of `right` has no property `a`",
    ),
    ("template", {"template": "${{ x }}"}, "ExpressionFailed", "`x`: "),
    ("template", {"template": "${{ x", "values": {}}, "ExpressionFailed", "the expression has no"),
    (
        "template",
        {"template": "${{ x }}", "values": {"x": None}},
        "ExpressionFailed",
        "`x`: the value has no text",
    ),
]


@pytest.mark.parametrize(("name", "inputs", "error", "message"), FAILS)
def test_failures(name: str, inputs: dict[str, Any], error: str, message: str) -> None:
    with pytest.raises(ComponentError) as failure:
        call(name, inputs)
    assert failure.value.name == error
    assert failure.value.message.startswith(message)
    signature = std_signature(name)
    assert signature is not None
    assert error in {*signature.errors, "Gone"}


def test_an_error_keeps_its_data() -> None:
    with pytest.raises(ComponentError) as failure:
        call("fail", {"message": "no", "data": {"a": 1}})
    assert failure.value.data == {"a": 1}


rows = st.lists(st.fixed_dictionaries({"k": st.sampled_from([1, 1.0, None, "a"])}), max_size=5)


@settings(deadline=None, max_examples=60)
@given(rows, rows)
def test_an_outer_join_leaves_nothing_out(left: list[Any], right: list[Any]) -> None:
    def joined(how: str) -> list[Any]:
        found = call("join", {"left": left, "right": right, "on": ["k"], "how": how})
        items: list[Any] = found["items"]
        return items

    alone = len(joined("left")) + len(joined("right")) - len(joined("inner"))
    assert len(joined("outer")) == alone


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 3) | st.none(), max_size=8), st.booleans())
def test_sorting_keeps_all_items(items: list[Any], descending: bool) -> None:  # noqa: FBT001
    found = call("sort", {"items": items, "descending": descending})["items"]
    known = [item for item in found if item is not None]
    assert known == sorted(known, reverse=descending)
    assert found == known + [None] * (len(items) - len(known))
