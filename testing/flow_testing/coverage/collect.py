"""Collecting: what each run covers is added up as the runs are made."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from flow_core.analysis.resolve import SUFFIXES
from flow_core.components.modules import read_text
from flow_core.coverage import Coverage
from flow_core.coverage.data import digest, name_of
from flow_core.coverage.facts import covered
from flow_core.discovery import walk
from flow_core.module import Module
from flow_core.project import Project
from flow_core.projects import Projects
from flow_core.settings import Settings
from flow_core.simulate.run import Run
from flow_testing.recording import listeners


class Collector:
    """Adds up what runs cover. It is called with each run; names of files start from ``root``."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._hits: dict[str, dict[str, dict[str, int]]] = {}
        self._digests: dict[str, str | None] = {}

    def __call__(self, run: Run) -> None:
        """Count a run."""
        for file, ids in covered(run).items():
            text = self._digest(file)
            if text is None:  # it was built in Python
                continue
            hits = self._hits.setdefault(name_of(file, self.root), {}).setdefault(text, {})
            for each in ids:
                hits[each] = hits.get(each, 0) + 1

    def _digest(self, file: str) -> str | None:
        if file not in self._digests:
            text = read_text(file)
            self._digests[file] = None if text is None else digest(text)
        return self._digests[file]

    def add(self, coverage: Coverage) -> None:
        """Add what another process has collected."""
        both = self.coverage | coverage
        self._hits = {file: dict(texts) for file, texts in both.files.items()}

    @property
    def files(self) -> Iterator[str]:
        """The absolute names of the pipelines of which something is covered."""
        names = ((self.root, name) for name in self._hits)
        return (os.path.normpath(os.path.join(*each)) for each in names)  # noqa: PTH118 - strings

    @property
    def coverage(self) -> Coverage:
        """What is covered so far."""
        return Coverage(self._hits)

    def take(self) -> Coverage:
        """What is covered since it was last taken."""
        found, self._hits = self.coverage, {}
        return found

    def start(self) -> None:
        """Listen to the runs that tests make."""
        listeners.append(self)

    def stop(self) -> None:
        """Listen no more."""
        listeners.remove(self)


def projects_of(files: Iterable[str], root: str) -> tuple[str, ...]:
    """The folders of the projects that files belong to, ``root`` if there are none.

    Where nothing marks a project, all below ``root`` counts too.

    Raises:
        SettingsError: the settings of a project cannot be used.
    """
    projects = Projects()
    found = {_as_named(file, settings := projects.settings(file)): settings for file in files}
    all_marked = found and all(map(_is_marked, found.values()))
    return tuple(found) if all_marked else (root, *found)


def _as_named(file: str, settings: Settings) -> str:
    """The folder of a file's project, under the name that the file has: links are not followed."""
    above = (each for each in Path(file).parents if each.resolve() == Path(settings.root))
    return str(next(above, settings.root))


def _is_marked(settings: Settings) -> bool:
    return bool(settings.file) or Path(settings.root, ".git").exists()


def pipelines(paths: Iterable[str]) -> Iterator[Module]:
    """The pipelines in files and folders, as far as their projects want them looked at.

    Raises:
        OSError: a folder can't be read.
        SettingsError: the settings of a project cannot be used.
    """
    folders = Projects()
    projects: dict[str, Project] = {}
    for file in dict.fromkeys(_files(paths, folders)):
        settings = folders.settings(file)
        project = projects.setdefault(settings.root, Project(settings))
        module = project.module(file)
        if module is not None and module.is_pipeline:
            yield module


def _files(paths: Iterable[str], folders: Projects) -> Iterator[str]:
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - names of files are strings, as in diagnostics
            yield from (file for file in walk(path, SUFFIXES) if folders.wants(file, path))
        else:
            yield path
