"""What fits what: the verdict, and the reason with its path inside the type."""

import time
from typing import Any

import pytest

from flow_core.types import Fit, Type, fits, parse_type
from flow_core.types.kinds import (
    ANY,
    INTEGER,
    NULL,
    STRING,
    Field,
    ListType,
    ObjectType,
    Ref,
    StringType,
    UnionType,
)


def parsed(data: Any) -> Type:
    type_, problems = parse_type(data, lambda _: None)
    assert problems == []
    return type_


def fit(source: Any, target: Any) -> Fit:
    return fits(parsed(source), parsed(target))


YES = [
    ("integer", "number"),
    ("string", "string?"),
    ("any", "integer"),
    ("integer", "any"),
    ("list<integer>", "list<number>"),
    ("map<integer>", "map<number?>"),
    ("string | integer", "integer | boolean | string"),
    ("file", "object"),
    ({"fields": {"a": "string", "b": "integer"}}, {"fields": {"a": "string"}}),
    ({"fields": {"a": "string"}}, {"fields": {"a": "string", "b": "integer?"}}),
    ({"fields": {"a": "string"}}, {"type": "object", "properties": {"b": "integer"}}),
    ("object", {"type": "object", "additionalProperties": False}),
    ({"fields": {"a": "integer"}}, "map<number>"),
    ("map<integer>", {"type": "object", "properties": {"a": "number"}}),
    ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a", "b"]}),
    ({"type": "string", "enum": ["a"]}, {"type": "string", "pattern": "^a$"}),
    ({"type": "integer", "minimum": 2, "maximum": 3}, {"type": "number", "exclusiveMinimum": 1}),
    ({"type": "integer", "exclusiveMinimum": 1}, {"type": "integer", "minimum": 2}),
    ({"type": "number", "enum": [1, 2.0]}, "integer"),
    ({"type": "integer", "multipleOf": 6}, {"type": "integer", "multipleOf": 3}),
    ({"type": "boolean", "const": True}, "boolean"),
    ({"type": "list<string>", "maxItems": 0}, "list<integer>"),
    ({"oneOf": ["string", "null"]}, {"oneOf": ["string", "null"]}),
    ({"oneOf": ["string", "null"]}, "string?"),
]


@pytest.mark.parametrize(("source", "target"), YES)
def test_yes(source: Any, target: Any) -> None:
    assert fit(source, target) == Fit("yes")


HINT = [
    ("string", {"type": "string", "enum": ["a"]}, 'the value may not be `"a"`'),
    ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}, '`"a"` would not fit'),
    ("string", {"type": "string", "format": "date"}, "may not have the format `date`"),
    ("string", {"type": "string", "pattern": "^a"}, "may not have the pattern `^a`"),
    ("string", {"type": "string", "minLength": 1}, "at least 1 is expected"),
    ("integer", {"type": "integer", "minimum": 1}, "at least 1 is expected"),
    ("integer", {"type": "integer", "multipleOf": 5}, "may not be a multiple of 5"),
    ("boolean", {"const": True}, "the boolean may not be `true`"),
    ("list<any>", {"type": "array", "uniqueItems": True}, "the items may repeat"),
    ("list<any>", {"type": "array", "minItems": 1}, "at least 1 is expected"),
    ("map<any>", {"type": "object", "additionalProperties": False}, "a map may hold keys"),
    ("string", {"type": "string", "not": {"const": "a"}}, "only the value can tell"),
    (
        {"type": "object", "properties": {"b": "any"}},
        {"type": "object", "properties": {"a": "any"}, "additionalProperties": False},
        "property `b` is not declared",
    ),
    ({"oneOf": ["string", "null"]}, "string", "may be null"),
]


@pytest.mark.parametrize(("source", "target", "reason"), HINT)
def test_hint(source: Any, target: Any, reason: str) -> None:
    found = fit(source, target)
    assert found.verdict == "hint"
    assert reason in found.reasons[0].text


