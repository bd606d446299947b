"""Literal values against types: what is wrong, where, and in which words."""

import time
from typing import Any

import pytest

from flow_core.places import Path
from flow_core.types import Type, literal_problems, parse_type, show, type_of_literal
from flow_core.types.kinds import NULL, Field, ListType, ObjectType, Ref, UnionType


def parsed(data: Any) -> Type:
    type_, problems = parse_type(data, lambda _: None)
    assert problems == []
    return type_


RIGHT = [
    (1, "integer"),
    (1.0, "integer"),
    (-(2**63), "integer"),
    (1, "number"),
    (None, "string?"),
    ([], "list<integer>"),
    ({"a": 1, "b": None}, {"fields": {"a": "integer", "b": "string?"}}),
    ({"a": 1}, {"fields": {"a": "integer", "b": "string?"}}),
    ({"a": 1, "surplus": 1}, {"fields": {"a": "integer"}}),
    ({"x": [1]}, "map<list<integer>>"),
    ("1h30m", "duration"),
    ("2024-02-29T23:59:60Z", "datetime"),
    ("2024-02-29T12:00:00.5+05:30", "datetime"),
    ("aGVsbG8=", "bytes"),
    ("ä" * 3, {"type": "string", "maxLength": 3}),
    ("anything", {"type": "string", "format": "of-our-own"}),
    ("aa", {"type": "string", "pattern": r"(a)\1"}),
    (0.3, {"type": "number", "multipleOf": 0.1}),
    ([1, True], {"type": "array", "uniqueItems": True}),
    ({"kind": "b", "n": 1}, {"oneOf": [{"fields": {"kind": {"const": "b"}}}, "integer"]}),
    ("b", {"type": "string", "not": {"const": "a"}}),
    ({"deep": object}, "any"),
]


@pytest.mark.parametrize(("data", "type_"), RIGHT)
def test_right(data: Any, type_: Any) -> None:
    assert literal_problems(data, parsed(type_)) == []


WRONG = [
    ("x", "integer", "wrong-type", '`"x"` is a string, and integer is expected'),
    (True, "integer", "wrong-type", "`true` is a boolean, and integer is expected"),
    (1.5, "integer", "wrong-type", "1.5 is not a whole number, and an integer is expected"),
    (2**63, "integer", "out-of-bounds", "9223372036854775808 does not fit an integer of 64 bits"),
    (1, "string", "wrong-type", "`1` is a number, and string is expected"),
    (None, "string", "wrong-type", "null is given, and string is expected"),
    ([], "string", "wrong-type", "a list is given, and string is expected"),
    ({}, "string", "wrong-type", "an object is given, and string is expected"),
    (float("nan"), "number", "out-of-bounds", "a number must be finite and fit a double"),
    (float("inf"), "number", "out-of-bounds", "a number must be finite and fit a double"),
    (10**400, "number", "out-of-bounds", "a number must be finite and fit a double"),
    ("c", {"enum": ["a", "b"]}, "not-in-enum", '`"c"` is not `"a"` or `"b"`'),
    (3, {"enum": [1, 2]}, "not-in-enum", "3 is not `1` or `2`"),
    (False, {"const": True}, "not-in-enum", "`false` is not `true`"),
    (0, {"type": "integer", "minimum": 1}, "out-of-bounds", "0 is not at least 1"),
    (
        500,
        {"type": "integer", "minimum": 1, "maximum": 100},
        "out-of-bounds",
        "500 is not at most 100",
    ),
    (5, {"type": "number", "exclusiveMaximum": 5}, "out-of-bounds", "5 is not below 5"),
    (7, {"type": "integer", "multipleOf": 5}, "out-of-bounds", "7 is not a multiple of 5"),
    ("", {"type": "string", "minLength": 1}, "bad-length", "the string has 0 characters, and at"),
    ("b", {"type": "string", "pattern": "^a"}, "bad-pattern", '`"b"` does not match the pattern'),
    ("x", {"type": "string", "format": "email"}, "bad-format", "`x` is no email, as in `someone@"),
    ("tomorrow", "datetime", "bad-format", "`tomorrow` is no date-time, as in `2024-"),
    ("2024-01-01T00:00:00", "datetime", "bad-format", "the time `2024-01-01T00:00:00` has no off"),
    ("2023-02-29T00:00:00Z", "datetime", "bad-format", "`2023-02-29T00:00:00Z` is no date-time"),
    ("30 seconds", "duration", "bad-format", "`30 seconds` is no duration, as in `1h30m`"),
    ("***", "bytes", "bad-format", "`***` is not base64"),
    ([1, 2], {"type": "array", "maxItems": 1}, "bad-length", "the list has 2 items, and at least"),
    ([1, 2, 1.0], {"type": "array", "uniqueItems": True}, "not-unique", "[2]: the item repeats"),
    ([1, "x"], "list<integer>", "wrong-type", '[1]: `"x"` is a string, and integer is expected'),
    ({"a": 1}, "map<string>", "wrong-type", "a: `1` is a number, and string is expected"),
    ({}, {"fields": {"a": "string"}}, "missing-property", "required property `a` is missing"),
    ({"b": 1}, {"type": "object", "additionalProperties": False}, "unknown-property", "b: unknown"),
    (True, "string | integer", "wrong-type", "`true` is a boolean, and string | integer is expec"),
    ("a", {"type": "string", "not": {"const": "a"}}, "bad-schema", "'a' should not be valid under"),
    ("a", False, "bad-schema", "'a' should not be valid"),
    (
        {"kind": "b", "n": "x"},
        {
            "anyOf": [
                {"fields": {"kind": {"const": "a"}, "n": "string"}},
                {"fields": {"kind": {"const": "b"}, "n": "integer", "m": "integer"}},
            ]
        },
        "missing-property",
        "required property `m` is missing",
    ),
]


