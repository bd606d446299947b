"""Types to JSON Schema 2020-12; named types become ``$defs``."""

from typing import TypeAlias, cast

import msgspec

from flow_core.diagnostics import Json
from flow_core.types.kinds import (
    FILE,
    NULL,
    AnyType,
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    Ref,
    SchemaType,
    StringType,
    Type,
    UnionType,
)

_Keyword: TypeAlias = "bool | float | str | Type | list[_Keyword] | dict[str, _Keyword] | None"
_OWN: dict[type, dict[str, Json]] = {
    DurationType: {
        "type": "string",
        "pattern": "^([0-9]+(ms|us|[dhms]))+$",
        "x-flow-type": "duration",
    },
    DatetimeType: {"type": "string", "format": "date-time", "x-flow-type": "datetime"},
    BytesType: {"type": "string", "contentEncoding": "base64", "x-flow-type": "bytes"},
}
_WORDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "enum": "enum",
    "pattern": "pattern",
    "format": "format",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_items": "minItems",
    "max_items": "maxItems",
}


def to_schema(type_: Type) -> Json:
    """The JSON Schema of a type.

    What JSON Schema has no word for (durations, times, bytes) is a string there; ``x-flow-type``
    remembers the type, so that `parse_type` gives it back.

    >>> to_schema(ListType(StringType(), min_items=1))
    {'type': 'array', 'items': {'type': 'string'}, 'minItems': 1}
    """
    writer = _Writer()
    schema = writer.schema(type_)
    definitions = writer.definitions()
    if not definitions or not isinstance(schema, dict):
        return schema
    return {**schema, "$defs": definitions}


def bounds(type_: Type) -> dict[str, Json]:
    """The bounds of a scalar or list as JSON Schema's keywords.

    >>> bounds(StringType(min_length=1))
    {'minLength': 1}
    """
    found: dict[str, Json] = {}
    for name, word in _WORDS.items():
        value = getattr(type_, name, None)
        if value is not None:
            found[word] = list(cast("tuple[Json]", value)) if word == "enum" else value
    return found


class _Writer:
    """Writes one document; the named types that it meets are written at the end."""

    def __init__(self) -> None:
        self._names: dict[Ref, str] = {}

    def definitions(self) -> dict[str, Json]:
        """The named types, with those that they name in turn."""
        written: dict[str, Json] = {}
        while len(written) < len(self._names):
            for ref, name in list(self._names.items()):
                if name not in written:
                    written[name] = self.schema(ref.target)
        return written

    def schema(self, type_: Type) -> Json:
        match type_:
            case AnyType():
                return {}
            case Ref():
                return {"$ref": f"#/$defs/{_escaped(self._name(type_))}"}
            case SchemaType():
                return {word: self._value(value) for word, value in type_.keywords.items()}
            case UnionType():
                return self._union(type_)
            case ListType():
                return self._list(type_)
            case MapType():
                return {"type": "object", "additionalProperties": self.schema(type_.value)}
            case ObjectType():
                return self._object(type_)
            case _:
                return _scalar(type_)

    def _name(self, ref: Ref) -> str:
        """The key of a named type in ``$defs``; types of one name in two files get a number."""
        if ref not in self._names:
            taken = set(self._names.values())
            name, number = ref.name, 1
            while name in taken:
                number += 1
                name = f"{ref.name}_{number}"
            self._names[ref] = name
        return self._names[ref]

    def _value(self, value: _Keyword) -> Json:
        """A keyword's value with its types written."""
        if isinstance(value, Type):
            return self.schema(value)
        if isinstance(value, list):
            return [self._value(part) for part in value]
        if isinstance(value, dict):
            return {name: self._value(part) for name, part in value.items()}
        return value

    def _union(self, type_: UnionType) -> Json:
        members = type_.members
        if len(members) == 2 and NULL in members:  # noqa: PLR2004 - a type and null
            only = self.schema(members[0])
            if isinstance(only, dict) and only.keys() == {"type"}:
                return {"type": [only["type"], "null"]}
        return {"anyOf": [self.schema(member) for member in members]}

    def _list(self, type_: ListType) -> Json:
        items = {} if isinstance(type_.item, AnyType) else {"items": self.schema(type_.item)}
        unique = {"uniqueItems": True} if type_.unique else {}
        return {"type": "array", **items, **bounds(type_), **unique}

    def _object(self, type_: ObjectType) -> Json:
        own: dict[str, Json] = {"type": "object"}
        if type_.fields:
            own["properties"] = {name: self._property(f) for name, f in type_.fields.items()}
        required: list[Json] = [name for name, field in type_.fields.items() if field.required]
        if required:
            own["required"] = required
        if not type_.open:
            own["additionalProperties"] = False
        return {**own, "x-flow-type": "file"} if type_ == FILE else own

    def _property(self, field: Field) -> Json:
        schema = self.schema(field.type)
        if not isinstance(schema, dict):
            return schema
        notes: dict[str, Json] = {}
        if field.description:
            notes["description"] = field.description
        if field.default is not msgspec.UNSET:
            notes["default"] = field.default
        return {**schema, **notes}


def _scalar(type_: Type) -> Json:
    match type_:
        case NullType():
            return {"type": "null"}
        case BooleanType():
            fixed: dict[str, Json] = {} if type_.const is None else {"const": type_.const}
            return {"type": "boolean", **fixed}
        case NumberType():
            return {"type": "integer" if type_.integer else "number", **bounds(type_)}
        case StringType():
            return {"type": "string", **bounds(type_)}
        case _:
            return dict(_OWN[type(type_)])


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
