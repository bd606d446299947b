"""Which project a file belongs to, and which files a project wants to be looked at."""

import os
import re
from pathlib import Path

from flow_core.discovery import any_of, name_in
from flow_core.settings import Settings, SettingsError, load


class Projects:
    """The settings of files, looked up once for each folder."""

    def __init__(self) -> None:
        self._of_folder: dict[str, Settings] = {}
        self._wanted: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}

    def settings(self, file: str) -> Settings:
        """The settings that hold for a file, by its absolute path.

        Raises:
            SettingsError: they cannot be used.
        """
        folder = os.path.dirname(file)  # noqa: PTH120 -- names of files are strings
        if folder not in self._of_folder:
            self._of_folder[folder] = load(Path(folder))
        return self._of_folder[folder]

    def wants(self, file: str, folder: str) -> bool:
        """Tell whether a search of a folder is to find a file below it.

        ``include`` of its project must match, and neither that project nor one around it, up to
        the folder that is searched, may ``exclude`` it.

        Raises:
            SettingsError: the settings of one of these projects cannot be used.
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
                raise SettingsError(str(error)) from error
        return self._wanted[settings.root]
