"""Hover on literal values: what they stand for, by where they stand."""

import re
from collections.abc import Iterator
from datetime import datetime

from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import describe_key, describe_type
from flow_core.ide.hover.declared import describe_name
from flow_core.ide.hover.errors import describe_error, describe_own_error
from flow_core.ide.hover.found import Found
from flow_core.ide.hover.imports import describe_call, describe_import, describe_range
from flow_core.ide.hover.keys import describe_key_at
from flow_core.ide.hover.steps import describe_step
from flow_core.ide.hover.times import describe_time
from flow_core.language.keys import key_at, resolve, shapes_at
from flow_core.language.shapes import OneOf, Shape, Text, TypeShape, Words
from flow_core.markdown import block, code, paragraphs
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Alias, Scalar, data
from flow_core.syntax.render import block_lines

_TYPE_NAME = re.compile(r"[A-Za-z_][\w.]*")
_MOST_LINES = 15
_MEANINGS = {
    "string": "Text.",
    "integer": "A whole number of 64 bits.",
    "number": "A number with or without a fraction.",
    "boolean": "`true` or `false`.",
    "object": "An object, whatever its properties.",
    "any": "Any value, null too. Nothing is checked.",
    "null": "No value.",
    "duration": "A length of time, such as `1h30m`.",
    "datetime": "A time with an offset, such as `2026-01-31T09:00:00Z` (RFC 3339).",
    "bytes": "Bytes, written in base64.",
    "file": "A file: `uri` and `sha256` are text, `size` is an integer.",
    "list": "A list of values of one type.",
    "map": "An object with any names as keys.",
}
"""What the types of the language are."""


def at_value(cursor: Cursor, now: datetime | None) -> Found | None:
    """What is under the cursor, if that is a scalar that is no expression."""
    node, inner = cursor.node, cursor.inner
    path, module = cursor.path, cursor.module
    located, depth = module.document.reach(path)
    if located is not None and depth == len(path) and isinstance(located.node, Alias):
        return Found(_alias(located.node), Place(path))
    if not isinstance(node, Scalar) or inner is None or cursor.part == "key":
        return None
    if path[-1:] == ("uses",) and path[:-1] in module.calls:
        return _called(module, path, node.text, inner)
    shapes = [each for shape in shapes_at(path, cursor.kind) for each in _variants(shape)]
    if any(isinstance(shape, TypeShape) for shape in shapes):
        return _type_name(module, path, node.text, inner)
    text = (
        _named(cursor, path, node.text)
        or next(filter(None, (describe_time(module, s, path, node.text, now) for s in shapes)), "")
        or _key(cursor, shapes)
        or describe_name(cursor)
    )
    return Found(text, Place(path)) if text else None


def _variants(shape: Shape) -> Iterator[Shape]:
    match resolve(shape):
        case OneOf(variants=variants):
            for variant in variants:
                yield from _variants(variant)
        case found:
            yield found


def _called(module: Module, path: Path, text: str, inner: int) -> Found:
    """The parts of `alias.name@range`."""
    target, at, _ = text.partition("@")
    alias, dot, _ = target.rpartition(".")
    is_path = target.startswith((".", "/"))
    if at and inner > len(target):
        span = Place(path, start=len(target), end=len(text))
        return Found(describe_range(module, path[:-1]), span)
    if dot and not is_path and inner < len(alias) and alias in module.imports:
        return Found(describe_import(module, alias), Place(path, start=0, end=len(alias)))
    return Found(describe_call(module, path[:-1]), Place(path, start=0, end=len(target)))


def _type_name(module: Module, path: Path, text: str, inner: int) -> Found | None:
    """A name in the shorthand of types."""
    for found in _TYPE_NAME.finditer(text):
        if found.start() <= inner <= found.end():
            place = Place(path, start=found.start(), end=found.end())
            return Found(_describe_type_name(module, found[0]), place)
    return None


def _describe_type_name(module: Module, name: str) -> str:
    if name in _MEANINGS:
        return paragraphs(f"**{code(name)}**", _MEANINGS[name])
    type_ = module.type_names.find(name)
    return describe_type(type_) if type_ is not None else ""


def _named(cursor: Cursor, path: Path, text: str) -> str:
    """A name of something that is declared elsewhere."""
    module = cursor.module
    match path:
        case ("imports", str(alias)):
            return describe_import(module, alias)
        case ("secrets", int()):
            return paragraphs(f"**{code(text)}**: a secret", "Only a secret port may take it.")
        case ("errors", int()):
            return describe_error(module, text)
        case (*owner, "depends_on", int()) if owner and text in module.graph.infos:
            return describe_step(module, text, cursor.dependents(text))
        case ("components", str(name), *_, "errors", int()):
            own = module.library.components.get(name)
            return describe_own_error(own, text) if own and text in own.errors else ""
        case (*owner, "errors", int()):
            return describe_error(module, text, _step_around(module, tuple(owner)))
        case _:
            return ""


def _step_around(module: Module, path: Path) -> Path:
    """The path of the nearest step around a place."""
    lengths = range(len(path), 0, -1)
    steps = {info.step.path for info in module.steps.values()}
    return next((path[:length] for length in lengths if path[:length] in steps), ())


def _key(cursor: Cursor, shapes: list[Shape]) -> str:
    """What the key of the language means that a value is for; a text for people needs no word."""
    if not shapes or Text("prose") in shapes:
        return ""
    if cursor.key is not None:
        return describe_key_at(cursor)
    starts = (cursor.path[:length] for length in range(len(cursor.path) - 1, 0, -1))
    keys = (key_at(path, cursor.kind) for path in starts)
    words = any(isinstance(shape, Words) for shape in shapes)
    return next((describe_key(key) for key in keys if key), "") if words else ""


def _alias(alias: Alias) -> str:
    """What an alias stands for."""
    lines = block_lines(data(alias), 2)
    shown = lines[:_MOST_LINES] + (["…"] if len(lines) > _MOST_LINES else [])
    return block("\n".join(shown))
