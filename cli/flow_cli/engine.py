"""The core, applied to files: imported only when a file really has to be checked."""

from collections.abc import Callable

import msgspec

from flow_cli.dependencies import dependencies
from flow_cli.errors import UserError
from flow_cli.selection import require_rules
from flow_core.check import Selection, check, project_selection
from flow_core.diagnostics import Diagnostic
from flow_core.project import Project
from flow_core.rules import RuleModule, all_rules, plugin_rules
from flow_core.settings import Settings


class Engine:
    """Checks files; those of one project share what they know of its other files."""

    def __init__(
        self, select: tuple[str, ...], ignore: tuple[str, ...], read: Callable[[str], str | None]
    ) -> None:
        self._select = select
        self._ignore = ignore
        self._read = read
        self._projects: dict[str, Project] = {}
        self._selections: dict[str, Selection] = {}

    def check(self, file: str, settings: Settings) -> tuple[Diagnostic, ...] | None:
        """What is wrong with a file; None where it cannot be read."""
        module = self._project(settings).module(file)
        return None if module is None else check(module, self._selection(settings))

    def dependencies(self, file: str, settings: Settings) -> dict[str, str | None]:
        """The texts that a checked file's findings depend on."""
        return dependencies(file, self._project(settings))

    def _project(self, settings: Settings) -> Project:
        if settings.root not in self._projects:
            self._projects[settings.root] = Project(settings, self._read)
        return self._projects[settings.root]

    def _selection(self, settings: Settings) -> Selection:
        """The project's, with the words of the command line on top."""
        if settings.root not in self._selections:
            plugins_of(settings)
            require_rules(settings)
            chosen = project_selection(settings)
            ignore = (*chosen.ignore, *self._ignore)
            selection = msgspec.structs.replace(chosen, only=self._select, ignore=ignore)
            self._selections[settings.root] = selection
        return self._selections[settings.root]


def rules_of(settings: Settings) -> tuple[RuleModule, ...]:
    """The rules that a project runs: the built-in ones and those of the plug-ins it names.

    Raises:
        UserError: No installed package has such a plug-in.
    """
    return (*all_rules(()), *plugins_of(settings))


def plugins_of(settings: Settings) -> tuple[RuleModule, ...]:
    """The rules of the plug-ins that a project names.

    Raises:
        UserError: No installed package has such a plug-in.
    """
    try:
        return plugin_rules(settings.rules)
    except LookupError as error:
        raise UserError(
            f"{settings.file}: {error.args[0]}", "install it, or take it out"
        ) from error
