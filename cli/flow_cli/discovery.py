"""Which files are meant: files, folders, globs, also those that no shell has expanded.

A file that is named is taken as it is. A folder stands for the Flow files below it, a glob for
those of them that match.
"""

import os
import re
from collections.abc import Callable, Iterator

from flow_cli.errors import UserError

SUFFIXES = (
    ".flow.yaml",
    ".flow.yml",
    ".flow.json",
    ".flowtest.yaml",
    ".flowtest.yml",
    ".flowtest.json",
)
SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})
"""Folders that hold nobody's own files, beside the hidden ones (``.git``, ``.venv``)."""
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
        pattern = re.compile(glob_pattern(path))
        found = (file for file in walk(folder) if pattern.fullmatch(file))
        yield from (file for file in found if wants(file, folder))


def _fixed_part(glob: str) -> str:
    """The folder above the first part of a glob that has a wildcard."""
    while MAGIC.search(glob):
        glob = os.path.dirname(glob)
    return glob


def glob_pattern(glob: str) -> str:
    r"""A regular expression for a glob; ``**`` stands for any number of folders.

    Raises:
        UserError: It is no glob, for it says `[z-a]`.

    >>> bool(re.fullmatch(glob_pattern("a/**/*.flow.y*ml"), "a/b/c/d.flow.yaml"))
    True
    >>> bool(re.fullmatch(glob_pattern("a/*.flow.yaml"), "a/b/c.flow.yaml"))
    False
    """
    pattern = ""
    glob = re.sub(r"\*{3,}", "**", glob)  # what stands for the same would be tried in many ways
    for token in re.findall(r"\*\*/|\*\*|\*|\?|\[!?[^]/]+\]|.", glob, re.DOTALL):
        if token in _WILDCARDS:
            pattern += _WILDCARDS[token]
        elif len(token) > 1:
            pattern += "[^" + token[2:] if token[1] == "!" else token
        else:
            pattern += re.escape(token)
    try:
        re.compile(pattern)
    except re.error as error:
        raise UserError(f"`{glob}` is no glob: {error.msg}") from error
    return pattern


_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def walk(folder: str, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[str]:
    """The files with such names below a folder, links followed, but no folder entered twice."""
    visited: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            status = os.stat(current)
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(current) as entries:
                children = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise UserError(f"cannot read the folder `{current}`: {error.strerror}") from error
        for child in children:
            if _is_folder(child):
                pending.append(child.path)
            elif child.name.endswith(suffixes) and child.is_file():  # reading a pipe may hang
                yield child.path


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Tell whether to look into an entry."""
    return not entry.name.startswith(".") and entry.name not in SKIPPED and entry.is_dir()
