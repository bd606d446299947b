"""The keys of types and ports. `flow_core.types` reads types; here they are described."""

from flow_core.language.shapes import (
    Boolean,
    Data,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Text,
    TypeShape,
)

TYPE = TypeShape()
_SIZE = Number(integer=True, minimum=0)

TYPE_KEYS = (
    Key(
        "type",
        OneOf((ListOf(Text()), TYPE)),
        "A type name: `string`, `integer`, `number`, `boolean`, `object`, `any`, `null`, "
        "`duration`, `datetime`, `bytes`, `file`, or one of `types`. `list<T>`, `map<T>`, `T?` and "
        "`A | B` combine them.",
        example="type: list<Order>",
    ),
    Key(
        "fields",
        MapOf(TYPE),
        "The fields of an object. Each is required unless its type admits null (`T?`).",
        example="fields: {id: string, note: string?}",
    ),
    Key("description", Text("prose"), "What a value of this type means."),
    Key(
        "default",
        Data(literal=True),
        "The value where none is given: a literal that fits the type.",
    ),
    Key("enum", ListOf(Data()), "The only values allowed.", example="enum: [eu, us]"),
    Key("const", Data(), "The one value allowed."),
    Key("examples", ListOf(Data()), "Values that fit, as documentation."),
    Key("format", Text(), "A format of JSON Schema, such as `email`, `uri` or `uuid`."),
    Key("pattern", Text(), "A regular expression that a string must match somewhere."),
    Key("minLength", _SIZE, "The least number of code points."),
    Key("maxLength", _SIZE, "The greatest number of code points."),
    Key("minimum", Number(), "The least number allowed."),
    Key("maximum", Number(), "The greatest number allowed."),
    Key("exclusiveMinimum", Number(), "A number that values must be above."),
    Key("exclusiveMaximum", Number(), "A number that values must be below."),
    Key("multipleOf", Number(), "A number that values must be a multiple of."),
    Key("items", TYPE, "The type of a list's items."),
    Key("minItems", _SIZE, "The least number of items."),
    Key("maxItems", _SIZE, "The greatest number of items."),
    Key("uniqueItems", Boolean(), "Whether items must differ.", default=False),
    Key("properties", MapOf(TYPE), "The properties of an object, as in JSON Schema."),
    Key("required", ListOf(Text()), "The properties that must be present."),
    Key(
        "additionalProperties",
        TYPE,
        "The type of undeclared properties; `false` forbids them.",
        default=True,
    ),
    Key("anyOf", ListOf(TYPE), "The types of which one must fit."),
    Key("oneOf", ListOf(TYPE), "The types of which exactly one must fit."),
    Key("allOf", ListOf(TYPE), "The types that must all fit."),
    Key("$ref", Text(), "A JSON Schema in a file.", example="$ref: ./order.schema.json"),
)
"""The keywords that Flow understands; others of JSON Schema 2020-12 may stand beside them."""

_SECRET = Key(
    "secret",
    Boolean(),
    "Whether the value is a secret: only such a port takes one, and it is never shown.",
    default=False,
)
_DEFAULT = Key(
    "default",
    Data(literal=True),
    "The value where none is given: a literal that fits the type. An input without it is required "
    "unless its type admits null.",
    example="default: eu",
)
_ENV = Key(
    "env",
    Text(),
    "The environment variable that gives the value where the caller gives none.",
    example="env: SHOP_REGION",
)

INPUT = TypeShape(keys=(_DEFAULT, _ENV, _SECRET))
OUTPUT = TypeShape(keys=(_SECRET,))
