"""What steps that come from another file need of their new one: imports, types, components."""

import os
from collections.abc import Iterator
from functools import cached_property

from flow_core.analysis.resolve import PATHS
from flow_core.diagnostics import Json, Patch
from flow_core.fields import fields, named
from flow_core.ide.actions.action import RefusedError
from flow_core.ide.actions.border import Border
from flow_core.ide.actions.carried import Needs, needs
from flow_core.ide.actions.request import unique
from flow_core.ide.actions.selection import Selection
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path
from flow_core.syntax.nodes import data


class Adoption:
    """Brings what the steps of ``inner`` need into ``module``, under other names where it must."""

    def __init__(self, module: Module, inner: Module) -> None:
        self._module = module
        self._inner = inner
        self._folder = os.path.dirname(module.file)  # noqa: PTH120 -- paths are texts here
        self._moves = os.path.dirname(inner.file) != self._folder  # noqa: PTH120 -- the same
        selection = Selection(inner, ("steps",), tuple(inner.pipeline.steps))
        declared = [
            data(inner.document.get(("outputs", name, "type"))) for name in inner.pipeline.outputs
        ]
        self._needs: Needs = needs(Border(selection), declared)

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """What the imports that are needed are called; those that lead to the same stay one."""
        found: dict[str, str] = {}
        known = {self._identity(self._module, alias): alias for alias in self._module.imports}
        for alias in self._needs.imports:
            same = known.get(self._identity(self._inner, alias))
            taken = {*self._module.imports, *found.values(), "std"}
            found[alias] = same or unique(alias, taken)
        return found

    def _identity(self, module: Module, alias: str) -> str:
        """What an import leads to, from wherever it is written."""
        target = module.imports[alias]
        is_path = target.startswith(PATHS)
        return module.project.resolve(module.file, target) if is_path else target

    @cached_property
    def _components(self) -> dict[str, str]:
        """What the components that are copied are called."""
        own = self._section(self._module, "components")
        other = self._section(self._inner, "components")
        return {
            name: name if own.get(name) == other.get(name) else unique(name, set(own))
            for name in self._needs.components
        }

    def _section(self, module: Module, name: str) -> dict[str, Json]:
        found = named(fields(module.document.root).get(name))
        return {key: data(value) for key, value in found.items()}

    def target(self, path: Path, call: Uses) -> Iterator[Patch]:
        """The patch of what a call names, where that is another name here."""
        version = f"@{call.range}" if call.range else ""
        alias, dot, name = call.target.rpartition(".")
        if call.target.startswith(PATHS):
            new = self._rebased(call.target)
        elif dot:
            new = f"{self._aliases.get(alias, alias)}.{name}"
        else:
            new = self._components.get(call.target, call.target)
        if new != call.target:
            yield Patch("replace", path, f"{new}{version}")

    def _rebased(self, target: str) -> str:
        """A path of the other file, from the folder of this one."""
        if not self._moves:
            return target
        found = os.path.relpath(self._inner.project.resolve(self._inner.file, target), self._folder)
        return found if found.startswith("..") else f"./{found}"

    def patches(self) -> Iterator[Patch]:
        """What the file lacks.

        Raises:
            RefusedError: a type would be another one under its name.
        """
        if any(old != new for old, new in self._aliases.items()) and self._needs.types:
            raise RefusedError("types of the file name imports that are called otherwise here")
        for old, new in self._aliases.items():
            if new not in self._module.imports:
                target = self._inner.imports[old]
                is_path = target.startswith(PATHS)
                new_target = self._rebased(target) if is_path else target
                yield Patch("insert", ("imports", new), new_target)
        yield from self._types()
        yield from self._copies()
        missing = [
            n for n in self._inner.pipeline.secrets if n not in self._module.pipeline.secrets
        ]
        for index, name in enumerate(missing):
            yield Patch("insert", ("secrets", len(self._module.pipeline.secrets) + index), name)

    def _types(self) -> Iterator[Patch]:
        own, other = self._section(self._module, "types"), self._section(self._inner, "types")
        for name in self._needs.types:
            if name in own and own[name] != other[name]:
                raise RefusedError(f"both files have a type `{name}`")
            if name not in own:
                yield Patch("insert", ("types", name), self._unmoved(other[name]))

    def _copies(self) -> Iterator[Patch]:
        own, other = (
            self._section(self._module, "components"),
            self._section(self._inner, "components"),
        )
        for old, new in self._components.items():
            if new not in own:
                yield Patch("insert", ("components", new), self._unmoved(other[old]))

    def _unmoved(self, value: Json) -> Json:
        """A definition, unless it holds paths that would lead elsewhere."""
        if self._moves and any(mark in str(value) for mark in ("'./", "'../", "$ref")):
            raise RefusedError("a definition of the file holds a path, and the folder is another")
        return value
