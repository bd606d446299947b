"""JSON Schema in and out: what each keyword means, and what is wrong with it and where."""

from typing import Any

import msgspec
import pytest

from flow_core.types import (
    Type,
    admits_null,
    alternatives,
    deref,
    fits,
    literal_problems,
    member,
    parse_type,
    show,
    to_schema,
)
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    FALSE,
    FILE,
    INTEGER,
    NULL,
    STRING,
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    StringType,
    UnionType,
)

ORDER = Ref("Order", "a.flow.yaml", lambda: ObjectType({"id": Field(STRING)}))
NAMED: dict[str, Type] = {"Order": ORDER, "./schemas/order.json#/$defs/Line": ORDER}


def parsed(data: Any) -> Type:
    type_, problems = parse_type(data, NAMED.get)
    assert problems == []
    return type_


MEANINGS: list[tuple[Any, Type]] = [
    ({}, ANY),
    (True, ANY),
    ({"type": "string"}, STRING),
    ({"type": "array"}, ListType(ANY)),
    ({"type": "array", "items": "Order"}, ListType(ORDER)),
    ({"type": ["string", "null"]}, UnionType((STRING, NULL))),
    ({"type": "list<string>?", "minItems": 1}, UnionType((ListType(STRING, min_items=1), NULL))),
    ({"type": "Order", "description": "what", "default": "x"}, ORDER),
    ({"type": "duration", "default": "30s", "examples": ["string"]}, DurationType()),
    ({"$ref": "./schemas/order.json#/$defs/Line"}, ORDER),
    ({"enum": ["string", "Order"]}, StringType(enum=("string", "Order"))),
    ({"type": "string?", "enum": ["a"]}, UnionType((StringType(enum=("a",)), NULL))),
    ({"type": ["string", "null"], "enum": ["a"]}, StringType(enum=("a",))),
    ({"enum": [1, 2.5]}, NumberType(enum=(1, 2.5))),
    ({"enum": [1, None]}, UnionType((NumberType(integer=True, enum=(1,)), NULL))),
    ({"enum": [True, False]}, BOOLEAN),
    ({"const": False}, BooleanType(const=False)),
    ({"minimum": 1}, NumberType(minimum=1)),
    ({"pattern": "^a", "type": "string"}, StringType(pattern="^a")),
    ({"minLength": 1, "format": "date"}, StringType(min_length=1, format="date")),
    ({"type": "object", "additionalProperties": "integer"}, MapType(INTEGER)),
    ({"type": "object", "additionalProperties": False}, ObjectType({}, open=False)),
    ({"required": ["a"]}, ObjectType({"a": Field(ANY)})),
    (
        {"required": ["a"], "additionalProperties": False},
        ObjectType({"a": Field(FALSE)}, open=False),
    ),
    ({"anyOf": ["string", {"type": "integer"}]}, UnionType((STRING, INTEGER))),
    ({"allOf": ["string"]}, STRING),
    ({"x-anything": 1, "type": "string"}, STRING),
    (
        {"fields": {"id": "string", "note": "string?", "any": "any"}},
        ObjectType(
            {
                "id": Field(STRING),
                "note": Field(UnionType((STRING, NULL)), required=False),
                "any": Field(ANY),
            }
        ),
    ),
    (
        {"properties": {"a": {"type": "string", "description": "d", "default": "x"}}},
        ObjectType({"a": Field(STRING, required=False, default="x", description="d")}),
    ),
]


@pytest.mark.parametrize(("data", "meaning"), MEANINGS)
def test_meaning(data: Any, meaning: Type) -> None:
    assert parsed(data) == meaning


