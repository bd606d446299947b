"""The names in what calls, imports and components name: components, aliases, files, functions."""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.resolve import PATHS, Resolution, resolve_pipeline
from flow_core.components.signature import Signature
from flow_core.ide.names import symbols
from flow_core.ide.names.python import python_function, python_name
from flow_core.ide.symbol import Kind, Occurrence, Symbol
from flow_core.module import Module
from flow_core.places import Part, Path, Place


class Named(msgspec.Struct, frozen=True):
    """A symbol, and the range of its name in a text that holds more."""

    symbol: Symbol
    start: int
    end: int

    def at(self, path: Path, part: Part = "value") -> Occurrence:
        """It, in the scalar or key at a path."""
        return Occurrence((self.symbol,), Place(path, part, self.start, self.end))


def names_in_target(module: Module, target: str, found: Resolution) -> Iterator[Named]:
    """The names in what a call names: `alias.name`, `name` or a path."""
    if target.startswith(PATHS):
        file = module.project.resolve(module.file, target)
        yield Named(symbols.file(file), 0, len(target))
        return
    alias, dot, name = target.rpartition(".")
    if dot and alias != "std":
        yield Named(symbols.entry(module, "alias", "imports", alias), 0, len(alias))
    symbol = _component(module, alias, name, found.signature)
    if symbol is not None:
        yield Named(symbol, len(target) - len(name), len(target))


def _component(module: Module, alias: str, name: str, signature: Signature | None) -> Symbol | None:
    """The component that a name stands for; one that is missing, where its file is known."""
    if signature is not None:
        return msgspec.structs.replace(symbols.component(signature), name=name)
    home = module.imported(alias).module if alias else module
    return symbols.entry(home, "component", "components", name) if home and name else None


def names_in_import(module: Module, alias: str, target: str) -> Iterator[Named]:
    """The file that an import names."""
    if not target:
        return
    name = target.removeprefix("python:")
    found = module.imported(alias)
    if name == target:
        yield Named(symbols.file(module.project.resolve(module.file, target)), 0, len(target))
    elif found.library is not None:
        yield Named(symbols.file(found.library.file), len(target) - len(name), len(target))


class Runs(msgspec.Struct, frozen=True):
    """What runs a component: the names that say so, and the names of its ports there."""

    names: tuple[Occurrence, ...] = ()
    inputs: dict[str, Symbol] = {}
    outputs: dict[str, Symbol] = {}


def runs(module: Module, name: str, component: Signature) -> Runs:
    """What runs a component that a file declares."""
    path: Path = ("components", name, "run")
    if component.target and component.kind == "pipeline":
        return _flow(module, component.target, (*path, "flow"))
    if component.target and component.kind == "python":
        return _python(module, component.target, (*path, "python"))
    return Runs()


def _flow(module: Module, target: str, path: Path) -> Runs:
    file = module.project.resolve(module.file, target)
    name = Named(symbols.file(file), 0, len(target)).at(path)
    signature = resolve_pipeline(module, target, Place(path)).signature
    return _with_ports((name,), signature)


def _python(module: Module, target: str, path: Path) -> Runs:
    name, _, function = target.partition(":")
    source = module.project.python_source(name)
    if source is None:
        return Runs()
    names = [Named(symbols.file(source[0]), 0, len(name)).at(path)]
    signature = python_function(module, target)
    if function:
        place = signature.place if signature else python_name(module, source[0], function)
        symbol = Symbol("component", function, place)
        names.append(Named(symbol, len(target) - len(function), len(target)).at(path))
    return _with_ports(tuple(names), signature)


def _with_ports(names: tuple[Occurrence, ...], signature: Signature | None) -> Runs:
    if signature is None:
        return Runs(names)
    return Runs(names, _ports("input", signature), _ports("output", signature))


def _ports(kind: Kind, signature: Signature) -> dict[str, Symbol]:
    ports = signature.inputs if kind == "input" else signature.outputs
    return {name: symbols.port(kind, port, signature) for name, port in ports.items()}
