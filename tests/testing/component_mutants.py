"""Copies of a project with one defect in the code of one component each."""

import ast
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from flow_testing.components.declared import Declared

_SLEEP = 1.2
"""A seeded delay is this many times as long as an estimate allows."""

_HELPERS = """

import copy as _copy
import os as _os
import time as _time


def _boom():
    raise RuntimeError("seeded")


def _fields(value):
    if isinstance(value, dict):
        return value
    return {name: getattr(value, name) for name in value.__annotations__}


def _record(value):
    return isinstance(value, dict) or hasattr(type(value), "__annotations__")


def _without(value):
    fields = dict(_fields(value))
    fields.pop(next(iter(fields)))
    return fields


def _with(value, new):
    if isinstance(value, list):
        return [_with(value[0], new), *value[1:]] if value else value
    if not _record(value):
        return new
    fields = dict(_fields(value))
    name = next(iter(fields))
    fields[name] = _with(fields[name], new)
    return fields
"""


class Mutant(msgspec.Struct, frozen=True):
    """What was done to a component, and the text of its module with it."""

    what: str
    component: Declared
    file: str
    text: str

    def write(self, original: Path, folder: Path) -> Path:
        """Write the whole project with the defect into a folder."""
        root = folder / "project"
        ignored = shutil.ignore_patterns("broken", "__pycache__", "*.db")
        shutil.copytree(original, root, ignore=ignored)
        (root / Path(self.file).relative_to(original)).write_text(self.text)
        return root


def mutants(component: Declared, allowed: float | None) -> Iterator[Mutant]:
    """The mutants of a component; ``allowed`` is after how many seconds it is too slow."""
    module, _, name = component.signature.target.partition(":")
    found = component.project.python_source(module)
    assert found is not None
    file, text = found
    for what, mutate in _mutations(component, allowed):
        tree = ast.parse(text)
        function = next(
            node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name
        )
        if mutate(function):
            changed = ast.unparse(ast.fix_missing_locations(tree)) + _HELPERS
            yield Mutant(what, component, file, changed)


Mutate = Callable[[ast.FunctionDef], bool]


def _mutations(component: Declared, allowed: float | None) -> Iterator[tuple[str, Mutate]]:
    if component.signature.outputs:
        yield "returns null", _returning("None")
        yield "returns another type", _returning("'seeded'" if _no_text(component) else "[{}]")
        yield "an output is null", _returning("_with({}, None)")
        yield "an output is of another type", _returning("_with({}, ['seeded'])")
        yield "null at times", _first("if _RARE: return None", component)
    if component.signature.outputs.keys() - {"result"}:
        yield "an output is missing", _returning("_without({})")
    yield "an undeclared error", _first("_boom()", component)
    yield "an undeclared error at times", _first("if _RARE: _boom()", component)
    yield "an error of Python's", _first("{}['seeded']", component)
    yield "ends the process", _first("_os._exit(3)", component)
    yield "hangs", _first("_time.sleep(3600)", component)
    if allowed is not None and allowed < 5:
        yield "sleeps beyond its estimate", _first(f"_time.sleep({_SLEEP * allowed})", component)
    changeable = _changeable(component)
    if changeable:
        yield "changes an input", _first(f"{changeable}.clear()", component, last=True)


def _no_text(component: Declared) -> bool:
    from flow_core.types import fits
    from flow_core.types.kinds import STRING

    ports = component.signature.outputs
    return any(fits(STRING, port.type).verdict == "no" for port in ports.values()) or len(ports) > 1


def _returning(template: str) -> Mutate:
    """Put something else in the place of each value that is returned."""

    def mutate(function: ast.FunctionDef) -> bool:
        returns = [
            node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value
        ]
        for node in returns:
            assert node.value is not None
            text = template.replace("{}", ast.unparse(node.value), 1)
            if template == "[{}]":
                text = "[1]"
            node.value = ast.parse(text, mode="eval").body
        return bool(returns)

    return mutate


def _first(source: str, component: Declared, *, last: bool = False) -> Mutate:
    """Put a statement before all others, or before each `return`."""

    def mutate(function: ast.FunctionDef) -> bool:
        rare = _rare(component)
        if "_RARE" in source and not rare:
            return False
        statements = ast.parse(source.replace("_RARE", rare)).body
        if not last:
            at = 1 if ast.get_docstring(function) else 0
            function.body[at:at] = statements
            return True
        if not isinstance(function.body[-1], ast.Return):
            function.body += statements
            return True
        value = function.body[-1].value
        function.body[-1:] = [
            ast.Assign(
                [ast.Name("_kept", ast.Store())],
                ast.parse(f"_copy.deepcopy({ast.unparse(value)})", mode="eval").body,
                lineno=1,
            ),
            *statements,
            ast.Return(ast.Name("_kept", ast.Load())),
        ]
        return True

    return mutate


def _rare(component: Declared) -> str:
    """A condition that holds for some inputs at the border of their type."""
    from flow_core.types import alternatives
    from flow_core.types.kinds import BooleanType, ListType, MapType, NumberType, StringType

    for name, port in component.signature.inputs.items():
        if port.secret:
            continue
        kind = alternatives(port.type)[0]
        if isinstance(kind, StringType | ListType | MapType) and not getattr(kind, "enum", None):
            return f"not {name}"
        if isinstance(kind, BooleanType):
            return name
        if isinstance(kind, NumberType):
            return f"{name} >= 1000"
    return ""


def _changeable(component: Declared) -> str:
    from flow_core.types import deref
    from flow_core.types.kinds import ListType, MapType, ObjectType

    for name, port in component.signature.inputs.items():
        if isinstance(deref(port.type), ListType | MapType | ObjectType):
            return name
    return ""