FAULTS: list[tuple[Any, tuple[str | int, ...], str, str, str]] = [
    (None, (), "bad-schema", "expected a type", "write a name such as `string`"),
    (["string"], (), "bad-schema", "expected a type", "write `A | B` for one of several"),
    (5, (), "bad-schema", "expected a type", ""),
    ({"typ": "string"}, ("typ",), "unknown-keyword", "unknown key `typ` in a type", "`type`?"),
    ({"minimun": 1}, ("minimun",), "unknown-keyword", "unknown key `minimun`", "`minimum`?"),
    ({"nullable": True}, ("nullable",), "unknown-keyword", "unknown key `nullable`", "write `T?`"),
    ({"minimum": "x"}, ("minimum",), "bad-schema", "`minimum` must be a number", ""),
    ({"minimum": True}, ("minimum",), "bad-schema", "`minimum` must be a number", ""),
    ({"minLength": -1}, ("minLength",), "bad-schema", "`minLength` must be a whole number", ""),
    ({"multipleOf": 0}, ("multipleOf",), "bad-schema", "`multipleOf` must be a number above 0", ""),
    ({"enum": "a"}, ("enum",), "bad-schema", "`enum` must be a list", ""),
    ({"anyOf": []}, ("anyOf",), "bad-schema", "`anyOf` must be a list of types", ""),
    ({"properties": []}, ("properties",), "bad-schema", "`properties` must be a mapping", ""),
    ({"pattern": "("}, ("pattern",), "bad-schema", "not a regular expression: missing )", ""),
    ({"exclusiveMinimum": True}, ("exclusiveMinimum",), "bad-schema", "`exclusive", "bound itself"),
    ({"type": "string", "required": True}, ("required",), "bad-schema", "`required` must", "T?"),
    ({"type": "strng"}, ("type",), "unknown-type", "unknown type `strng`", "`string`?"),
    ({"type": 5}, ("type",), "bad-schema", "expected a type", ""),
    (
        {"items": {"type": "Ordr"}},
        ("items", "type"),
        "unknown-type",
        "unknown type `Ordr`",
        "Order",
    ),
    ({"fields": {"a": "Ordr?"}}, ("fields", "a"), "unknown-type", "unknown type `Ordr`", "Order"),
    ({"oneOf": ["string", "x"]}, ("oneOf", 1), "unknown-type", "unknown type `x`", ""),
    (
        {"minimum": 2, "maximum": 1},
        ("minimum",),
        "bad-schema",
        "`minimum` 2 exceeds `max",
        "lower `minimum`",
    ),
    ({"type": "string", "enum": ["a", 1]}, ("enum", 1), "bad-schema", "`1` is no string", "quotes"),
    ({"type": "integer", "const": "a"}, ("const",), "bad-schema", '`"a"` is no integer', ""),
    (
        {"type": "string", "minimum": 1},
        ("minimum",),
        "useless-keyword",
        "`minimum` says no",
        "number",
    ),
    ({"format": "datetime"}, ("format",), "unknown-format", "unknown format", "`date-time`?"),
    (
        {"properties": {"total": "number"}, "required": ["totl"]},
        ("required", 0),
        "unknown-property",
        "`totl` is required but not among the properties",
        "`total`?",
    ),
    ({"$ref": "#/$defs/X"}, ("$ref",), "bad-ref", "the schema holds nothing at `#/$defs/X`", ""),
    ({"$ref": "https://a.b/c"}, ("$ref",), "bad-ref", "`https://a.b/c` is not fetched", "save"),
    ({"$ref": "./no.json"}, ("$ref",), "bad-ref", "nothing is found at `./no.json`", ""),
    ({"$defs": {"A": {"type": "x"}}}, ("$defs", "A", "type"), "unknown-type", "unknown type", ""),
]


@pytest.mark.parametrize(("data", "path", "kind", "message", "help_"), FAULTS)
def test_fault(data: Any, path: tuple[str | int, ...], kind: str, message: str, help_: str) -> None:
    (problem,) = parse_type(data, NAMED.get, names=NAMED)[1]
    assert (problem.path, problem.kind) == (path, kind)
    assert problem.message.startswith(message)
    assert help_ in problem.help


def test_an_unknown_key_is_renamed_at_its_key() -> None:
    (problem,) = parse_type({"minimun": 1}, NAMED.get)[1]
    assert (problem.part, problem.suggestion) == ("key", "minimum")


def test_keys_of_the_caller_are_known_at_the_top_only() -> None:
    data = {"type": "object", "secret": True, "properties": {"a": {"secret": True}}}
    problems = parse_type(data, NAMED.get, also=("secret",))[1]
    assert [problem.path for problem in problems] == [("properties", "a", "secret")]
    (near,) = parse_type({"secert": True}, NAMED.get, also=("secret",))[1]
    assert near.suggestion == "secret"


def test_what_is_wrong_leaves_the_rest() -> None:
    type_, problems = parse_type({"type": "string", "minLength": "x", "maxLength": 3}, NAMED.get)
    assert type_ == StringType(max_length=3)
    assert len(problems) == 1


def test_local_references_may_recurse() -> None:
    tree = parsed(
        {
            "$ref": "#/$defs/Tree",
            "$defs": {"Tree": {"fields": {"value": "integer", "left": {"$ref": "#/$defs/Tree"}}}},
        }
    )
    assert show(tree) == "Tree"
    left = member(tree, "left")
    assert left is not None
    assert show(left) == "Tree"
    assert literal_problems({"value": 1, "left": {"value": "x", "left": {}}}, tree) != []
    again, problems = parse_type(to_schema(tree), NAMED.get)
    assert problems == []
    assert fits(tree, again).verdict == "yes" == fits(again, tree).verdict


