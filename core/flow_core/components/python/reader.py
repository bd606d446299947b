"""A Python module as a library of components and types, read as source and never run."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.components.library import Library
from flow_core.components.modules import FindModule
from flow_core.components.python.functions import FunctionReader
from flow_core.components.python.hints import Hints
from flow_core.components.python.known import canonical
from flow_core.components.python.names import Definition, Names, Qualified
from flow_core.components.python.source import FunctionNode, Source, top_level
from flow_core.problems import Problem
from flow_core.types.kinds import ANY, NULL, Type

if TYPE_CHECKING:
    from flow_core.components.signature import Signature

_MAX_REMEMBERED = 512


class _Reading(msgspec.Struct, frozen=True):
    """A library, and the names that were followed to read it."""

    library: Library
    names: Names


_remembered: dict[tuple[str, str, str], _Reading] = {}


def read_module(module: str, find_module: FindModule) -> Library | None:
    """The components and types of a module; None where there is no such module.

    Reading the same text again costs nothing as long as the modules it names have not changed.
    """
    found = find_module(module)
    if found is None:
        return None
    key = (module, *found)
    reading = _remembered.get(key)
    if reading and all(find_module(name) == text for name, text in reading.names.asked.items()):
        reading.names.find_module = find_module
        return reading.library
    if len(_remembered) >= _MAX_REMEMBERED:
        _remembered.clear()
    names = Names(find_module)
    _remembered[key] = _Reading(_read(module, names), names)
    return _remembered[key].library


def read_function(module: str, name: str, find_module: FindModule) -> "Signature | None":
    """The signature of any function of a module, decorated or not; None where it has none such."""
    names = Names(find_module)
    source = names.source(module)
    symbol = names.lookup(source, name) if source else None
    if not isinstance(symbol, Definition):
        return None
    node = symbol.node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    decorator = _decorator(node, symbol.source, names)
    return FunctionReader(symbol.source, names).signature(name, node, decorator)


def _read(module: str, names: Names) -> Library:
    source = names.source(module)
    if source is None:
        return Library()
    components: dict[str, Signature] = {}
    problems = [source.problem] if source.problem else []
    for name, home, function, decorator in _components(source, names):
        reader = FunctionReader(home, names)
        components[name] = reader.signature(name, function, decorator)
        problems += reader.problems
    problems += _misplaced(source, names)
    return Library(source.file, components, _types(source, names), tuple(problems))


def _components(
    source: Source, names: Names
) -> Iterator[tuple[str, Source, FunctionNode, ast.expr]]:
    """The decorated functions that a module defines or exports, with their decorators."""
    for name in names.exported(source):
        symbol = names.lookup(source, name)
        if not isinstance(symbol, Definition):
            continue
        node = symbol.node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            decorator = _decorator(node, symbol.source, names)
            if decorator:
                yield name, symbol.source, node, decorator


def _types(source: Source, names: Names) -> dict[str, Type]:
    """The classes and aliases that a module defines or exports and that say something."""
    hints = Hints(names, output=False)
    found: dict[str, Type] = {}
    for name in names.exported(source):
        symbol = names.lookup(source, name)
        if isinstance(symbol, Definition):
            type_ = hints.definition(symbol)
            if type_ not in (ANY, NULL):
                found[name] = type_
    return found


def _decorator(node: FunctionNode, source: Source, names: Names) -> ast.expr | None:
    """The decorator that makes a function a component."""
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        symbol = names.resolve(target, source)
        if isinstance(symbol, Qualified) and canonical(symbol.name) == "flow_core.component":
            return decorator
    return None


def _misplaced(source: Source, names: Names) -> Iterator[Problem]:
    """Decorated functions that are not at the top level, where nobody can call them by name."""
    if "flow_core" not in source.text:
        return
    top = {id(node) for node in top_level(source.tree.body)}
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or id(node) in top:
            continue
        if _decorator(node, source, names):
            yield Problem(
                kind="python-nested",
                place=source.name_place(node),
                message=f"the component `{node.name}` is not at the top level of its module",
                help="move the function out of the class or function around it",
            )
