"""What the names of types mean in one file: its own types, those of imports, schemas of files."""

from functools import cached_property
from typing import TYPE_CHECKING

from flow_core.analysis.resolve import PATHS, is_unreadable
from flow_core.analysis.schema_file import schema_type
from flow_core.fields import fields
from flow_core.model.read_pipeline import TypesReading, read_types
from flow_core.types import Type
from flow_core.types.kinds import ANY, Ref

if TYPE_CHECKING:
    from flow_core.module import Module


class TypeNames:
    """Finds types by name; ``aliases`` are the imports that were looked into so far."""

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._section = fields(module.document.root).get("types")
        self.aliases: set[str] = set()

    def find(self, name: str) -> Type | None:
        """The type of a name as this file writes it, or of the JSON Schema at a path.

        A name is one of the file's own, or ``alias.Name``.
        """
        if name.startswith(PATHS):
            return schema_type(self._module.project, self._module.file, name)
        alias, _, rest = name.rpartition(".")
        return self._imported(alias, rest) if alias else self.own(name)

    def own(self, name: str) -> Type | None:
        """The type that this file defines under a name."""
        if name not in fields(self._section):
            return None
        return Ref(name, self._module.file, lambda: self.reading.types.get(name, ANY))

    def all_own(self) -> dict[str, Type]:
        """All types that this file defines."""
        return {name: found for name in fields(self._section) if (found := self.own(name))}

    @cached_property
    def reading(self) -> TypesReading:
        """The file's types; read first, since ports look into them."""
        return read_types(self._section, self._module.file, self.find)

    def _imported(self, alias: str, name: str) -> Type | None:
        self.aliases.add(alias)
        found = self._module.imported(alias)
        if found.problem is not None:
            return ANY  # the import itself is reported
        known = found.module.type_names.own(name) if found.module else None
        if found.library is not None:
            known = found.library.types.get(name)
        return ANY if known is None and is_unreadable(found) else known
