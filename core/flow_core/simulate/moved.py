"""Where the pipeline of a scenario file may be, if it is not where the file says."""

import os
from collections.abc import Iterator
from pathlib import PurePath

from flow_core.analysis.resolve import SUFFIXES
from flow_core.discovery import any_of, name_in, walk
from flow_core.module import Module


def moved_to(module: Module) -> str | None:
    """The path, as the scenario file would write it, of the pipeline that was probably meant.

    That is the one file of the project with the same name, or else the one pipeline whose ``name``
    is that of the file that is missing. None where there is none, or where it may be several.
    """
    target = PurePath(module.scenario.pipeline).name
    files = list(_files(module))
    same = [file for file in files if PurePath(file).name == target]
    found = same or [file for file in files if _name(module, file) == target.partition(".")[0]]
    if len(found) != 1:
        return None
    path = os.path.relpath(found[0], PurePath(module.file).parent).replace(os.sep, "/")
    return path if path.startswith("../") else f"./{path}"


def _files(module: Module) -> Iterator[str]:
    """The files of pipelines that the project does not exclude."""
    settings = module.project.settings
    try:
        excluded = any_of(settings.exclude, below=True)
        for file in walk(settings.root, SUFFIXES):
            if not excluded.fullmatch(name_in(file, settings)):
                yield file
    except (OSError, ValueError):  # a folder that can't be read, a glob that is none
        return


def _name(module: Module, file: str) -> str:
    """The name of the pipeline in a file, "" where there is none."""
    found = module.project.module(file)
    return found.pipeline.name if found and found.is_pipeline else ""
