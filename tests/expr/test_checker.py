"""The checker: types, problems at exact ranges, narrowing, references."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.expr.checker import Checked, check, text_problem
from flow_core.expr.constants import UNKNOWN, constant, truth
from flow_core.expr.functions import MACROS, functions
from flow_core.expr.narrowing import facts
from flow_core.expr.parser import parse
from flow_core.expr.references import references
from flow_core.expr.scope import Scope
from flow_core.types import all_null, nullable, show
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    OBJECT,
    STRING,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    StringType,
    Type,
)


def record(**fields: Type) -> ObjectType:
    return ObjectType({name: Field(type_) for name, type_ in fields.items()})


LINE = record(sku=STRING, qty=INTEGER)
ORDER = ObjectType(
    {
        "id": Field(STRING),
        "total": Field(NUMBER),
        "lines": Field(ListType(LINE)),
        "note": Field(STRING, required=False),
        "parent": Field(record(id=STRING), required=False),
    }
)
RECEIPT = record(receipt=record(id=STRING), count=INTEGER)
STEP = record(
    outputs=all_null(RECEIPT),
    status=StringType(enum=("succeeded", "failed", "skipped", "cancelled")),
    error=nullable(record(name=STRING)),
    attempts=INTEGER,
)
INPUTS = record(
    order=ORDER,
    region=StringType(enum=("eu", "us")),
    count=NumberType(integer=True, minimum=0, maximum=9),
    scores=MapType(INTEGER),
    flag=BOOLEAN,
    blob=OBJECT,
    data=ANY,
    at=DatetimeType(),
    wait=DurationType(),
    either=nullable(INTEGER),
)
SCOPE = Scope(
    names={"inputs": INPUTS, "steps": record(charge=STEP), "secrets": record(KEY=STRING)},
    elsewhere={"item": "in a step with `for_each`"},
    succeeded={"charge": RECEIPT},
    secret=frozenset({("secrets",), ("inputs", "order", "note")}),
)


def checked(source: str) -> Checked:
    parsed = parse(source)
    assert not parsed.problems
    return check(parsed.tree, SCOPE)


@pytest.mark.parametrize(
    ("source", "type_"),
    [
        ("1 + 2", "integer"),
        ("inputs.order.total * 2", "number"),
        ("inputs.count / 2", "integer"),
        ("'a' + inputs.order.id", "string"),
        ("[1] + [2.5]", "list<number>"),
        ("[] + [1]", "list<integer>"),
        ("inputs.at - inputs.at", "duration"),
        ("inputs.at + inputs.wait", "datetime"),
        ("-inputs.order.total", "number"),
        ("inputs.flag ? 1 : 2.5", "number"),
        ("inputs.flag ? 1 : null", "integer?"),
        ("inputs.data + 1", "any"),
        ("inputs.data.anything[0]", "any"),
        ("inputs.blob.anything", "any"),
        ("inputs.data < 1 && inputs.data", "boolean"),
        ("inputs.scores.math", "integer"),
        ("inputs.scores['math']", "integer"),
        ("inputs.order['id']", "string"),
        ("inputs.order.lines[0].qty", "integer"),
        ("inputs.order.note", "string?"),
        ("inputs.order.lines.map(l, l.qty)", "list<integer>"),
        ("inputs.order.lines.map(l, l.qty > 1, l.sku)", "list<string>"),
        ("inputs.order.lines.filter(l, l.qty > 1)", "list<{sku: string, qty: integer}>"),
        ("inputs.order.lines.exists(i, l, l.qty > i)", "boolean"),
        ("inputs.scores.map(k, k)", "list<string>"),
        ("inputs.scores.transformMap(k, v, v > 1)", "map<boolean>"),
        ("inputs.scores.transformList(k, v, k + string(v))", "list<string>"),
        ("inputs.order.lines.sortBy(l, l.sku)[0].sku", "string"),
        ("{'a': 1, 'b': 'x'}.b", "string"),
        ("coalesce(inputs.order.note, 'none')", "string"),
        ("coalesce(inputs.order.note, null)", "string?"),
        ("coalesce(inputs.either, 0.5)", "number"),
        ("get(inputs.scores, 'x', 0)", "integer"),
        ("merge({'a': 1}, {'b': 'x', 'a': 's'}).a", "string"),
        ("merge(inputs.scores, {'b': 2})", "map<integer>"),
        ("chunk(inputs.order.lines, 2)[0][0].qty", "integer"),
        ("flatten([[1], [2]])", "list<integer>"),
        ("sum(inputs.order.lines.map(l, l.qty))", "integer"),
        ("sum(inputs.order.lines.map(l, l.qty * 0.5))", "number"),
        ("range(3)", "list<integer>"),
        ("lists.range(3)", "list<integer>"),
        ("strings.quote('a')", "string"),
        ("size(inputs.order.id) + inputs.order.lines.size()", "integer"),
        ("inputs.at.getHours('Europe/Berlin')", "integer"),
        ("duration('1h30m') > inputs.wait", "boolean"),
        ("type(1) == int", "boolean"),
        ("type(inputs.at) == google.protobuf.Timestamp", "boolean"),
        ("'%s: %d'.format(['a', 1])", "string"),
        ("json(inputs.order)", "string"),
        ("['b', 'a'].sort().join(',')", "string"),
        ("steps.charge.attempts", "integer"),
    ],
)
def test_types(source: str, type_: str) -> None:
    found = checked(source)
    assert not found.problems
    assert show(found.type) == type_


@pytest.mark.parametrize(
    ("source", "kind", "marked"),
    [
        ("inputs.order.totl", "unknown-member", "totl"),
        ("steps.chrage.status", "unknown-member", "chrage"),
        ("inputs['ordr']", "unknown-member", "'ordr'"),
        ("inputs.order.lines.sku", "unknown-member", "sku"),
        ("inputs.order.id.length", "unknown-member", "length"),
        ("regoin == 'eu'", "unknown-name", "regoin"),
        ("inputs.order.lines.map(l, m)", "unknown-name", "m"),
        ("item.id", "not-in-scope", "item"),
        ("sizeof(inputs.order)", "unknown-function", "sizeof"),
        ("inputs.order.id.toUpper()", "unknown-function", "toUpper"),
        ("contains('a', 'b')", "wrong-argument-count", "contains"),
        ("'a'.contains()", "wrong-argument-count", "contains"),
        ("[1].map(x)", "wrong-argument-count", "map"),
        ("inputs.order.note + 'x'", "null-operand", "inputs.order.note"),
        ("inputs.order.note.size()", "null-operand", "inputs.order.note"),
        ("inputs.either > 1", "null-operand", "inputs.either"),
        ("1 + null", "null-operand", "null"),
        ("inputs.order.parent.id", "null-access", "inputs.order.parent"),
        ("steps.charge.outputs.receipt.id", "null-access", "steps.charge.outputs.receipt"),
        ("null.a", "null-access", "null"),
        ("'a' + 1", "type-mismatch", "'a' + 1"),
        ("inputs.order.total % 2", "type-mismatch", "inputs.order.total % 2"),
        ("1 == 'a'", "type-mismatch", "1 == 'a'"),
        ("'a' < 1", "type-mismatch", "'a' < 1"),
        ("!1", "type-mismatch", "1"),
        ("-'a'", "type-mismatch", "-'a'"),
        ("1 ? 2 : 3", "type-mismatch", "1"),
        ("false && 1", "type-mismatch", "1"),
        ("true || 'a' + 1 == 2", "type-mismatch", "'a' + 1"),
        ("1 in ['a']", "type-mismatch", "1 in ['a']"),
        ("'a' in 'abc'", "type-mismatch", "'abc'"),
        ("[1]['a']", "type-mismatch", "'a'"),
        ("1[0]", "type-mismatch", "1"),
        ("[1].all(x, x)", "type-mismatch", "x"),
        ("1.map(x, x)", "type-mismatch", "1"),
        ("'a'.contains(1)", "type-mismatch", "1"),
        ("inputs.wait.getHours('UTC')", "type-mismatch", "inputs.wait"),
        ("[1, 2].join(',')", "type-mismatch", "[1, 2]"),
        ("sum(['a'])", "type-mismatch", "['a']"),
        ("[1, 'a'].sort()", "type-mismatch", "[1, 'a']"),
        ("size(1)", "type-mismatch", "1"),
        ("'a'.matches('(?=b)')", "bad-regex", "'(?=b)'"),
        (r"'a'.matches(r'(a)\1')", "bad-regex", r"r'(a)\1'"),
        ("duration('5 minutes')", "bad-duration", "'5 minutes'"),
        ("duration('-1s')", "bad-duration", "'-1s'"),
        ("timestamp('2020-01-01')", "bad-timestamp", "'2020-01-01'"),
        ("'%q'.format([1])", "bad-format", "'%q'"),
        ("'%s %s'.format([1])", "bad-format", "'%s %s'"),
        ("{'a': 1, 'a': 2}", "bad-key", "'a'"),
        ("{1.5: 2}", "bad-key", "1.5"),
        ("1 / 0", "bad-constant", "0"),
        ("[1].exists(x, x, x > 0)", "bad-macro", "x"),
    ],
)
def test_problems(source: str, kind: str, marked: str) -> None:
    problem = checked(source).problems[0]
    assert (problem.kind, source[problem.start : problem.end]) == (kind, marked)


@pytest.mark.parametrize(
    ("source", "suggestion", "path"),
    [
        ("inputs.order.totl", "total", ("inputs", "order", "totl")),
        ("steps.chrage.status", "charge", ("steps", "chrage")),
        ("steps.charge.outputs.recipt", "receipt", ("steps", "charge", "outputs", "recipt")),
        ("regoin", "inputs.region", ("regoin",)),
        ("inptus.order", "inputs", ("inptus",)),
        ("inputs.order.id.startswith('a')", "startsWith", ()),
    ],
)
def test_did_you_mean(source: str, suggestion: str, path: tuple[str, ...]) -> None:
    problem = checked(source).problems[0]
    assert (problem.suggestion, problem.path) == (suggestion, path)


def test_messages_say_what_is_meant() -> None:
    def message(source: str) -> str:
        return checked(source).problems[0].message

    assert message("steps.chrage") == "there is no step `chrage`"
    assert message("inputs.ordr") == "there is no input `ordr`"
    assert message("steps.charge.outputs.x") == "there is no output `x` of step `charge`"
    assert message("item") == "`item` is only visible in a step with `for_each`"
    assert message("'a' + 1") == "can't add `string` and `integer`"


@pytest.mark.parametrize(
    "source",
    [
        "inputs.order.note != null && inputs.order.note.size() > 0",
        "inputs.order.note == null || inputs.order.note.size() > 0",
        "!(inputs.order.note == null) ? inputs.order.note.size() : 0",
        "has(inputs.order.parent) ? inputs.order.parent.id : ''",
        "has(inputs.order.parent) && inputs.order.parent.id == 'x'",
        "null != inputs.either && inputs.either > 1",
        "inputs.either == 3 && inputs.either > 1",
        "inputs.either in [1, 2] && inputs.either > 1",
        "(inputs.either != null && inputs.flag) && inputs.either > 1",
        "(inputs.either == 1 || inputs.either == 2) && inputs.either > 1",
        "steps.charge.status == 'succeeded' && steps.charge.outputs.receipt.id == 'x'",
        "steps.charge.status in ['succeeded'] ? steps.charge.outputs.receipt.id : ''",
        "steps.charge.status != 'succeeded' || steps.charge.outputs.count > 0",
        "steps.charge.outputs.count != null && steps.charge.outputs.receipt.id == 'x'",
        "steps.charge.status in ['failed','skipped','cancelled'] ? 0 : steps.charge.outputs.count",
        "[inputs.either].map(e, e != null ? e + 1 : 0)",
        "[inputs.either].map(e, e != null, e + 1)",
    ],
)
def test_narrowing_makes_it_safe(source: str) -> None:
    assert not checked(source).problems


@pytest.mark.parametrize(
    "source",
    [
        "inputs.order.note != null || inputs.order.note.size() > 0",
        "inputs.order.note == null ? inputs.order.note.size() : 0",
        "(inputs.either != null || inputs.flag) && inputs.either > 1",
        "inputs.either != 3 && inputs.either > 1",
        "inputs.either in [1, null] && inputs.either > 1",
        "steps.charge.status in ['succeeded', 'failed'] && steps.charge.outputs.count > 0",
        "steps.charge.status == 'failed' && steps.charge.outputs.count > 0",
        "inputs.order != null && [null].map(inputs, inputs.order)[0] == 1",
    ],
)
def test_narrowing_does_not_go_too_far(source: str) -> None:
    assert checked(source).problems


def test_facts_narrow_a_scope_from_outside() -> None:
    when = parse("steps.charge.status == 'succeeded' && inputs.either != null").tree
    tree = parse("steps.charge.outputs.count + inputs.either").tree
    assert check(tree, SCOPE).problems
    narrowed = check(tree, SCOPE.narrowed(facts(when, truth=True)))
    assert (narrowed.problems, show(narrowed.type)) == ((), "integer")


def test_a_declared_status_counts_like_a_test() -> None:
    step = ObjectType({**STEP.fields, "status": Field(StringType(enum=("succeeded", "skipped")))})
    scope = msgspec.structs.replace(SCOPE, names={"steps": record(charge=step)})
    tree = parse("steps.charge.status != 'skipped' && steps.charge.outputs.count > 0").tree
    assert not check(tree, scope).problems


def test_references() -> None:
    source = "steps['charge'].outputs.receipt == has(inputs.a.b) && coalesce(steps.x.error, y[0].z)"
    found = references(parse(source).tree)
    assert [(one.path, one.guarded) for one in found] == [
        (("steps", "charge", "outputs", "receipt"), False),
        (("inputs", "a", "b"), True),
        (("steps", "x", "error"), True),
        (("y",), True),
    ]
    for one in found:
        assert tuple(source[span.start : span.end] for span in one.segments) == one.path


def test_variables_of_macros_are_no_references() -> None:
    tree = parse("a.map(b, b.c + a.d + .b.e)").tree
    assert [one.path for one in references(tree)] == [("a",), ("a", "d"), ("b", "e")]


def test_incomplete_references_end_before_the_hole() -> None:
    assert [one.path for one in references(parse("steps.charge.").tree)] == [("steps", "charge")]


@pytest.mark.parametrize(
    ("source", "secret"),
    [("secrets.KEY", True), ("inputs.order", True), ("inputs.order.note", True),
     ("inputs.order.id", False), ("size(secrets.KEY) + 1", True), ("inputs.flag", False)],
)  # fmt: skip
def test_secrets_taint(source: str, secret: bool) -> None:  # noqa: FBT001 - data
    assert checked(source).secret is secret


@pytest.mark.parametrize(
    ("source", "kind"),
    [("inputs.order.id", None), ("inputs.at", None), ("inputs.order.note", "null-operand"),
     ("inputs.order", "not-text"), ("[1]", "not-text"), ("b'x'", "not-text"),
     ("inputs.data", None)],
)  # fmt: skip
def test_text(source: str, kind: str | None) -> None:
    tree = parse(source).tree
    problem = text_problem(tree, check(tree, SCOPE).type)
    assert (problem.kind if problem else None) == kind


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true", True),
        ("1 > 2", False),
        ("inputs.flag", None),
        ("inputs.flag || true", True),
        ("inputs.flag && false", False),
        ("inputs.flag && !inputs.flag", False),
        ("inputs.flag || !inputs.flag", True),
        ("inputs.region == 'eu'", None),
        ("inputs.region == 'asia'", False),
        ("inputs.region != 'asia'", True),
        ("inputs.region in ['eu', 'us', 'asia']", True),
        ("inputs.region in ['asia']", False),
        ("inputs.region == 'eu' && inputs.region == 'us'", False),
        ("inputs.region == 'eu' || inputs.region == 'us'", True),
        ("inputs.order.id == null", False),
        ("inputs.order.id != null", True),
        ("inputs.order.note == null", None),
        ("inputs.data == null", None),
        ("has(inputs.order.id)", True),
        ("has(inputs.order.note)", None),
        ("inputs.count >= 0", True),
        ("inputs.count < 0", False),
        ("inputs.count > 9", False),
        ("inputs.count <= 9", True),
        ("inputs.count == 12", False),
        ("inputs.count > 3", None),
        ("inputs.flag ? true : 1 < 2", True),
        ("steps.charge.status == 'done'", False),
        ("inputs.order.lines.size() > 0", None),
    ],
)
def test_truth(source: str, expected: bool | None) -> None:  # noqa: FBT001 - data
    assert truth(parse(source).tree, SCOPE) is expected


def test_constants_fold() -> None:
    assert constant(parse("[1, 2].map(x, x * 2)").tree) == [2, 4]
    assert constant(parse("inputs.x").tree) is UNKNOWN
    assert constant(parse("1 / 0").tree) is UNKNOWN


def test_every_function_and_macro_is_documented() -> None:
    assert all(function.doc and function.overloads for function in functions().values())
    assert all(usage and doc for usage, doc in MACROS.values())


WORDS = [
    "inputs", "steps", "item", "x", ".order", ".note", ".either", ".data", ".charge", ".outputs",
    ".map(x, ", ".all(x, ", ".sortBy(x, ", "coalesce(", "get(", "merge(", "has(", "size(", "json(",
    ")", "(", "[", "]", "{", "}", ",", ":", "?", " + ", " && ", " || ", " == ", " in ", "!", "-",
    "1", "2.5", "'a'", "null", "true", "b'x'", ".matches(", ".format(", "duration(", "sum(", "%",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_never_raises(source: str) -> None:
    tree = parse(source).tree
    found = check(tree, SCOPE)
    truth(tree, SCOPE)
    for problem in found.problems:
        assert 0 <= problem.start <= problem.end <= len(source)
        assert problem.message