NO = [
    ("string", "integer", "wrong-type", "string does not fit integer"),
    ("number", "integer", "wrong-type", "number does not fit integer"),
    ("string", "duration", "wrong-type", "string does not fit duration"),
    ("null", "string", "wrong-type", "null does not fit string"),
    ("string?", "string", "possible-null", "may be null, which string does not admit"),
    ("string", "integer | boolean", "wrong-type", "string does not fit integer | boolean"),
    ("string | integer", "integer", "wrong-type", "string does not fit integer"),
    ("list<string>", "list<integer>", "wrong-type", "[]: string does not fit integer"),
    ("list<string?>", "list<string>", "possible-null", "[]: may be null, which string does no"),
    ("map<string>", "map<integer>", "wrong-type", "*: string does not fit integer"),
    ("list<string>", "map<string>", "wrong-type", "list<string> does not fit map<string>"),
    (
        {"fields": {"lines": {"type": "array", "items": {"fields": {"qty": "string"}}}}},
        {"fields": {"lines": {"type": "array", "items": {"fields": {"qty": "integer"}}}}},
        "wrong-type",
        "lines[].qty: string does not fit integer",
    ),
    (
        {"fields": {"quantiy": "integer"}},
        {"fields": {"quantity": "integer"}},
        "missing-property",
        "required property `quantity` is missing",
    ),
    (
        {"type": "object", "properties": {"a": "string"}},
        {"fields": {"a": "string"}},
        "missing-property",
        "`a` may be absent, but is required",
    ),
    ("map<string>", {"fields": {"a": "string"}}, "missing-property", "`a` may be absent, but"),
    (
        {"fields": {"a": "string", "b": "string"}},
        {"type": "object", "properties": {"a": "string"}, "additionalProperties": False},
        "unknown-property",
        "property `b` is not declared in {a?: string}",
    ),
    ({"enum": ["a"]}, {"enum": ["b"]}, "not-in-enum", '`"a"` does not fit'),
    ({"type": "string", "maxLength": 1}, {"type": "string", "enum": ["xx"]}, "not-in-enum", "the "),
    (
        {"type": "integer", "minimum": 5},
        {"type": "integer", "maximum": 4},
        "out-of-bounds",
        "the number is at least 5, which is never at most 4",
    ),
    (
        {"type": "string", "maxLength": 1},
        {"type": "string", "minLength": 2},
        "out-of-bounds",
        "the length of the string is at least 0 and at most 1, which is never at least 2",
    ),
    ({"const": True}, {"const": False}, "not-in-enum", "`true` is never `false`"),
    (
        {"fields": {"a": "string", "kind": {"const": "x"}}},
        {
            "anyOf": [
                {"fields": {"b": "any"}},
                {"fields": {"a": "integer", "kind": "string"}},
                "null",
            ]
        },
        "wrong-type",
        "a: string does not fit integer",
    ),
    (
        {"type": "string", "not": {"const": "a"}},
        "integer",
        "wrong-type",
        "string does not fit inte",
    ),
]


@pytest.mark.parametrize(("source", "target", "kind", "reason"), NO)
def test_no(source: Any, target: Any, kind: str, reason: str) -> None:
    found = fit(source, target)
    assert (found.verdict, found.reasons[0].kind) == ("no", kind)
    assert found.reasons[0].text.startswith(reason)


def test_a_near_miss_is_named() -> None:
    found = fit({"fields": {"quantiy": "integer"}}, {"fields": {"quantity": "integer"}})
    assert found.reasons[0].help == "the value has `quantiy`"


def test_every_reason_is_given() -> None:
    source, target = {"a": "string", "b": "integer?"}, {"a": "integer", "b": "integer"}
    found = fits(
        ObjectType({name: Field(parsed(part)) for name, part in source.items()}),
        ObjectType({name: Field(parsed(part)) for name, part in target.items()}),
    )
    assert [reason.text for reason in found.reasons] == [
        "a: string does not fit integer",
        "b: may be null, which integer does not admit",
    ]


def test_a_named_type_is_called_by_its_name() -> None:
    order = Ref("Order", "", lambda: ObjectType({"id": Field(STRING)}))
    assert fits(order, STRING).reasons[0].text == "Order does not fit string"
    assert fits(STRING, UnionType((order, NULL))).reasons[0].text == "string does not fit Order?"


def linked(name: str, payload: Type) -> Ref:
    """``{value: payload, next: <the same>?}``."""
    ref = Ref(name, "", lambda: node)
    node = ObjectType({"value": Field(payload), "next": Field(UnionType((ref, NULL)))})
    return ref


def test_recursive_types_are_compared_by_coinduction() -> None:
    assert fits(linked("A", INTEGER), linked("B", parsed("number"))) == Fit("yes")
    found = fits(linked("A", STRING), linked("B", INTEGER))
    assert found.verdict == "no"
    assert found.reasons[0].text == "value: string does not fit integer"


def test_mutually_recursive_types_terminate() -> None:
    left = Ref("L", "", lambda: ListType(right))
    right = Ref("R", "", lambda: ObjectType({"of": Field(left)}))
    other = Ref("O", "", lambda: ListType(ObjectType({"of": Field(other)})))
    assert fits(left, other) == Fit("yes")
    assert fits(right, other).verdict == "no"


def test_names_that_only_mean_themselves_are_any() -> None:
    first = Ref("A", "", lambda: second)
    second = Ref("B", "", lambda: first)
    assert first.target == ANY
    assert fits(first, STRING) == Fit("yes")
    loop = Ref("U", "", lambda: UnionType((loop, NULL)))
    assert fits(loop, NULL) == Fit("yes")


def test_a_type_that_never_repeats_is_given_up_on() -> None:
    def deeper(level: int) -> Ref:
        return Ref(f"T{level}", "", lambda: ListType(deeper(level + 1)))

    assert fits(deeper(0), deeper(1_000_000)).verdict == "yes"


def test_huge_unions_take_bounded_time() -> None:
    many = UnionType(tuple(ObjectType({f"a{i}": Field(STRING)}) for i in range(2_000)))
    more = UnionType(tuple(ObjectType({f"b{i}": Field(STRING)}) for i in range(2_000)))
    before = time.process_time()
    fits(many, more)
    assert time.process_time() - before < 10


def test_the_answer_is_the_same_every_time() -> None:
    source = UnionType((StringType(enum=("a",)), INTEGER, ListType(STRING)))
    target = UnionType((StringType(enum=("b",)), ListType(INTEGER)))
    assert len({repr(fits(source, target)) for _ in range(5)}) == 1
