"""What named types, whose files are known, are called in a file; with imports where it must."""

import os

from flow_core.analysis.resolve import SUFFIXES
from flow_core.ide.actions.request import unique
from flow_core.module import Module
from flow_core.types.kinds import Ref, Type


class Naming:
    """Names the types of other files for one file; ``imports`` are those that it lacks for that."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self.imports: dict[str, str] = {}

    def __call__(self, ref: Ref) -> str | None:
        """The name of a type, None for one that no import can reach."""
        module = self._module
        if ref.file == module.file:
            return ref.name
        for alias in module.imports:
            if self._type_of(alias, ref.name) == ref:
                return f"{alias}.{ref.name}"
        suffix = next((end for end in SUFFIXES if ref.file.endswith(end)), None)
        return f"{self._imported(ref.file, suffix)}.{ref.name}" if suffix else None

    def _type_of(self, alias: str, name: str) -> Type | None:
        """A type of an import. `TypeNames` would take that for a use of the import."""
        found = self._module.imported(alias)
        if found.module is not None:
            return found.module.type_names.own(name)
        return found.library.types.get(name) if found.library else None

    def _imported(self, file: str, suffix: str) -> str:
        """The alias of a file that is imported for its types alone."""
        folder = os.path.dirname(self._module.file)  # noqa: PTH120 -- paths are texts here
        target = os.path.relpath(file, folder)
        target = target if target.startswith("..") else f"./{target}"
        for alias, known in self.imports.items():
            if known == target:
                return alias
        stem = os.path.basename(file).removesuffix(suffix)  # noqa: PTH119 -- the same
        name = "".join(c if c.isalnum() else "_" for c in stem)
        alias = unique(name, {*self._module.imports, *self.imports, "std"})
        self.imports[alias] = target
        return alias