def test_a_whole_schema_may_refer_to_itself() -> None:
    list_ = parsed({"type": "array", "items": {"$ref": "#"}})
    assert literal_problems([[], [[]]], list_) == []
    assert literal_problems([[], [1]], list_)[0].path == (1, 0)


def test_a_reference_that_only_means_itself_is_any() -> None:
    assert deref(parsed({"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}})) == ANY


def test_a_part_of_a_document_is_read_by_pointer() -> None:
    document: Any = {
        "$defs": {"A": {"type": "array", "items": {"$ref": "#/$defs/B"}}, "B": "string"}
    }
    type_, problems = parse_type(document, NAMED.get, pointer="/$defs/A")
    assert (show(type_), problems) == ("list<B>", [])
    assert parse_type(document, NAMED.get, pointer="/$defs/C")[1][0].kind == "bad-ref"


def test_combined_objects_show_the_properties_of_all() -> None:
    both = parsed(
        {
            "allOf": [
                {"$ref": "#/$defs/Base"},
                {"properties": {"b": "integer"}, "required": ["b"]},
            ],
            "$defs": {"Base": {"fields": {"a": "string"}}},
        }
    )
    assert member(both, "a") == STRING
    assert member(both, "b") == INTEGER
    assert literal_problems({"a": "x", "b": 1}, both) == []
    assert [why.kind for why in literal_problems({"a": "x"}, both)] == ["missing-property"]


def test_a_schema_that_cannot_be_modelled_keeps_its_keywords() -> None:
    schema = {
        "type": "object",
        "properties": {"kind": "string", "size": "integer?"},
        "if": {"properties": {"kind": {"const": "box"}}},
        "then": {"required": ["size"]},
    }
    type_ = parsed(schema)
    assert isinstance(type_, SchemaType)
    assert show(type_) == "{kind?: string, size?: integer?}"
    assert literal_problems({"kind": "bag"}, type_) == []
    assert literal_problems({"kind": "box"}, type_)[0].kind == "bad-schema"
    assert fits(parsed("object"), type_).verdict == "hint"
    assert parsed(to_schema(type_)) == type_


def test_combinations_that_explode_are_given_up_on() -> None:
    node: Any = {"oneOf": [{"properties": {"of": {"$ref": "#"}}}, {"required": ["no"]}] * 3}
    data: Any = {}
    for _ in range(40):
        data = {"of": data}
    assert isinstance(literal_problems(data, parsed(node)), list)


WRITTEN: list[tuple[Type, Any]] = [
    (STRING, {"type": "string"}),
    (UnionType((STRING, NULL)), {"type": ["string", "null"]}),
    (ANY, {}),
    (BytesType(), {"type": "string", "contentEncoding": "base64", "x-flow-type": "bytes"}),
    (DatetimeType(), {"type": "string", "format": "date-time", "x-flow-type": "datetime"}),
    (MapType(INTEGER), {"type": "object", "additionalProperties": {"type": "integer"}}),
    (
        ObjectType({"a": Field(STRING, description="d")}, open=False),
        {
            "type": "object",
            "properties": {"a": {"type": "string", "description": "d"}},
            "required": ["a"],
            "additionalProperties": False,
        },
    ),
]


@pytest.mark.parametrize(("type_", "schema"), WRITTEN)
def test_written(type_: Type, schema: Any) -> None:
    assert to_schema(type_) == schema
    assert parsed(schema) == type_


@pytest.mark.parametrize("type_", [FILE, DurationType(), ListType(FILE)])
def test_own_types_survive(type_: Type) -> None:
    assert parsed(to_schema(type_)) == type_


def test_named_types_are_written_once_each() -> None:
    other = Ref("Order", "b.flow.yaml", lambda: STRING)
    schema = to_schema(ObjectType({"a": Field(ORDER), "b": Field(other), "c": Field(ORDER)}))
    assert isinstance(schema, dict)
    assert schema["$defs"] == {
        "Order": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
        "Order_2": {"type": "string"},
    }


def test_the_file_type_holds_what_it_says() -> None:
    value = {"uri": "s3://b/k", "sha256": "0" * 64, "size": 1}
    assert literal_problems(value, FILE) == []
    assert [why.kind for why in literal_problems({"uri": "x"}, FILE)] == ["missing-property"] * 2


@pytest.mark.parametrize("wrap", ["items", "not"])
def test_depth_is_bounded(wrap: str) -> None:
    data: Any = "string"
    for _ in range(10_000):
        data = {wrap: data}
    type_, problems = parse_type(data, NAMED.get)
    assert [problem.message for problem in problems] == ["the type is nested too deep"]
    assert msgspec.json.encode(to_schema(type_))
    assert literal_problems([[1]], type_) is not None
    assert len(alternatives(type_)) == 1
    assert isinstance(admits_null(type_), bool)
