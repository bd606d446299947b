"""Projects as the commands see them: settings that cannot be used are the user's to mend."""

from pathlib import Path

from flow_cli.errors import UserError
from flow_core import projects
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


class Projects(projects.Projects):
    """The settings of files; those that cannot be used are a `UserError`."""

    def settings(self, file: str) -> Settings:
        """The settings that hold for a file, by its absolute path."""
        try:
            return super().settings(file)
        except SettingsError as error:
            raise UserError(str(error)) from error

    def wants(self, file: str, folder: str) -> bool:
        """Tell whether a search of a folder is to find a file below it."""
        try:
            return super().wants(file, folder)
        except SettingsError as error:
            raise UserError(str(error)) from error
