"""Which files of a folder are Flow's: their names, globs, and the walk that finds them."""

import os
import re
from collections.abc import Iterator

from flow_core.settings import Settings

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


def walk(folder: str, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[str]:
    """The files with such names below a folder, links followed, but no folder entered twice.

    Raises:
        OSError: A folder can't be read.
    """
    visited: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        current = pending.pop()
        status = os.stat(current)  # noqa: PTH116 -- names of files are strings, as in diagnostics
        if (status.st_dev, status.st_ino) in visited:
            continue
        visited.add((status.st_dev, status.st_ino))
        with os.scandir(current) as entries:
            children = sorted(entries, key=lambda entry: entry.name)
        for child in children:
            if _is_folder(child):
                pending.append(child.path)
            elif child.name.endswith(suffixes) and child.is_file():  # reading a pipe may hang
                yield child.path


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Tell whether to look into an entry."""
    return not entry.name.startswith(".") and entry.name not in SKIPPED and entry.is_dir()


def glob_pattern(glob: str) -> str:
    r"""A regular expression for a glob; ``**`` stands for any number of folders.

    Raises:
        ValueError: It is no glob, for it says `[z-a]`.

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
        raise ValueError(f"`{glob}` is no glob: {error.msg}") from error
    return pattern


_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def any_of(globs: tuple[str, ...], *, below: bool = False) -> re.Pattern[str]:
    """A pattern for what any of the globs matches, with ``below`` for all below it too.

    Raises:
        ValueError: One of them is no glob.
    """
    patterns = "|".join(glob_pattern(glob.rstrip("/")) for glob in globs) or "(?!)"
    return re.compile(f"(?:{patterns}){'(?:/.*)?' if below else ''}", re.DOTALL)


def name_in(file: str, settings: Settings) -> str:
    """A file's path as its project's globs see it."""
    return os.path.relpath(os.path.realpath(file), settings.root).replace(os.sep, "/")
