"""Which project a file belongs to, and which files a project wants to be looked at."""

import os
import re
from pathlib import Path

from flow_cli.errors import UserError
from flow_core.discovery import any_of, name_in
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

    def wants(self, file: str, folder: str) -> bool:
        """Tell whether a search of a folder is to find a file below it.

        ``include`` of its project must match, and neither that project nor one around it, up to
        the folder that is searched, may ``exclude`` it.
        """
        settings = self.settings(file)
        included, excluded = self._patterns(settings)
        if not included.fullmatch(name_in(file, settings)):
            return False
        while not excluded.fullmatch(name_in(file, settings)):
            if not settings.root.startswith(folder.rstrip(os.sep) + os.sep):
                return True
            settings = self.settings(settings.root)
            _, excluded = self._patterns(settings)
        return False

    def _patterns(self, settings: Settings) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """What a project includes, and what it excludes."""
        if settings.root not in self._wanted:
            try:
                excluded = any_of(settings.exclude, below=True)
                self._wanted[settings.root] = any_of(settings.include), excluded
            except ValueError as error:
                raise UserError(str(error)) from error
        return self._wanted[settings.root]
