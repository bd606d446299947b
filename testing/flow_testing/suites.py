"""Scenario files as suites: each is read once, and those of one project share what they know."""

from flow_core.project import Project
from flow_core.projects import Projects
from flow_core.simulate.scenarios import Subject, Suite


class Suites:
    """The suites of files."""

    def __init__(self) -> None:
        self.folders = Projects()
        self._projects: dict[str, Project] = {}
        self._pipelines: dict[str, dict[str, Subject]] = {}
        self._suites: dict[str, Suite | None] = {}

    def suite(self, file: str) -> Suite | None:
        """The suite of a file by its absolute path, None where there is no such file.

        Raises:
            SettingsError: the settings of its project cannot be used.
        """
        if file not in self._suites:
            self._suites[file] = self._read(file)
        return self._suites[file]

    def forget(self, file: str) -> None:
        """Let go of a suite that nobody will ask for again."""
        self._suites.pop(file, None)

    def _read(self, file: str) -> Suite | None:
        settings = self.folders.settings(file)
        project = self._projects.setdefault(settings.root, Project(settings))
        module = project.module(file)
        pipelines = self._pipelines.setdefault(settings.root, {})
        return None if module is None else Suite(module, pipelines)
