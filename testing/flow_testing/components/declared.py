"""The components of a project, as their sources and files declare them. Nothing is imported."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from flow_core.analysis.resolve import SUFFIXES
from flow_core.components.catalog import CatalogEntry, catalog, names
from flow_core.components.signature import Signature
from flow_core.discovery import any_of, name_in, walk
from flow_core.places import Place
from flow_core.project import Project
from flow_core.projects import Projects
from flow_core.suggest import closest
from flow_core.syntax.lines import LineTable


class Unknown(Exception):  # noqa: N818 - a message for people
    """No component, or more than one, has a name; the message says how to mend it."""


class Declared(msgspec.Struct, frozen=True):
    """A component of a project: what it promises, and under which names it is known."""

    signature: Signature
    names: tuple[str, ...]
    project: Project

    @property
    def name(self) -> str:
        """The name to show, which `find` finds it by."""
        return self.names[0]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others: the file that declares it, and its name there."""
        return self.signature.place.file, self.signature.name

    @property
    def files(self) -> tuple[str, ...]:
        """The file that declares it, and the one that its function stands in."""
        signature, declares = self.signature, self.signature.place.file
        if signature.kind != "python":
            return (declares,)
        source = self.project.python_source(signature.target.partition(":")[0])
        return (declares, source[0]) if source else (declares,)

    def matches(self, pattern: str) -> bool:
        """Whether a pattern (`shop.*`) means it."""
        return any(fnmatchcase(name, pattern) for name in self.names)

    def line_of(self, place: Place) -> tuple[str, int]:
        """The file and the line, from 1, of a place in its declaration."""
        file = place.file or self.signature.place.file
        return file, line_of(self.project, msgspec.structs.replace(place, file=file))

    def shown(self, place: Place) -> str:
        """A place as people read it: `components/payments.flow.yaml:18`."""
        file, line = self.line_of(place)
        return f"{name_in(file, self.project.settings)}:{line}"

    @property
    def errors_place(self) -> Place:
        """Where its errors are declared, or would be."""
        place = self.signature.place
        if not place.path:
            return place
        module = self.project.module(place.file)
        below = Place((*place.path, "errors"), "key", file=place.file)
        written = module is not None and module.document.get(below.path) is not None
        return below if written else place.key()


def line_of(project: Project, place: Place) -> int:
    """The line of a place, from 1."""
    span = place.span
    if span is not None:
        return LineTable(project.text(place.file) or "").position(span.start)[0] + 1
    module = project.module(place.file)
    if module is None:
        return 1
    return module.document.lines.position(module.document.locate(place).start)[0] + 1


def declared(project: Project) -> list[Declared]:
    """The components that a project declares in Python or in its Flow files, by their names."""
    aliases = _aliases(project)
    found = [_with(each, aliases) for each in (*_of_files(project), *_of_python(project))]
    return sorted(found, key=lambda each: each.name)


def _aliases(project: Project) -> dict[tuple[str, str], list[str]]:
    """What the project's pipelines call components, by their keys."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in project_files(project, SUFFIXES):
        module = project.module(file)
        for alias in module.imports if module else ():
            components = module.imported(alias).components if module else None
            for name, signature in (components or {}).items():
                key = (signature.place.file, signature.name)
                found.setdefault(key, []).append(f"{alias}.{name}")
    return found


def _with(each: Declared, aliases: dict[tuple[str, str], list[str]]) -> Declared:
    first, *rest, full = each.names
    names = dict.fromkeys([first, *rest, *aliases.get(each.key, ())])
    return msgspec.structs.replace(each, names=(*names, full))


def project_files(project: Project, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files that a project wants to be looked at, without those of projects inside of it."""
    root, projects = project.settings.root, Projects()
    for file in walk(root, suffixes):
        if projects.settings(file).root == root and projects.wants(file, root):
            yield file


def find(name: str, components: list[Declared]) -> Declared:
    """The component of a name.

    Raises:
        Unknown: there is none, or the name fits several.
    """
    found = [each for each in components if name in each.names]
    first = [each for each in found if each.name == name] or found
    if len(first) == 1:
        return first[0]
    if not found and name.startswith("std."):
        raise Unknown(f"`{name}` is Flow's own; only a project's components can be called")
    if not found:
        meant = closest(name, [known for each in components for known in each.names])
        known = ", ".join(f"`{each.name}`" for each in components) or "none"
        hint = f"did you mean `{meant}`?" if meant else f"the project's components: {known}"
        raise Unknown(f"there is no component `{name}`: {hint}")
    several = ", ".join(f"`{each.names[-1]}`" for each in found)
    raise Unknown(f"`{name}` is the name of several components: name one of {several}")


def _of_files(project: Project) -> Iterator[Declared]:
    root = project.settings.root
    for file in project_files(project, SUFFIXES):
        module = project.module(file)
        if module is None:
            continue
        path = os.path.relpath(file, root).replace(os.sep, "/")
        stem = Path(file).name.partition(".flow.")[0]
        for signature in module.library.components.values():
            entry = CatalogEntry(signature, f"./{path}", stem)
            yield _declared(entry, project)


def _of_python(project: Project) -> Iterator[Declared]:
    settings = project.settings
    excluded = any_of(settings.exclude, below=True)
    for entry in catalog(settings.root, settings.python_paths):
        file = name_in(entry.signature.place.file, settings)
        if entry.origin.startswith("python:") and not excluded.fullmatch(file):
            yield _declared(entry, project)


def _declared(entry: CatalogEntry, project: Project) -> Declared:
    """A component with its names: the short one first, the fullest one last."""
    signature = entry.signature
    short = f"{entry.category}.{signature.name}"
    dotted = [signature.target.replace(":", ".")] if signature.kind == "python" else []
    full = f"{entry.origin}.{signature.name}"
    known = dict.fromkeys([short, *dotted, *names(entry), full])
    known.pop(full)
    return Declared(signature, (*known, full), project)
