"""Shapes in words, for people who ask what may stand at a key."""

import json
from collections.abc import Callable

from flow_core.language.keys import resolve
from flow_core.language.shapes import (
    Boolean,
    Constant,
    Data,
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
from flow_core.language.type_keys import INPUT, OUTPUT, TYPE

TYPE_SHAPES = {TYPE: "type", INPUT: "input", OUTPUT: "output port"}
"""What each form of a type is called."""

_GIVES = {
    "any": "value",
    "boolean": "boolean or expression",
    "list": "list or expression",
    "text": "text or expression",
}
_FORMATS = {"prose": "text", "label": "name", "reference": "text", "comparison": "comparison"}


def key_words(key: Key, mention: Callable[[str], str] = str) -> str:
    """What may stand at a key; ``mention`` writes the name of a record or of a form of type.

    >>> from flow_core.language.keys import key_at
    >>> key_words(key_at(("steps", "x", "timeout")))
    'duration or null'
    """
    words = shape_words(key.shape, mention)
    return f"{words} or null" if key.nullable else words


def shape_words(shape: Shape, mention: Callable[[str], str] = str) -> str:
    """A shape, as `key_words` writes it."""
    match resolve(shape):
        case Record(name=name):
            return mention(name.replace("_", " "))
        case TypeShape() as type_shape:
            return mention(TYPE_SHAPES[type_shape])
        case MapOf(value=value):
            return f"map of {shape_words(value, mention)}"
        case ListOf(item=item):
            return f"list of {shape_words(item, mention)}"
        case OneOf(variants=variants):
            return " or ".join(shape_words(variant, mention) for variant in variants)
        case scalar:
            return _scalar(scalar)


def _scalar(shape: Shape) -> str:
    match shape:
        case Text(format=spelled):
            return _FORMATS.get(spelled, spelled)
        case Number(integer=integer, minimum=low, maximum=high):
            kind = "integer" if integer else "number"
            bounds = f" {low} to {high}" if high is not None else f" ≥ {low}"
            return kind if low is None else kind + bounds
        case Boolean():
            return "boolean"
        case Words(words=words):
            return " | ".join(f"`{word}`" for word in words)
        case Constant(value=value):
            return f"`{json.dumps(value)}`"
        case Data():
            return "data"
        case Value(gives=gives):
            return _GIVES[gives]
        case _:
            return "value"
