"""Files and folders that move or go: what names them follows, and who would miss them."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import TypeAlias

from msgspec.structs import replace

from flow_core.diagnostics import Edit, Patch
from flow_core.ide.occurrences import Found, names_in
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import Project
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.patch import apply_patches

_PLAIN = re.compile(r"[\w./-]+")
"""A path that needs no quotes anywhere."""

Moves: TypeAlias = Mapping[str, str]
"""Where files and folders go: absolute paths, before and after."""


def edits_for_moves(project: Project, files: Iterable[str], moves: Moves) -> tuple[Edit, ...]:
    """The edits by which paths and names of Python modules still mean the same after moves.

    ``files`` are the Flow files of the project; edits name files as they are before.
    """
    return tuple(
        edit
        for module in _concerned(project, files, moves)
        for found, target in _named_files(module)
        if (edit := _edit(module, found, target, moves)) is not None
    )


def users_of(project: Project, files: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    """The files, among the Flow files of a project, that name what goes and do not go with it."""
    moves = dict.fromkeys(gone, "")
    return tuple(
        module.file
        for module in _concerned(project, files, moves)
        if _holder(module.file, moves) is None
        and any(_holder(target, moves) is not None for _, target in _named_files(module))
    )


def _concerned(project: Project, files: Iterable[str], moves: Moves) -> Iterator[Module]:
    """The modules of files that move, or whose texts hold the name of what does."""
    words = {_word(path) for path in moves}
    for file in files:
        text = "" if project.is_outside(file) else project.text(file) or ""
        if any(word in text for word in words) or _holder(file, moves) is not None:
            module = project.module(file)
            if module is not None:
                yield module


def _word(path: str) -> str:
    """A word that each text holds which names a file or something in a folder."""
    *_, folder, name = ("", *path.replace("\\", "/").rstrip("/").split("/"))
    return folder if name == "__init__.py" else name.removesuffix(".py")


def _named_files(module: Module) -> Iterator[tuple[Found, str]]:
    """The names of files in a module, and the files."""
    for found in names_in(module):
        if found.symbols[0].kind == "file":
            yield found, found.symbols[0].place.file


def _holder(file: str, moves: Moves) -> str | None:
    """What moves a file: itself, or the innermost folder that does."""
    holders = (old for old in moves if file == old or file.startswith(old.rstrip("/\\") + os.sep))
    return max(holders, key=len, default=None)


def _moved(file: str, moves: Moves) -> str:
    """Where a file is afterwards."""
    old = _holder(file, moves)
    return file if old is None else moves[old] + file[len(old) :]


def _edit(module: Module, found: Found, target: str, moves: Moves) -> Edit | None:
    """The edit of one name of a file, None where it stays right."""
    text = module.document.text[found.span.start : found.span.end]
    if not target.endswith(".py"):
        new = _path(text, module.file, target, moves)
    elif _holder(target, moves) is not None:
        new = _python_name(module.project, _moved(target, moves)) or text
    else:
        new = text
    return None if new == text else _written(module, found.span, new)


def _path(text: str, home: str, target: str, moves: Moves) -> str:
    """A path as its file is to write it, in the manner in which it is written."""
    if _holder(home, moves) is None and _holder(target, moves) is None:
        return text
    after, place = _moved(target, moves), _moved(home, moves)
    if os.path.isabs(text):  # noqa: PTH117 -- names of files are strings
        return after
    new = os.path.relpath(after, os.path.dirname(place)).replace(os.sep, "/")  # noqa: PTH120 -- the same
    return new if new.startswith("../") or not text.startswith(".") else f"./{new}"


def _python_name(project: Project, file: str) -> str | None:
    """The dotted name of a Python module, None where no search path leads to it."""
    for path in project.settings.python_paths:
        root = os.path.normpath(os.path.join(project.settings.root, path))  # noqa: PTH118 -- names of files are strings
        if file.startswith(root.rstrip(os.sep) + os.sep):
            *names, last = PurePath(os.path.relpath(file, root)).with_suffix("").parts
            names += [] if last == "__init__" else [last]
            return ".".join(names) if all(name.isidentifier() for name in names) else None
    return None


def _written(module: Module, span: Span, new: str) -> Edit:
    """The edit that writes a name of a file in the place of another, in quotes if it needs them."""
    document = module.document
    path, _ = document.at(span.start)
    node = document.get(path)
    if _PLAIN.fullmatch(new) or not isinstance(node, Scalar):
        return Edit(module.file, span, new)
    whole = node.text.replace(document.text[span.start : span.end], new, 1)
    (edit,) = apply_patches(document, [Patch("replace", path, whole)])
    return replace(edit, file=module.file)
