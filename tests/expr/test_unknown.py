"""Values that are only known after the run: what can be said before."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flow_core.expr.errors import EvaluationError, Fault
from flow_core.expr.evaluate import compile_expression, evaluate, interpolate
from flow_core.expr.parser import parse
from flow_core.expr.partial import adopt_partial
from flow_core.expr.unknown import unknown, variables
from flow_core.expr.values import adopt, plain
from flow_core.markers import has_unknown, is_unknown
from flow_core.types.kinds import (
    ANY,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    DurationType,
    Field,
    ListType,
    MapType,
    ObjectType,
    Type,
    UnionType,
)

ORDER = ObjectType({
    "id": Field(STRING),
    "total": Field(NUMBER),
    "took": Field(DurationType()),
    "note": Field(STRING, required=False),
})  # fmt: skip
U = unknown("it")
NAMES = variables(
    {
        "order": adopt({"id": "o1", "total": unknown("`total`"), "took": "1m"}, ORDER),
        "nested": adopt({"a": {"b": {"c": 1, "d": unknown("`d`")}}, "lists": [[1], [U]]}, ANY),
        "list": adopt([1, U], ListType(INTEGER)),
        "items": adopt(
            [{"k": 1, "v": unknown("`v`")}, {"k": 2, "v": 3}], ListType(MapType(INTEGER))
        ),
        "yes": True,
        "no": False,
    },
    {"later": unknown("`later`"), "u": unknown("`u`")},
)

KNOWN = [
    ("u || yes", True),
    ("yes || u", True),
    ("u && no", False),
    ("no && u", False),
    ("later > 3 || order.id == 'o1'", True),
    ("yes ? 1 : u", 1),
    ("coalesce(order.id, u)", "o1"),
    ("order.id", "o1"),
    ("order.note", None),
    ("has(order.note)", False),
    ("order.took == duration('60s')", True),
    ("nested.a.b.c", 1),
    ("nested['a'].b['c']", 1),
    ("items.map(i, i.k)", [1, 2]),
    ("items.filter(i, i.k == 2)", [{"k": 2, "v": 3}]),
    ("items.exists(i, i.v == 3)", True),
    ("items.all(i, i.v == 4)", False),
    ("size(items)", 2),
    ("items[1].v", 3),
    ("[u || yes].map(x, x && yes)", [True]),
    ("[1].map(x, x + 1)", [2]),
    ("[1].map(u, u)", [1]),
    ("get(order, 'id', '')", "o1"),
    ("list == 1", False),
]


@pytest.mark.parametrize(("source", "expected"), KNOWN)
def test_known_all_the_same(source: str, expected: Any) -> None:
    assert evaluate(parse(source).tree, NAMES) == expected


UNKNOWN = [
    ("u", "`u`"),
    ("order.total", "`total`"),
    ("order['total']", "`total`"),
    ("u && yes", "`u`"),
    ("yes && u", "`u`"),
    ("u || no", "`u`"),
    ("!u", "`u`"),
    ("u || u", "`u`"),
    ("1 / 0 > 0 || u", "`u`"),
    ("u || 1 / 0 > 0", "`u`"),
    ("u && nothing", "`u`"),
    ("u ? 1 : 1", "`u`"),
    ("coalesce(u, 1)", "`u`"),
    ("coalesce(null, u)", "`u`"),
    ("has(order.total)", "`total`"),
    ("has(u.x)", "`u`"),
    ("get(order, 'total', 1)", "`total`"),
    ("'total' in order", "`total`"),
    ("order == order", "`total`"),
    ("order != {'id': 'o1'}", "`total`"),
    ("{} == order", "`total`"),
    ("size(order)", "`total`"),
    ("json(order)", "`total`"),
    ("json([order])", "`total`"),
    ("merge(order, {})", "`total`"),
    ("merge({}, order)", "`total`"),
    ("order.map(k, k)", "`total`"),
    ("order.transformMap(k, v, v)", "`total`"),
    ("nested.a.b.d", "`d`"),
    ("json(nested)", "an item"),
    ("nested.lists[1][0]", "an item"),
    ("list[0]", "an item"),
    ("size(list)", "an item"),
    ("1 in list", "an item"),
    ("list + [1]", "an item"),
    ("[1] + list", "an item"),
    ("list == [1]", "an item"),
    ("list.map(x, 1)", "an item"),
    ("list.exists(x, true)", "an item"),
    ("list.sort()", "an item"),
    ("list.reverse()", "an item"),
    ("list.distinct()", "an item"),
    ("flatten([list])", "an item"),
    ("sum(list)", "an item"),
    ("chunk(list, 2)", "an item"),
    ("'%d'.format(list)", "an item"),
    ("items.map(i, i.v)", "`v`"),
    ("items.exists(i, i.v == 4)", "`v`"),
    ("items.exists(i, i.v / 0 == 1)", "`v`"),
    ("[1, 2].exists(x, x == 1 ? 1 / 0 == 1 : u)", "`u`"),
    ("items.exists_one(i, i.v == 3)", "`v`"),
    ("items.sortBy(i, i.v)", "`v`"),
    ("[1].map(x, u)", "`u`"),
]


@pytest.mark.parametrize(("source", "what"), UNKNOWN)
def test_known_after_the_run(source: str, what: str) -> None:
    with pytest.raises(EvaluationError) as failure:
        evaluate(parse(source).tree, NAMES)
    assert failure.value.kind == "unknown"
    assert failure.value.message.startswith(what)
    assert failure.value.message.endswith(" is known after the run")


@pytest.mark.parametrize("name", ["order", "nested", "list"])
def test_the_whole_of_a_partial_value_is_unknown(name: str) -> None:
    tree = parse(name).tree
    with pytest.raises(EvaluationError, match="known after the run"):
        plain(evaluate(tree, NAMES))
    with pytest.raises(EvaluationError, match="write `json"):
        interpolate([(tree, evaluate(tree, NAMES))])


def test_errors_stay_errors() -> None:
    for source in ("no || 1 / 0 > 0", "order.nothing", "absent"):
        with pytest.raises(EvaluationError) as failure:
            evaluate(parse(source).tree, NAMES)
        assert failure.value.kind != "unknown"


def test_a_marker_itself_is_no_value() -> None:
    with pytest.raises(EvaluationError, match="the receipt is known after the run"):
        adopt(unknown("the receipt"), STRING)


class Lazy(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        if name != "n":
            raise KeyError(name)
        return 3


def test_macros_see_variables_that_are_made_when_they_are_read() -> None:
    program = compile_expression(parse("[1].map(x, [x].map(y, x + y + n))").tree)
    assert program(Lazy()) == [[5]]
    with pytest.raises(EvaluationError, match="no variable `m`"):
        evaluate(parse("[1].map(x, m)").tree, Lazy())


# What holds for all expressions

DATA: dict[str, Any] = {
    "n": 3,
    "d": 2.5,
    "s": "text",
    "t": True,
    "f": False,
    "z": None,
    "xs": [1, 2, 3],
    "ls": [{"k": 1, "v": "a"}, {"k": 2, "v": "b"}],
    "m": {"a": 1, "b": 2},
    "o": {"a": {"b": [1, {"c": True}]}, "n": None},
}
TYPES: dict[str, Type] = {
    "m": MapType(NUMBER),
    "ls": ListType(ObjectType({"k": Field(INTEGER), "v": Field(STRING), "w": Field(NULL, False)})),  # noqa: FBT003 - it need not be there
    "o": UnionType((ObjectType({"x": Field(STRING)}), ObjectType({"a": Field(ANY)}))),
}
LEAVES = [
    *DATA,
    "1",
    "'a'",
    "true",
    "false",
    "null",
    "m.a",
    "ls[0].k",
    "o.a.b[1].c",
    "o.n",
    "xs[0]",
]


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = [
        *["({0} && {1})", "({0} || {1})"] * 3,
        *("({0} ? {1} : {2})", "({0} == {1})", "({0} < {1})", "({0} + {1})", "({0} in {1})"),
        *("coalesce({0}, {1})", "get({0}, 'a', {1})", "merge({0}, {1})", "{0}[{1}]", "!{0}"),
        *("{0}.exists(x, {1})", "{0}.all(x, x == {1})", "{0}.map(x, {1})", "{0}.filter(x, {1})"),
        *("{0}.exists_one(x, x.k == {1})", "{0}.map(x, x.k, {1})", "{0}.transformMap(x, y, {1})"),
        *("has({0}.a)", "has({0}.n)", "{0}.a", "{0}.k", "[{0}, {1}]", "{{'a': {0}, 'b': {1}}}"),
        *("size({0})", "json({0})", "string({0})", "{0}.sort()", "{0}.reverse()", "{0}.distinct()"),
        *("flatten({0})", "sum({0})", "chunk({0}, 2)", "{0}.sortBy(x, x.k)", "'%s'.format([{0}])"),
    ]
    parts = st.tuples(inner, inner, inner)
    return st.tuples(st.sampled_from(forms), parts).map(lambda pair: pair[0].format(*pair[1]))


expressions = st.recursive(st.sampled_from([*LEAVES, "x"]), grow, max_leaves=8)


def hidden(value: Any, draw: st.DataObject, odds: int) -> Any:
    """A value of which some parts are unknown."""
    if draw.draw(st.integers(0, odds)) == 0:
        return unknown("a part")
    match value:
        case list():
            return [hidden(item, draw, odds) for item in value]
        case dict():
            return {key: hidden(item, draw, odds) for key, item in value.items()}
        case _:
            return value


def answer(source: str, data: dict[str, Any]) -> Any:
    """The value as JSON, or the kind of its error."""
    unknowns = {name: value for name, value in data.items() if is_unknown(value)}
    names = {
        name: adopt(value, TYPES.get(name, ANY))
        for name, value in data.items()
        if name not in unknowns
    }
    try:
        return [plain(evaluate(parse(source).tree, variables(names, unknowns)))]
    except (EvaluationError, Fault) as error:
        return error.kind


@settings(deadline=None, max_examples=1500)
@given(expressions, st.data())
def test_what_is_known_before_the_run_is_so_after_it(source: str, draw: st.DataObject) -> None:
    before = answer(source, hidden_names(draw))
    assume(before != "unknown")
    assert before == answer(source, DATA)


def hidden_names(draw: st.DataObject) -> dict[str, Any]:
    return {name: hidden(value, draw, 5) for name, value in DATA.items()}


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_known_data_is_adopted_in_one_way(draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from(sorted(DATA)))
    type_ = TYPES.get(name, ANY)
    one, other = adopt(DATA[name], type_), adopt_partial(DATA[name], type_)
    assert repr(one) == repr(other)
    assert type(one) is type(other) or type_ == ANY


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_what_is_adopted_is_unknown_as_a_whole(draw: st.DataObject) -> None:
    data = {"it": hidden(DATA["o"], draw, 3)}
    if not has_unknown(data):
        assert plain(adopt(data, ANY)) == data
    else:
        with pytest.raises(EvaluationError):
            plain(adopt(data, ANY))
