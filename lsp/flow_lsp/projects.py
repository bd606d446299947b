"""The projects of a session: which one a file belongs to, and what may be read for it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from flow_core.ide.live import LiveProject
from flow_core.settings import Settings, SettingsError, load

SETTINGS_FILES = ("flow.toml", "pyproject.toml")


class Projects:
    """The projects below the workspace's folders.

    A file outside of them is a project of its own that reads nothing else; where the client names
    no folder at all, the project that a file lies in counts as one. ``complain`` is told of
    settings that can't be used.
    """

    def __init__(
        self, folders: list[str], complain: Callable[[str], None], *, trusted: bool = True
    ) -> None:
        self.folders = [os.path.normpath(folder) for folder in folders]
        self.trusted = trusted
        self._complain = complain
        self._projects: dict[str, LiveProject] = {}
        self._settings: dict[str, Settings] = {}

    def __iter__(self) -> Iterator[LiveProject]:
        """Those that are in use."""
        return iter(self._projects.values())

    def of(self, file: str) -> LiveProject:
        """The project that a file belongs to."""
        settings = self._settings_of(file)
        if settings.root not in self._projects:
            outside = self._folder(file) is None and bool(self.folders)
            self._projects[settings.root] = (
                LiveProject(settings, lambda _: None, trusted=False)
                if outside
                else LiveProject(settings, trusted=self.trusted)
            )
        return self._projects[settings.root]

    def reset(self) -> None:
        """Look at all settings again."""
        self._settings = {}
        self._projects = {}

    def _folder(self, file: str) -> str | None:
        """The folder of the workspace that holds a file: the innermost."""
        holding = [
            f for f in self.folders if file == f or file.startswith(f.rstrip("/\\") + os.sep)
        ]
        return max(holding, key=len, default=None)

    def _settings_of(self, file: str) -> Settings:
        parent = os.path.dirname(file)  # noqa: PTH120 -- names of files are strings
        if parent not in self._settings:
            self._settings[parent] = self._load(file, parent)
        return self._settings[parent]

    def _load(self, file: str, parent: str) -> Settings:
        folder = self._folder(file)
        if folder is None and self.folders:
            return Settings(parent)
        try:
            settings = load(Path(parent))
        except SettingsError as error:
            self._complain(str(error))
            return Settings(folder or parent)
        above = folder is not None and not is_in(settings.root, folder)
        if above and (not self.trusted or not settings.file):
            return msgspec.structs.replace(settings, root=folder)
        return settings


def is_in(file: str, *folders: str) -> bool:
    """Whether a file is one of some folders or in one."""
    return any(file == each or file.startswith(each.rstrip(os.sep) + os.sep) for each in folders)
