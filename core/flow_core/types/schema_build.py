"""From the parsed keywords of one schema to a type.

``parsed`` maps each sound keyword to its value, with a `Type` in place of every subschema.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias, cast

import msgspec

from flow_core.types.algebra import union
from flow_core.types.by_value import narrowed
from flow_core.types.keywords import ANNOTATIONS, OF_KIND, OPAQUE
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    BUILTIN,
    FALSE,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    AnyType,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    StringType,
    Type,
    UnionType,
)
from flow_core.types.meet import meet

Parsed: TypeAlias = Mapping[str, Any]
_Refined: TypeAlias = NumberType | StringType | ListType
_OF_KIND: Mapping[str, Type] = {
    "object": OBJECT,
    "array": ListType(ANY),
    "number": NUMBER,
    "string": STRING,
}

_PLAIN: Mapping[str, Type] = {
    **_OF_KIND,
    "integer": INTEGER,
    "boolean": BOOLEAN,
    "null": NULL,
}


def build(data: Mapping[str, Any], parsed: Parsed) -> Type:
    """The type of a schema; ``data`` is the schema as it was written."""
    if parsed.get("x-flow-type") in BUILTIN:
        return BUILTIN[parsed["x-flow-type"]]
    parsed = _with_fields(parsed)
    constraints = parsed.keys() - ANNOTATIONS
    if len(constraints) == 1:
        alone = _alone(next(iter(constraints)), parsed)
        if alone is not None:
            return alone
    type_ = _refined(_kinds(parsed), data, parsed)
    if _is_opaque(constraints, parsed):
        return SchemaType(_base(type_, parsed), _keywords(parsed))
    return type_


def with_required(fields: Mapping[str, Type]) -> list[str]:
    """The names that are required under ``fields``: all but those written ``T?``."""
    return [name for name, type_ in fields.items() if not _is_optional(type_)]


def _with_fields(parsed: Parsed) -> Parsed:
    """``fields`` spelt out as ``properties`` and ``required``."""
    if "fields" not in parsed:
        return parsed
    fields: dict[str, Type] = parsed["fields"]
    rest = {keyword: value for keyword, value in parsed.items() if keyword != "fields"}
    return {
        "type": OBJECT,
        **rest,
        "properties": {**fields, **parsed.get("properties", {})},
        "required": list(dict.fromkeys((*with_required(fields), *parsed.get("required", ())))),
    }


def _is_optional(type_: Type) -> bool:
    """Whether a type says null in so many words; names are not looked up while reading."""
    return type_ == NULL or (isinstance(type_, UnionType) and NULL in type_.members)


def _alone(keyword: str, parsed: Parsed) -> Type | None:
    """The type of a schema that is one reference or one combination."""
    value = parsed[keyword]
    if keyword == "$ref" and isinstance(value, Type):
        return value
    if keyword == "anyOf" or (keyword in ("allOf", "oneOf") and len(value) == 1):
        return union(*value)
    return None


def _is_opaque(constraints: AbstractSet[str], parsed: Parsed) -> bool:
    """Whether the keywords say more than a kind of type can."""
    rest = parsed.get("additionalProperties", ANY)
    values = [*parsed.get("enum", ()), parsed.get("const")]
    return bool(
        constraints & OPAQUE
        or (len(constraints) > 1 and constraints & {"$ref", "anyOf"})
        or (len(constraints) > 1 and _names_a_type(parsed.get("type")))
        or ((parsed.get("properties") or parsed.get("required")) and rest not in (ANY, FALSE))
        or any(isinstance(value, (dict, list)) for value in values)
    )


def _names_a_type(type_: object) -> bool:
    """Whether ``type`` is a name, whose own bounds cannot be tightened here."""
    members = type_.members if isinstance(type_, UnionType) else (type_,)
    return any(isinstance(member, (Ref, SchemaType)) for member in members)


def _kinds(parsed: Parsed) -> Type:
    """What ``type`` says, else what the other keywords speak of."""
    if "type" in parsed:
        return union(*_types(parsed["type"]))
    if "enum" in parsed or "const" in parsed:
        return ANY
    kinds = [_OF_KIND[kind] for kind, keywords in OF_KIND.items() if keywords & parsed.keys()]
    return union(*kinds) if kinds else ANY


def _refined(type_: Type, data: Mapping[str, Any], parsed: Parsed) -> Type:
    """The type with the bounds, items, properties and values that the keywords give it."""
    strict = isinstance(parsed.get("type"), list)
    if "const" in parsed:
        type_ = narrowed(type_, [parsed["const"]], strict=strict)
    if "enum" in parsed:
        type_ = narrowed(type_, parsed["enum"], strict=strict)
    members = type_.members if isinstance(type_, UnionType) else (type_,)
    return union(*(_member(member, data, parsed) for member in members))


def _member(type_: Type, data: Mapping[str, Any], parsed: Parsed) -> Type:
    match type_:
        case NumberType():
            return _with(
                type_,
                parsed,
                minimum="minimum",
                maximum="maximum",
                exclusive_minimum="exclusiveMinimum",
                exclusive_maximum="exclusiveMaximum",
                multiple_of="multipleOf",
            )
        case StringType():
            return _with(
                type_,
                parsed,
                min_length="minLength",
                max_length="maxLength",
                pattern="pattern",
                format="format",
            )
        case ListType():
            return _list(type_, parsed)
        case ObjectType():
            return _object(type_, data, parsed)
        case _:
            return type_


def _with(type_: _Refined, parsed: Parsed, **fields: str) -> Type:
    """The type with the fields that the named keywords set."""
    given = {field: parsed[keyword] for field, keyword in fields.items() if keyword in parsed}
    return msgspec.structs.replace(type_, **given) if given else type_


def _list(type_: ListType, parsed: Parsed) -> Type:
    """``items`` beside ``prefixItems`` speaks only of the rest, so of no item for sure."""
    if "items" in parsed and "prefixItems" not in parsed:
        type_ = msgspec.structs.replace(type_, item=parsed["items"])
    return _with(type_, parsed, min_items="minItems", max_items="maxItems", unique="uniqueItems")


def _object(type_: ObjectType, data: Mapping[str, Any], parsed: Parsed) -> Type:
    properties: dict[str, Type] = parsed.get("properties", {})
    required = parsed.get("required", ())
    rest = parsed.get("additionalProperties", ANY)
    patterns = "patternProperties" in parsed
    if not properties and not required and not patterns and rest not in (ANY, FALSE):
        return MapType(rest)
    written = {**_mapping(data.get("fields")), **_mapping(data.get("properties"))}
    fields = {
        name: _field(part, written.get(name), name in required) for name, part in properties.items()
    }
    is_open = patterns or rest != FALSE
    undeclared = Field(ANY if is_open else FALSE)
    fields |= {name: undeclared for name in required if name not in fields}
    return ObjectType({**type_.fields, **fields}, open=type_.open and is_open)


def _field(type_: Type, written: object, required: bool) -> Field:  # noqa: FBT001 - a fact
    """A property; its description and default stand in the subschema as it was written."""
    keywords = _mapping(written)
    description = keywords.get("description", "")
    return Field(
        type_,
        required,
        keywords.get("default", msgspec.UNSET),
        description if isinstance(description, str) else "",
    )


def _mapping(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _base(type_: Type, parsed: Parsed) -> Type:
    """What all the parts of a combination have in common."""
    together = [type_, *parsed.get("allOf", ())]
    together += [parsed["$ref"]] if "$ref" in parsed else []
    together += [union(*parsed[word]) for word in ("anyOf", "oneOf") if word in parsed]
    known = [part for part in together if not isinstance(part, AnyType)]
    if not known:
        return ANY
    return known[0] if len(known) == 1 else meet(known)


def _keywords(parsed: Parsed) -> dict[str, Any]:
    """All constraints, with a ``type`` that JSON Schema does not know moved into ``allOf``."""
    keywords = {word: value for word, value in parsed.items() if word not in ANNOTATIONS}
    types = _types(keywords.pop("type", []))
    known = [name for type_ in types for name, plain in _PLAIN.items() if type_ == plain]
    if len(known) < len(types):
        return {**keywords, "allOf": [union(*types), *keywords.get("allOf", ())]}
    if not known:
        return keywords
    return {"type": known[0] if len(known) == 1 else known, **keywords}


def _types(named: Type | list[Type]) -> list[Type]:
    """The value of ``type`` as a list."""
    return named if isinstance(named, list) else [named]
