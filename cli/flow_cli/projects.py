"""Which project a file belongs to, and which files a project wants to be looked at."""

import os
import re
from pathlib import Path

from flow_cli.discovery import glob_pattern
from flow_cli.errors import UserError
from flow_core.settings import Settings, SettingsError, load


def settings_at(path: str) -> Settings:
    """The settings that hold for a file or folder.

    Raises:
        UserError: They cannot be used.
    """
    try:
        return load(Path(path))
    except SettingsError as error:
        raise UserError(str(error)) from error


class Projects:
    """The settings of files, looked up once for each folder."""

    def __init__(self) -> None:
        self._of_folder: dict[str, Settings] = {}
        self._wanted: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}

    def settings(self, file: str) -> Settings:
        """The settings that hold for a file."""
        folder = os.path.dirname(file)
        if folder not in self._of_folder:
            self._of_folder[folder] = settings_at(folder)
        return self._of_folder[folder]

    def wants(self, file: str) -> bool:
        """Tell whether ``include`` matches a file and ``exclude`` neither it nor its folders."""
        settings = self.settings(file)
        if settings.root not in self._wanted:
            excluded = any_of(settings.exclude, below=True)
            self._wanted[settings.root] = any_of(settings.include), excluded
        included, excluded = self._wanted[settings.root]
        name = os.path.relpath(os.path.realpath(file), settings.root).replace(os.sep, "/")
        return bool(included.fullmatch(name)) and not excluded.fullmatch(name)


def any_of(globs: tuple[str, ...], *, below: bool = False) -> re.Pattern[str]:
    """A pattern for what any of the globs matches, with ``below`` for all below it too."""
    patterns = "|".join(glob_pattern(glob.rstrip("/")) for glob in globs) or "(?!)"
    return re.compile(f"(?:{patterns}){'(?:/.*)?' if below else ''}", re.DOTALL)
