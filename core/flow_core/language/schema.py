"""JSON Schema 2020-12 of Flow's files, for editors and validators that know nothing of Flow.

It accepts every file whose shape is right. It is made of plain keywords and local references only,
since editors support no more of 2020-12 than that.
"""

import msgspec

from flow_core.diagnostics import Json
from flow_core.language.formats import SPELLINGS
from flow_core.language.keys import FILES, FileKind, resolve
from flow_core.language.roots import OF_RUNS
from flow_core.language.shapes import (
    MAX_INTEGER,
    Boolean,
    Choice,
    Constant,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    TypeShape,
    Value,
    Words,
)
from flow_core.language.type_keys import INPUT, OUTPUT, TYPE, TYPE_KEYS

_Schema = dict[str, Json]
_EXPRESSION: _Schema = {"type": "string", "pattern": r"\$\{\{"}
_NO_EXPRESSION = r"^(?![\s\S]*\$\{\{)"
_VALUES: dict[str, _Schema] = {
    "any": {},
    "boolean": {"anyOf": [{"type": "boolean"}, _EXPRESSION]},
    "list": {"anyOf": [{"type": "array"}, _EXPRESSION]},
    "text": {"type": "string"},
}
_EXTENSIONS: _Schema = {"^x-": {}}
_TYPE_NAMES = {TYPE: "type", INPUT: "input", OUTPUT: "component_output"}
_TITLES: dict[FileKind, str] = {
    "pipeline": "Flow pipeline or component library",
    "scenario": "Flow scenarios",
    "settings": "Flow project settings",
}


def schema(kind: FileKind) -> dict[str, Json]:
    """The JSON Schema of a kind of file."""
    writer = _Writer()
    root = writer.record(FILES[kind])
    if kind == "pipeline":
        root["dependentRequired"] = {"steps": ["name"], **{key: ["steps"] for key in OF_RUNS}}
        root["anyOf"] = [{"required": [key]} for key in ("steps", "components", "types")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLES[kind],
        **root,
        "$defs": dict(sorted(writer.definitions.items())),
    }


class _Writer:
    """Writes shapes; records and types are written once, as definitions."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}

    def of(self, shape: Shape) -> _Schema:
        """The schema of a shape."""
        match resolve(shape):
            case Record() as record:
                return self._define(record.name, record)
            case TypeShape() as type_shape:
                return self._define(_TYPE_NAMES[type_shape], type_shape)
            case MapOf() as map_of:
                return self._map(map_of)
            case ListOf(item=item, filled=filled):
                least: _Schema = {"minItems": 1} if filled else {}
                return {"type": "array", "items": self.of(item), **least}
            case OneOf(variants=variants):
                return {"anyOf": [self.of(variant) for variant in variants]}
            case scalar:
                return _scalar(scalar)

    def _define(self, name: str, shape: Record | TypeShape) -> _Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # a shape that contains itself ends here
            self.definitions[name] = (
                self.record(shape) if isinstance(shape, Record) else self._type(shape)
            )
        return {"$ref": f"#/$defs/{name}"}

    def _map(self, shape: MapOf) -> _Schema:
        least: _Schema = {"minProperties": 1} if shape.filled else {}
        value = self.of(shape.value)
        if shape.names == "text":
            rest: _Schema = {"patternProperties": _EXTENSIONS, "additionalProperties": value}
        else:
            named: _Schema = {**_EXTENSIONS, SPELLINGS[shape.names].pattern: value}
            rest = {"patternProperties": named, "additionalProperties": False}
        return {"type": "object", **rest, **least}

    def record(self, shape: Record) -> _Schema:
        """The schema of a record itself."""
        required: _Schema = {"required": [key.name for key in shape.required]}
        return {
            "description": shape.doc,
            "type": "object",
            "properties": {key.name: self._key(key) for key in shape.keys},
            "patternProperties": _EXTENSIONS,
            "additionalProperties": False,
            **(required if shape.required else {}),
            **(_choice(shape.choice) if shape.choice else {}),
        }

    def _type(self, shape: TypeShape) -> _Schema:
        own = {key.name for key in shape.keys}
        keys = (*shape.keys, *(key for key in TYPE_KEYS if key.name not in own))
        properties: Json = {key.name: self._key(key) for key in keys}
        return {
            "description": "A type: shorthand such as `list<Order>`, or a JSON Schema.",
            "anyOf": [
                {"type": "string"},
                {"type": "boolean"},
                {"type": "object", "properties": properties},
            ],
        }

    def _key(self, key: Key) -> _Schema:
        found: _Schema = self.of(key.shape)
        if key.nullable:
            found = {"anyOf": [found, {"type": "null"}]}
        example = f"\n\n```yaml\n{key.example}\n```" if key.example else ""
        return {
            **found,
            "description": key.doc.replace("**", "").replace("`", ""),
            "markdownDescription": key.doc + example,
            **({"deprecated": True} if key.deprecated else {}),
            **({} if isinstance(key.default, msgspec.UnsetType) else {"default": key.default}),
        }


def _choice(choice: Choice) -> _Schema:
    companions: Json = {name: [head] for name, head in choice.companions.items()}
    exactly_one: _Schema = {"oneOf": [{"required": [head]} for head in choice.heads]}
    return {**exactly_one, **({"dependentRequired": companions} if companions else {})}


def _scalar(shape: Shape) -> _Schema:
    match shape:
        case Text(format="prose"):
            return {"type": "string"}
        case Text(format=spelled):
            spelling = SPELLINGS.get(spelled)
            return {"type": "string", "pattern": spelling.pattern if spelling else _NO_EXPRESSION}
        case Number():
            return _number(shape)
        case Boolean():
            return {"type": "boolean"}
        case Words(words=words):
            return {"enum": list(words)}
        case Constant(value=value):
            return {"const": value}
        case Value(gives=gives):
            return dict(_VALUES[gives])
        case _:
            return {}


def _number(shape: Number) -> _Schema:
    bounds: _Schema = {"minimum": shape.minimum, "maximum": shape.maximum}
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    if shape.integer and shape.maximum is None:
        known["maximum"] = MAX_INTEGER
    return {"type": "integer" if shape.integer else "number", **known}
