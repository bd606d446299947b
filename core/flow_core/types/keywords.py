"""The keywords of JSON Schema 2020-12, with Flow's ``fields``, and what their values must be."""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, TypeGuard

from flow_core.diagnostics import Json
from flow_core.regex import regex_problem
from flow_core.types.ranges import is_finite

Shape: TypeAlias = Literal[
    "schema", "schemas", "list of schemas", "type", "data", "number", "count", "boolean", "string",
    "names", "list", "values", "pattern", "positive", "map of names", "anything",
]  # fmt: skip

KEYWORDS: Mapping[str, Shape] = {
    "fields": "schemas",
    "type": "type",
    "enum": "values",
    "const": "data",
    "default": "data",
    "examples": "list",
    "title": "string",
    "description": "string",
    "deprecated": "boolean",
    "readOnly": "boolean",
    "writeOnly": "boolean",
    "minimum": "number",
    "maximum": "number",
    "exclusiveMinimum": "number",
    "exclusiveMaximum": "number",
    "multipleOf": "positive",
    "minLength": "count",
    "maxLength": "count",
    "pattern": "pattern",
    "format": "string",
    "contentEncoding": "string",
    "contentMediaType": "string",
    "contentSchema": "schema",
    "items": "schema",
    "prefixItems": "list of schemas",
    "contains": "schema",
    "minContains": "count",
    "maxContains": "count",
    "minItems": "count",
    "maxItems": "count",
    "uniqueItems": "boolean",
    "unevaluatedItems": "schema",
    "properties": "schemas",
    "required": "names",
    "additionalProperties": "schema",
    "patternProperties": "schemas",
    "propertyNames": "schema",
    "minProperties": "count",
    "maxProperties": "count",
    "dependentRequired": "map of names",
    "dependentSchemas": "schemas",
    "unevaluatedProperties": "schema",
    "allOf": "list of schemas",
    "anyOf": "list of schemas",
    "oneOf": "list of schemas",
    "not": "schema",
    "if": "schema",
    "then": "schema",
    "else": "schema",
    "$ref": "string",
    "$defs": "schemas",
    "definitions": "schemas",
    "$id": "string",
    "$schema": "string",
    "$anchor": "string",
    "$comment": "string",
    "$dynamicRef": "string",
    "$dynamicAnchor": "string",
    "$vocabulary": "anything",
}

ANNOTATIONS = frozenset({
    "default", "examples", "title", "description", "deprecated", "readOnly", "writeOnly",
    "contentEncoding", "contentMediaType", "contentSchema", "$defs", "definitions", "$id",
    "$schema", "$anchor", "$comment", "$dynamicAnchor", "$vocabulary",
})  # fmt: skip
"""Keywords that rule no value out."""

OPAQUE = frozenset({
    "not", "if", "then", "else", "allOf", "oneOf", "patternProperties", "propertyNames",
    "dependentRequired", "dependentSchemas", "contains", "minContains", "maxContains",
    "prefixItems", "minProperties", "maxProperties", "unevaluatedItems", "unevaluatedProperties",
    "$dynamicRef",
})  # fmt: skip
"""Keywords that no kind of type can express."""

OF_KIND: Mapping[str, frozenset[str]] = {
    "object": frozenset({
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
        "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
        "unevaluatedProperties",
    }),
    "array": frozenset({
        "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems",
        "uniqueItems", "unevaluatedItems",
    }),
    "number": frozenset({
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    }),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
}  # fmt: skip
"""Which keywords say something of values of which kind."""

INSTEAD: Mapping[str, str] = {
    "nullable": "write `T?` for a type that admits null",
    "optional": "write `T?` for a property that may be absent",
    "additionalItems": "`items` beside `prefixItems` says what follows them",
    "dependencies": "write `dependentRequired` or `dependentSchemas`",
    "id": "write `$id`",
    "extends": "write `allOf`",
    "values": "write `enum` for fixed values, `map<T>` for a map",
    "choices": "write `enum`",
    "options": "write `enum`",
    "min": "write `minimum`, `minLength` or `minItems`",
    "max": "write `maximum`, `maxLength` or `maxItems`",
    "regex": "write `pattern`",
    "keys": "write `fields` for an object's properties",
}
"""What to write for words of other schema languages."""


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and is_finite(value)


def _is_count(value: Json) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _is_names(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


_CHECKS: Mapping[Shape, tuple[Callable[[Json], bool], str]] = {
    "number": (_is_number, "a number"),
    "positive": (lambda value: _is_number(value) and value > 0, "a number above 0"),
    "count": (_is_count, "a whole number of at least 0"),
    "boolean": (lambda value: isinstance(value, bool), "`true` or `false`"),
    "string": (lambda value: isinstance(value, str), "a string"),
    "pattern": (lambda value: isinstance(value, str), "a regular expression"),
    "list": (lambda value: isinstance(value, list), "a list"),
    "values": (lambda value: isinstance(value, list) and value != [], "a list of values"),
    "names": (_is_names, "a list of names"),
    "schemas": (lambda value: isinstance(value, dict), "a mapping of names to types"),
    "list of schemas": (lambda value: isinstance(value, list) and value != [], "a list of types"),
    "map of names": (
        lambda value: isinstance(value, dict) and all(map(_is_names, value.values())),
        "a mapping of names to lists of names",
    ),
}


_ANYTHING: tuple[Callable[[Json], bool], str] = (lambda _: True, "a value")


def expected_value(keyword: str) -> str:
    """What a keyword's value has to be, as a noun."""
    return _CHECKS.get(KEYWORDS[keyword], _ANYTHING)[1]


def keyword_problem(keyword: str, value: Json) -> str:
    """What is wrong with a keyword's value, its subschemas aside, or "".

    >>> keyword_problem("minimum", "x")
    '`minimum` must be a number'
    """
    shape = KEYWORDS[keyword]
    check, expected = _CHECKS.get(shape, _ANYTHING)
    if not check(value):
        return f"`{keyword}` must be {expected}"
    return regex_problem(value) if shape == "pattern" and isinstance(value, str) else ""