@pytest.mark.parametrize(("data", "type_", "kind", "text"), WRONG)
def test_wrong(data: Any, type_: Any, kind: str, text: str) -> None:
    problem = literal_problems(data, parsed(type_))[0]
    assert problem.kind == kind
    assert problem.text.startswith(text)


FORMATS = {
    "date": (["2024-02-29"], ["2024-02-30", "2024-2-3", "29.2.2024"]),
    "time": (["09:30:00Z", "23:59:59.25-01:00"], ["09:30", "24:00:00Z"]),
    "date-time": (["2024-01-31T09:30:00Z"], ["2024-01-31", "2024-01-31T09:30:00"]),
    "email": (["a@b.c"], ["a", "a@", "@b", "a b@c"]),
    "hostname": (["example.org", "a-b.c"], ["-a", "a..b", "a_b", "a" * 64]),
    "ipv4": (["192.0.2.1"], ["192.0.2", "256.0.0.1", "::1"]),
    "ipv6": (["2001:db8::1", "::"], ["192.0.2.1", "12345::", "fe80::1%eth0"]),
    "uri": (["https://a.b/c?d#e", "urn:x:y", "s3://bucket/key"], ["/path", "no scheme", "a b:c"]),
    "uuid": (["123E4567-e89b-12d3-a456-426614174000"], ["123e4567", "g23e4567-e89b"]),
    "duration": (["P1DT2H", "PT5M"], ["1h", "P", "PT"]),
}


@pytest.mark.parametrize("format_", FORMATS)
def test_formats(format_: str) -> None:
    type_ = parsed({"type": "string", "format": format_})
    right, wrong = FORMATS[format_]
    assert [text for text in right if literal_problems(text, type_)] == []
    assert [text for text in wrong if not literal_problems(text, type_)] == []


def test_paths_start_where_the_caller_says() -> None:
    problem = literal_problems({"a": ["x"]}, parsed("map<list<integer>>"), ("with", "rows"))[0]
    assert problem.path == ("with", "rows", "a", 0)


def test_a_number_that_was_meant_as_text_is_quoted_as_it_was_written() -> None:
    def source(path: Path) -> str:
        return {("version",): "1.10", ("flag",): "true"}[path]

    type_ = parsed({"fields": {"version": "string", "flag": "string"}})
    problems = literal_problems({"version": 1.1, "flag": True}, type_, source=source)
    assert [problem.text for problem in problems] == [
        "version: `1.10` is a number, and string is expected",
        "flag: `true` is a boolean, and string is expected",
    ]
    assert [problem.suggestion for problem in problems] == ['"1.10"', '"true"']


def test_near_misses_are_named() -> None:
    closed = {"fields": {"total": "integer?"}, "additionalProperties": False}
    assert literal_problems({"totl": 1}, parsed(closed))[0].help == "did you mean `total`?"
    opened = {"fields": {"total": "integer"}}
    missing = literal_problems({"totl": 1}, parsed(opened))[0]
    assert missing.help == "`totl` is not declared: was `total` meant?"
    value = literal_problems("usa", parsed({"enum": ["us", "eu"]}))[0]
    assert (value.help, value.suggestion) == ("did you mean `us`?", "us")


def test_every_problem_is_found_up_to_a_bound() -> None:
    assert len(literal_problems(["x", 1, "y"], parsed("list<integer>"))) == 2
    assert len(literal_problems(["x"] * 10_000, parsed("list<integer>"))) == 50


def test_patterns_take_linear_time() -> None:
    type_ = parsed({"type": "string", "pattern": "^(a|a)*(a+)+$"})
    before = time.process_time()
    assert literal_problems("a" * 2_000 + "!", type_) != []
    assert time.process_time() - before < 5


def test_deep_data_in_a_recursive_type_is_bounded() -> None:
    tree = Ref("Tree", "", lambda: node)
    node = ObjectType({"left": Field(UnionType((tree, ListType(tree), NULL)), required=False)})
    data: Any = None
    for _ in range(10_000):
        data = {"left": data}
    assert literal_problems(data, tree) == []


def test_ambiguous_recursive_unions_take_bounded_time() -> None:
    tree = Ref("Tree", "", lambda: UnionType(members))
    members = tuple(ObjectType({"of": Field(tree), f"k{i}": Field(NULL)}) for i in range(10))
    data: Any = {}
    for _ in range(40):
        data = {"of": data}
    before = time.process_time()
    literal_problems(data, tree)
    assert time.process_time() - before < 10


LITERALS = [
    (None, "null"),
    (True, "boolean"),
    (1, "integer"),
    (1.0, "number"),
    ("a", "string"),
    ([1, 2.5], "list<number>"),
    ([1, None], "list<integer?>"),
    ([], "list<any>"),
    ([[], ["a"]], "list<list<string>>"),
    ({"a": 1}, "{a: integer}"),
]


@pytest.mark.parametrize(("data", "shown"), LITERALS)
def test_type_of_a_literal(data: Any, shown: str) -> None:
    assert show(type_of_literal(data)) == shown


def test_type_of_deep_and_long_literals_is_bounded() -> None:
    deep: Any = 1
    for _ in range(10_000):
        deep = [deep]
    assert show(type_of_literal(deep)).startswith("list<list<")
    assert show(type_of_literal([1] * 100_000)) == "list<integer>"
    assert show(type_of_literal([{f"k{i}": i} for i in range(10_000)])) == "list<any>"
