"""Add the keys that something must have, with values to begin with."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from flow_core.diagnostics import Diagnostic, Json, Patch
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.request import Request, patched
from flow_core.ide.pieces import kind_of_module
from flow_core.language.keys import key_at, keys_for, resolve
from flow_core.language.shapes import (
    Boolean,
    Constant,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Shape,
    Text,
    TypeShape,
    Value,
    Words,
)
from flow_core.module import Module
from flow_core.places import Path
from flow_core.rules import missing_call, missing_key
from flow_core.syntax.nodes import Mapping, data
from flow_core.syntax.parse import parse

TODO = "todo"
"""What stands for a text that only a person knows."""

_CONTENT = frozenset({"steps", "components", "types"})
"""Of these a file has one at least."""

_TEXTS = {"duration": "1s", "version": "1.0.0", "cron": "0 6 * * *", "timezone": "UTC"}
_GIVEN: dict[str, Json] = {"boolean": True, "list": []}
_SIMPLE: dict[type, Json] = {Boolean: False, TypeShape: "any", ListOf: [], MapOf: {}}


def actions(request: Request) -> Iterator[Action]:
    """One for each mapping that lacks keys, one for each step that calls nothing."""
    module = request.module
    lacking: dict[Path, list[Diagnostic]] = {}
    for found in request.here:
        path, _ = module.document.at(found.span.start)
        if found.code == missing_key.RULE.code and (holder := _holder(module, path)) is not None:
            lacking.setdefault(holder, []).append(found)
        if found.code == missing_call.RULE.code and path:
            yield _call(module, path, found)
    for path, mends in lacking.items():
        title = f"Add {' and '.join(f'`{key.name}`' for key in _missing(module, path))}"
        edits = patched(module, *_patches(module, path))
        yield Action(title, "quickfix", edits, mends=tuple(mends))


def _call(module: Module, path: Path, found: Diagnostic) -> Action:
    called: dict[str, Json] = {"uses": "std.log", "with": {"message": str(path[-1])}}
    patches = (Patch("insert", (*path, key), value) for key, value in called.items())
    return Action("Call `std.log`", "quickfix", patched(module, *patches), mends=(found,))


def _holder(module: Module, path: Path) -> Path | None:
    """The nearest mapping around that lacks a key."""
    for length in range(len(path), -1, -1):
        if _missing(module, path[:length]):
            return path[:length]
    return None


def _missing(module: Module, path: Path) -> list[Key]:
    node = module.document.get(path)
    if not isinstance(node, Mapping):
        return []
    keys = keys_for(path, kind_of_module(module))
    wanted = {key.name for key in keys if key.required}
    if not path and not module.is_scenario:
        wanted |= {"name"} if "steps" in node.fields else set()
        wanted |= set() if _CONTENT & node.fields.keys() else {"name", "steps"}
    return [key for key in keys if key.name in wanted and key.name not in node.fields]


def _patches(module: Module, path: Path) -> Iterator[Patch]:
    for key in _missing(module, path):
        yield Patch("insert", (*path, key.name), _value(module, path, key))


def _value(module: Module, path: Path, key: Key) -> Json:
    """A value of a key to begin with: as its example has it, unless that names something."""
    if key.name == "name" and not path:
        return PurePosixPath(module.file).name.partition(".")[0]
    shown = _in_example(key, (key.name,))
    owner = key_at(path, kind_of_module(module)) if path else None
    if shown is None and owner is not None:
        shown = _in_example(owner, (owner.name, key.name))
    return _plain(key.shape) if shown is None or "${{" in str(shown) else shown


def _in_example(key: Key, path: Path) -> Json:
    return data(parse(key.example, "yaml").get(path)) if key.example else None


def _plain(shape: Shape) -> Json:
    """The simplest value of a shape."""
    match resolve(shape):
        case Constant(value=value):
            return value
        case Number(minimum=minimum):
            return minimum or 0
        case Words(words=words):
            return words[0]
        case Text(format=format_):
            return _TEXTS.get(format_, TODO)
        case Value(gives=gives):
            return _GIVEN.get(gives, TODO)
        case OneOf(variants=variants):
            return _plain(variants[0])
        case other:
            return _SIMPLE.get(type(other), TODO)
