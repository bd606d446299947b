"""The files and modules of a project that another file could name, and what they offer."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

import msgspec

from flow_core.analysis.resolve import SUFFIXES
from flow_core.components.from_pipeline import pipeline_signature
from flow_core.components.modules import read_text
from flow_core.components.signature import Signature
from flow_core.discovery import walk
from flow_core.ide.actions.import_component import target_in
from flow_core.module import Module
from flow_core.project import Project

_MARK = "flow_core"
"""What a module imports that defines components."""

_MOST = 5000


class Neighbour(msgspec.Struct, frozen=True):
    """What others can name of a file.

    ``origin`` is what an import names, from the root of the project (``./kit.flow.yaml``,
    ``python:shop.steps``); ``category`` is what an alias is made of.
    """

    file: str
    origin: str
    category: str
    components: Mapping[str, Signature] = {}
    pipeline: Signature | None = None


Neighbours: TypeAlias = Callable[[], Sequence[Neighbour]]
"""Gives the neighbours that are known; asked whenever a name is completed, so it must be quick."""


def nearest(module: Module, known: Sequence[Neighbour]) -> list[tuple[str, Neighbour]]:
    """The neighbours of a module, each with what it would be called there, nearest first."""
    others = [(target_in(module, each.origin), each) for each in known if each.file != module.file]
    return sorted(others, key=lambda each: distance(each[0]))


def distance(target: str) -> tuple[bool, int, int, str]:
    """How far away a target is: a file of the same folder is near, a module of Python is far.

    >>> sorted(["python:a", "../a", "./b/a", "./a"], key=distance)
    ['./a', './b/a', '../a', 'python:a']
    """
    return (target.startswith("python:"), target.count("../"), target.count("/"), target)


def python_files(root: str) -> Iterator[str]:
    """The files of Python below a folder that may define components; so many at most."""
    for file in islice(walk(root, (".py",)), _MOST):
        if _MARK in (read_text(file) or ""):
            yield file


def neighbour(project: Project, file: str) -> Neighbour | None:
    """What one file offers, by its absolute path; None for one that has nothing of Flow's."""
    if project.is_outside(file):
        return None
    return _python(project, file) if file.endswith(".py") else _flow(project, file)


def _flow(project: Project, file: str) -> Neighbour | None:
    module = project.module(file)
    suffix = next((each for each in SUFFIXES if file.endswith(each)), "")
    if module is None or not suffix:
        return None
    pipeline = None
    if module.is_pipeline:
        pipeline = pipeline_signature(module.pipeline, {}, {}, file)
    path = _below(file, project.settings.root)
    category = path.rpartition("/")[2].removesuffix(suffix)
    return Neighbour(file, f"./{path}", category, module.library.components, pipeline)


def _python(project: Project, file: str) -> Neighbour | None:
    """A Python module with components of its own, not those that it exports of others."""
    name = _module_name(project, file)
    if not name or _MARK not in (project.text(file) or ""):
        return None
    library = project.python(name)
    if library is None or library.file != file:
        return None
    own = {
        name: component
        for name, component in library.components.items()
        if component.place.file == file
    }
    return Neighbour(file, f"python:{name}", name, own) if own else None


def _module_name(project: Project, file: str) -> str:
    """The dotted name of a file below the first search path that holds it."""
    for path in project.settings.python_paths:
        found = _below(file, os.path.normpath(f"{project.settings.root}/{path}"))
        if found:
            parts = found.removesuffix(".py").split("/")
            return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return ""


def _below(file: str, folder: str) -> str:
    """The path of a file from a folder, "" for one that is not in it."""
    start = folder.rstrip("/\\") + os.sep
    return file[len(start) :].replace(os.sep, "/") if file.startswith(start) else ""
