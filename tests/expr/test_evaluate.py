"""Evaluation: values, errors with their ranges, bounds."""

import math
import time

import pytest

from flow_core.expr.errors import EvaluationError
from flow_core.expr.evaluate import compile_expression, evaluate, interpolate
from flow_core.expr.functions import functions
from flow_core.expr.library import IMPLEMENTATIONS
from flow_core.expr.parser import parse
from flow_core.expr.times import Duration, Timestamp, parse_timestamp
from flow_core.expr.values import Record, Value, adopt, plain
from flow_core.types.kinds import (
    INTEGER,
    NUMBER,
    STRING,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    ObjectType,
    UnionType,
)

ORDER = ObjectType({"id": Field(STRING), "note": Field(STRING, required=False)})
VARIABLES: dict[str, Value] = {
    "inputs": {
        "order": adopt({"id": "o1"}, ORDER),
        "n": 21,
        "price": 1.5,
        "none": None,
        "lines": [{"sku": "a", "qty": 2}, {"sku": "b", "qty": 3}],
        "scores": {"z": 1, "a": 2},
    }
}


def value(source: str) -> Value:
    parsed = parse(source)
    assert not parsed.problems
    return evaluate(parsed.tree, VARIABLES)


def same(left: Value, right: Value) -> bool:
    """Equal, and of the same types all the way down."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("inputs.n * 2", 42),
        ("inputs.n * inputs.price", 31.5),
        ("7 / 2", 3),
        ("-7 / 2", -3),
        ("-7 % 3", -1),
        ("7.0 / 2", 3.5),
        ("1 < 1.5 && 2.0 >= 2", True),
        ("1 == 1.0 && !(1 == true) && [1] == [1.0]", True),
        ("'a' + 'b'", "ab"),
        ("[1] + [2]", [1, 2]),
        ("inputs.order.id", "o1"),
        ("inputs.order.note", None),
        ("has(inputs.order.note)", False),
        ("has(inputs.order.id)", True),
        ("has(inputs.none)", False),
        ("inputs.none == null", True),
        ("inputs.lines.map(l, l.qty)", [2, 3]),
        ("inputs.lines.map(l, l.qty > 2, l.sku)", ["b"]),
        ("inputs.scores.map(k, k)", ["z", "a"]),
        ("inputs.scores.exists(k, v, v == 2)", True),
        ("inputs.scores.transformMap(k, v, v > 1, v * 10)", {"a": 20}),
        ("inputs.lines.transformMapEntry(i, l, {l.sku: i})", {"a": 0, "b": 1}),
        ("inputs.lines.sortBy(l, -l.qty)[0].sku", "b"),
        ("[1].map(inputs, inputs + .inputs.n)", [22]),
        ("true || 1 / 0 > 0", True),
        ("1 / 0 > 0 || true", True),
        ("false && inputs.missing", False),
        ("[1, 0].exists(x, 1 / x == 1)", True),
        ("[0, 1].all(x, 1 / x == 2)", False),
        ("coalesce(inputs.none, inputs.n, 1 / 0)", 21),
        ("coalesce(null, null)", None),
        ("get(inputs.scores, 'a', 0) + get(inputs.scores, 'b', 5)", 7),
        ("get({'a': null}, 'a', 5)", 5),
        ("json({'b': [1, 2.5, null, 'é'], 'a': duration('90m')})",
         '{"b":[1,2.5,null,"é"],"a":"1h30m"}'),
        ("merge({'a': 1, 'b': 1}, {'b': 2}, {'c': 3})", {"a": 1, "b": 2, "c": 3}),
        ("chunk([1, 2, 3], 2)", [[1, 2], [3]]),
        ("range(2) + range(3, 5) + range(5, 1)", [0, 1, 3, 4]),
        ("sum([])", 0),
        ("sum([1, 2.5])", 3.5),
        ("flatten([[1], [2, [3]]])", [1, 2, [3]]),
        ("[[1], [2, [3]]].flatten(2)", [1, 2, 3]),
        ("[1, 1.0, 2, 'a', 'a'].distinct()", [1, 2, "a"]),
        ("[3, 1, 2].sort().reverse().slice(0, 2)", [3, 2]),
        ("string(1.0) + string(1234567.5) + string(0.1)", "11.2345675e+060.1"),
        ("string(duration('1h500ms'))", "3600.5s"),
        ("string(timestamp('2026-01-31T09:00:00.5+01:00'))", "2026-01-31T08:00:00.5Z"),
        ("timestamp('2026-07-01T00:00:00Z').getHours('Europe/Berlin')", 2),
        ("timestamp('2026-07-01T00:00:00Z').getDate('-01:00')", 30),
        ("duration('1d1h').getHours()", 25),
        ("timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z')",
         Duration(86_400_000_000)),
        ("int('12') + int(2.9) + int(timestamp(3))", 17),
        ("size('\\U0001F600') + size(b'\\xff') + size([1]) + size({'a': 1})", 4),
        ("'%s|%d|%.2f|%x|%s'.format(['a', 1, 2.5, 'hi', [1, null]])", "a|1|2.50|6869|[1, null]"),
        ("type(1) == int && type([]) == list && type(type(1)) == type", True),
    ],
)  # fmt: skip
def test_values(source: str, expected: Value) -> None:
    assert same(value(source), expected)


@pytest.mark.parametrize(
    ("source", "kind", "marked"),
    [
        ("1 + inputs.missing", "no-such-key", "missing"),
        ("nothing.at.all", "unknown-name", "nothing"),
        ("inputs.order.nothing", "no-such-key", "nothing"),
        ("inputs.scores['x']", "no-such-key", "'x'"),
        ("inputs.none.x", "null", "inputs.none"),
        ("1 + inputs.none", "null", "1 + inputs.none"),
        ("inputs.none ? 1 : 2", "null", "inputs.none"),
        ("size(inputs.none)", "null", "size(inputs.none)"),
        ("9223372036854775807 + 1", "overflow", "9223372036854775807 + 1"),
        ("-inputs.n * 9223372036854775807", "overflow", "-inputs.n * 9223372036854775807"),
        ("-9223372036854775808 / -1", "overflow", "-9223372036854775808 / -1"),
        ("1 / 0", "divide-by-zero", "1 / 0"),
        ("1 % 0", "divide-by-zero", "1 % 0"),
        ("1.0 / 0.0", "not-finite", "1.0 / 0.0"),
        ("1e308 * 10.0", "not-finite", "1e308 * 10.0"),
        ("double('NaN')", "bad-argument", "double('NaN')"),
        ("double('1e400')", "not-finite", "double('1e400')"),
        ("int(1e19)", "overflow", "int(1e19)"),
        ("[1][1]", "out-of-range", "1"),
        ("[1][-1]", "out-of-range", "-1"),
        ("'a' + 1", "no-such-overload", "'a' + 1"),
        ("'a' < 1", "no-such-overload", "'a' < 1"),
        ("1 ? 2 : 3", "no-such-overload", "1"),
        ("[1].all(x, x)", "no-such-overload", "x"),
        ("'abc'.substring(2, 1)", "out-of-range", "'abc'.substring(2, 1)"),
        ("'a'.matches('(')", "bad-argument", "'a'.matches('(')"),
        ("duration('soon')", "bad-argument", "duration('soon')"),
        ("json(int)", "bad-argument", "json(int)"),
        ("{'a': 1, 'a': 2}", "bad-argument", "'a'"),
        ("chunk([1], 0)", "bad-argument", "chunk([1], 0)"),
        ("false || 1 / 0 > 0", "divide-by-zero", "1 / 0"),
        ("range(9223372036854775807)", "limit", "range(9223372036854775807)"),
    ],
)
def test_errors(source: str, kind: str, marked: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value(source)
    error = caught.value
    assert (error.kind, source[error.start : error.end]) == (kind, marked)


def test_holes_have_no_value() -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(parse("inputs.").tree, VARIABLES)
    assert caught.value.kind == "syntax"


GROWING = (
    "[['a', 'a']]" + ".map(x, [x, x, x, x, x, x, x, x])" * 20 + ".map(x, json(x))",
    "['a'].map(a, a" + ".replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')" * 10 + ")",
    "range(5000).all(x, ('ab' + string(x)).replace('', 'abbab').matches('(a|b)*a.{400}c') || true)",
)


@pytest.mark.parametrize(
    "source",
    [
        *GROWING,
        "range(1000000000)",
        "range(4000).map(x, range(4000).map(y, x * y))",
        "range(3000).all(x, range(3000).all(y, x * y >= 0))",
        "range(60000) == range(60000) && range(3000).map(x, range(9999)) == []",
        "range(100000).map(x, [x]).distinct()",
        "'a'.matches('(a{1000}){1000}')",
    ],
)
def test_work_is_bounded(source: str) -> None:
    started = time.process_time()
    with pytest.raises(EvaluationError) as caught:
        value(source)
    assert caught.value.kind in {"limit", "bad-argument"}
    assert time.process_time() - started < 10


def test_limits_are_not_absorbed() -> None:
    with pytest.raises(EvaluationError) as caught:
        value("true || true && range(1000000000) == [] || range(1000000000) == [] || false"[16:])
    assert caught.value.kind == "limit"


def test_deep_data_is_an_error() -> None:
    deep: Value = []
    for _ in range(100_000):
        deep = [deep]
    other: Value = []
    for _ in range(100_000):
        other = [other]
    program = compile_expression(parse("a == b").tree)
    with pytest.raises(EvaluationError) as caught:
        program({"a": deep, "b": other})
    assert caught.value.kind == "limit"


def test_choices_widen_where_the_checker_says_so() -> None:
    source = "(inputs.n > 0 ? 1 : 0.5) / 2"
    tree = parse(source).tree
    assert evaluate(tree, VARIABLES) == 0
    assert compile_expression(tree, frozenset({(1, 23)}))(VARIABLES) == 0.5


def test_interpolation() -> None:
    tree = parse("x").tree
    parts = ["n=", (tree, 1.0), " ", (tree, True), " ", (tree, Duration(90_000_000))]
    assert interpolate(parts) == "n=1 true 90s"
    for wrong in (None, [], {}, b""):
        with pytest.raises(EvaluationError):
            interpolate(["a", (tree, wrong)])


def test_every_function_is_implemented() -> None:
    assert set(IMPLEMENTATIONS) == set(functions()) - {"coalesce"}


@pytest.mark.parametrize(
    ("data", "type_", "expected"),
    [
        (1, NUMBER, 1.0),
        (1.0, INTEGER, 1),
        (1.5, INTEGER, 1.5),
        (True, NUMBER, True),
        ("1h", DurationType(), Duration(3_600_000_000)),
        ("1970-01-01T00:00:01Z", DatetimeType(), Timestamp(1_000_000)),
        ("AP8=", BytesType(), b"\x00\xff"),
        ("soon", DurationType(), "soon"),
        ([1], ListType(NUMBER), [1.0]),
        ({"a": 1}, MapType(NUMBER), {"a": 1.0}),
        ({"id": "x"}, ORDER, {"id": "x"}),
        (None, NUMBER, None),
    ],
)
def test_adopted_values(data: Value, type_: object, expected: Value) -> None:
    adopted = adopt(data, type_)  # type: ignore[arg-type]
    assert adopted == expected
    assert type(adopted) is (Record if type_ is ORDER else type(expected))


def test_union_adopts_what_fits() -> None:
    type_ = UnionType((DurationType(), INTEGER))
    assert adopt("5s", type_) == Duration(5_000_000)
    assert adopt(5, type_) == 5


def test_json_goes_there_and_back() -> None:
    data = {"a": [1, 2.5, "x", None, True], "b": {"c": "d"}}
    assert plain(adopt(data, ORDER)) == data


def test_times_are_exact() -> None:
    for text in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2024-02-29T12:00:00.5Z"):
        assert str(parse_timestamp(text)) == text
    for wrong in ("2023-02-29T00:00:00Z", "2023-01-01", "0001-01-01T00:00:00+01:00", "soon"):
        assert parse_timestamp(wrong) is None


def test_doubles_stay_finite() -> None:
    for source in ("1e308 + 1e308", "1e308 * -1e308", "0.0 / 0.0"):
        with pytest.raises(EvaluationError):
            value(source)
    assert math.copysign(1, value("-0.0")) == -1
