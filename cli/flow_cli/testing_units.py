"""Which scenarios `flow test` is to run: those of files, below folders, of pipelines, by name."""

import os

import msgspec

from flow_cli.discovery import find, walk
from flow_cli.errors import UserError
from flow_cli.projects import Projects, settings_at
from flow_core.analysis.resolve import SUFFIXES as PIPELINES
from flow_core.module import SCENARIO_SUFFIXES as SCENARIOS


class Unit(msgspec.Struct, frozen=True):
    """Scenarios of a file: those with these names, without any all of them.

    Where ``pipelines`` are named, the file counts only if it tests one of them.
    """

    file: str
    names: tuple[str, ...] = ()
    pipelines: frozenset[str] = frozenset()


def units(paths: tuple[str, ...]) -> list[Unit]:
    """What the paths stand for; without any the scenarios of the current project.

    A path is a scenario file, one scenario of it (``FILE::NAME``), a folder, a glob, or a pipeline,
    for the scenario files of its project that test it.

    Raises:
        UserError: a path does not exist or holds nothing to test.
    """
    base, projects = os.getcwd(), Projects()
    found: dict[str, Unit] = {}
    for path in paths or (settings_at(base).root,):
        for unit in _of_path(path, base, projects):
            found[unit.file] = _both(found[unit.file], unit) if unit.file in found else unit
    return sorted(found.values(), key=lambda unit: unit.file)


def _of_path(path: str, base: str, projects: Projects) -> list[Unit]:
    name_of_file, _, name = path.partition("::")
    if not name_of_file:
        raise UserError(f"`{path}` names no file", "write `FILE::NAME`; `flow test --list` does")
    files = find([name_of_file], base, projects.wants)
    if name:
        return [Unit(file, (name,)) for file in files]
    if len(files) == 1 and not os.path.isdir(os.path.join(base, path)):
        return _of_file(files[0], path, projects)
    return [Unit(file) for file in files if file.endswith(SCENARIOS)]


def _of_file(file: str, path: str, projects: Projects) -> list[Unit]:
    if file.endswith(SCENARIOS):
        return [Unit(file)]
    if not file.endswith(PIPELINES):
        raise UserError(f"`{path}` holds no scenarios", "give a `*.flowtest.yaml` file")
    root = projects.settings(file).root
    tested = frozenset({os.path.realpath(file)})
    near = (each for each in walk(root, SCENARIOS) if projects.wants(each, root))
    return [Unit(each, (), tested) for each in near]


def _both(one: Unit, other: Unit) -> Unit:
    """What two paths want of one file; where one wants all of it, that is all."""
    names = (*one.names, *other.names) if one.names and other.names else ()
    both = one.pipelines and other.pipelines
    return Unit(one.file, names, one.pipelines | other.pipelines if both else frozenset())
