"""Which files are meant: files, folders, globs, also those that no shell has expanded.

A file that is named is taken as it is. A folder stands for the Flow files below it, a glob for
those of them that match.
"""

import os
import re
from collections.abc import Callable, Iterator

from flow_cli.errors import UserError
from flow_core.discovery import SUFFIXES, glob_pattern
from flow_core.discovery import walk as walk_files

MAGIC = re.compile(r"[*?\[]")


def find(paths: list[str], base: str, wants: Callable[[str, str], bool]) -> list[str]:
    """The files that the paths stand for: absolute, each once, sorted.

    ``wants`` chooses among the files found below a folder; named ones are always wanted.

    Raises:
        UserError: A path does not exist, or nothing was found below one.
    """
    found: set[str] = set()
    for path in paths:
        files = list(_expand(os.path.normpath(os.path.join(base, path)), wants))
        if not files:
            raise _nothing(path, base)
        found.update(files)
    return sorted(found)


def _nothing(path: str, base: str) -> UserError:
    if os.path.isdir(os.path.join(base, path)) or MAGIC.search(path):
        return UserError(
            f"no Flow files in `{path}`", f"they are named `*{'`, `*'.join(SUFFIXES)}`"
        )
    return UserError(f"no such file or folder: `{path}`")


def _expand(path: str, wants: Callable[[str, str], bool]) -> Iterator[str]:
    if os.path.isdir(path):
        yield from (file for file in walk(path) if wants(file, path))
    elif os.path.lexists(path):
        yield path
    elif MAGIC.search(path) and os.path.isdir(folder := _fixed_part(path)):
        pattern = re.compile(_checked(path))
        found = (file for file in walk(folder) if pattern.fullmatch(file))
        yield from (file for file in found if wants(file, folder))


def _fixed_part(glob: str) -> str:
    """The folder above the first part of a glob that has a wildcard."""
    while MAGIC.search(glob):
        glob = os.path.dirname(glob)
    return glob


def _checked(glob: str) -> str:
    try:
        return glob_pattern(glob)
    except ValueError as error:
        raise UserError(str(error)) from error


def walk(folder: str, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[str]:
    """The files with such names below a folder.

    Raises:
        UserError: A folder can't be read.
    """
    try:
        yield from walk_files(folder, suffixes)
    except OSError as error:
        raise UserError(f"cannot read the folder `{error.filename}`: {error.strerror}") from error
