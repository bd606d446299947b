"""What kind of class a class is: a record, an Enum, or nothing that is data."""

import ast
from typing import Literal, TypeAlias

from flow_core.components.python.known import canonical
from flow_core.components.python.names import Definition, Names, Qualified, Symbol
from flow_core.components.python.source import Source

Family: TypeAlias = Literal["record", "typed_dict", "enum", "plain", "unknown"]
_BASES: dict[str, Family] = {
    "pydantic.BaseModel": "record",
    "pydantic_settings.BaseSettings": "record",
    "msgspec.Struct": "record",
    "typing.NamedTuple": "record",
    "typing.TypedDict": "typed_dict",
    "enum.Enum": "enum",
    "enum.IntEnum": "enum",
    "enum.StrEnum": "enum",
    "builtins.object": "plain",
    "typing.Generic": "plain",
    "typing.Protocol": "plain",
    "abc.ABC": "plain",
}
_PRECEDENCE: tuple[Family, ...] = ("enum", "unknown", "typed_dict", "record")
"""Of the families of several bases the first of these counts: ``class Region(str, Enum)``."""

_DECORATORS = frozenset(
    {
        "attr.dataclass",
        "attr.define",
        "attr.frozen",
        "attr.s",
        "attrs.define",
        "attrs.frozen",
        "attrs.mutable",
        "dataclasses.dataclass",
        "pydantic.dataclasses.dataclass",
    }
)
_MAX_BASES = 30
"""How long a chain of bases may be."""


class Classes:
    """Tells families apart, and remembers them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._families: dict[tuple[str, str], Family] = {}
        self._depth = 0

    def family(self, definition: Definition) -> Family:
        """The family; ``unknown`` where a base is, or where bases go in a circle."""
        key = (definition.source.file, definition.name)
        if key not in self._families:
            self._families[key] = "unknown"
            if self._depth < _MAX_BASES:
                self._depth += 1
                self._families[key] = self._classify(definition)
                self._depth -= 1
        return self._families[key]

    def bases(self, definition: Definition) -> list[Symbol | None]:
        """What the bases are, without their type arguments."""
        bases = definition.node.bases if isinstance(definition.node, ast.ClassDef) else []
        heads = [base.value if isinstance(base, ast.Subscript) else base for base in bases]
        return [self._names.resolve(head, definition.source) for head in heads]

    def _classify(self, definition: Definition) -> Family:
        if not isinstance(definition.node, ast.ClassDef):
            return "unknown"
        families = {self._base_family(base) for base in self.bases(definition)}
        for family in _PRECEDENCE:
            if family in families:
                return family
        return "record" if self._is_decorated(definition.node, definition.source) else "plain"

    def _base_family(self, base: Symbol | None) -> Family:
        if isinstance(base, Definition):
            return self.family(base)
        return _BASES.get(canonical(base.name), "unknown") if base else "unknown"

    def _is_decorated(self, node: ast.ClassDef, source: Source) -> bool:
        calls = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
        symbols = [self._names.resolve(call, source) for call in calls]
        return any(isinstance(s, Qualified) and s.name in _DECORATORS for s in symbols)
