"""What a name in Python source means, across the modules of the project, without importing any."""

import ast
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from flow_core.components.modules import FindModule
from flow_core.components.python.known import KNOWN_ROOTS, is_known
from flow_core.components.python.source import Imported, Source, parse_source

_MAX_STEPS = 60
"""How many imports and assignments a name is followed through."""


class Qualified(msgspec.Struct, frozen=True):
    """A module, or something that is not defined in the project: ``typing.Optional``."""

    name: str


class Definition(msgspec.Struct, frozen=True):
    """A class, a function or an assigned value of a module that could be read."""

    source: Source
    name: str
    node: ast.AST


Symbol: TypeAlias = Qualified | Definition


class Names:
    """Finds modules and follows names; remembers in ``asked`` every module it looked for.

    Types are resolved late, so ``find_module`` may be set anew to look at the files of the moment.
    """

    def __init__(self, find_module: FindModule) -> None:
        self.find_module = find_module
        self._following: set[tuple[str, str]] = set()
        self.asked: dict[str, tuple[str, str] | None] = {}

    def source(self, module: str) -> Source | None:
        """A module's parsed source; None for one that is not the project's."""
        if not module or module.partition(".")[0] in KNOWN_ROOTS:
            return None
        if module not in self.asked:
            self.asked[module] = self.find_module(module)
        found = self.asked[module]
        return parse_source(module, *found) if found else None

    def resolve(self, expression: ast.expr, source: Source) -> Symbol | None:
        """What ``name`` or ``a.b.name`` means in a module; None for any other expression."""
        attributes: list[str] = []
        while isinstance(expression, ast.Attribute):
            attributes.append(expression.attr)
            expression = expression.value
        if not isinstance(expression, ast.Name):
            return None
        symbol = self.lookup(source, expression.id) or Qualified(f"builtins.{expression.id}")
        for attribute in reversed(attributes):
            found = self._member(symbol, attribute)
            if found is None:
                return None
            symbol = found
        return symbol

    def lookup(self, source: Source, name: str) -> Symbol | None:
        """What a module binds a name to; None where it does not, or where it goes in a circle."""
        key = (source.module, name)
        if key in self._following or len(self._following) > _MAX_STEPS:
            return None
        self._following.add(key)
        try:
            return self._bound(source, name) or self._starred(source, name)
        finally:
            self._following.discard(key)

    def exported(self, source: Source) -> Iterator[str]:
        """The names that a module offers: its own, and public ones of modules it takes all of."""
        seen: set[str] = set()
        pending = [source]
        modules = {source.module}
        while pending:
            current = pending.pop()
            public = (n for n in current.bindings if current is source or not n.startswith("_"))
            yield from (name for name in public if name not in seen)
            seen |= current.bindings.keys()
            for module in current.stars:
                starred = self.source(module) if module not in modules else None
                modules.add(module)
                pending += [starred] if starred else []

    def _bound(self, source: Source, name: str) -> Symbol | None:
        binding = source.bindings.get(name)
        match binding:
            case None:
                return None
            case Imported(name=""):
                return Qualified(binding.module)
            case Imported():
                return self._member(Qualified(binding.module), binding.name)
            case ast.Name() | ast.Attribute():
                return self.resolve(binding, source)
            case _:
                return Definition(source, name, binding)

    def _starred(self, source: Source, name: str) -> Symbol | None:
        for module in source.stars:
            if is_known(f"{module}.{name}"):
                return Qualified(f"{module}.{name}")
            starred = self.source(module)
            found = self.lookup(starred, name) if starred else None
            if found:
                return found
        return None

    def _member(self, symbol: Symbol, name: str) -> Symbol | None:
        if isinstance(symbol, Definition):
            return _class_member(symbol, name)
        source = self.source(symbol.name)
        found = self.lookup(source, name) if source else None
        return found or Qualified(f"{symbol.name}.{name}")


def _class_member(owner: Definition, name: str) -> Definition | None:
    """A nested class, or the value that a class's body assigns to a name."""
    if not isinstance(owner.node, ast.ClassDef):
        return None
    for node in owner.node.body:
        match node:
            case ast.ClassDef(name=found) if found == name:
                return Definition(owner.source, f"{owner.name}.{name}", node)
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                return Definition(owner.source, f"{owner.name}.{name}", value)
            case _:
                pass
    return None
