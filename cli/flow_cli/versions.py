"""What `flow diff` compares: files, folders and git revisions, as modules by name."""

import os
from collections.abc import Callable, Iterable

import msgspec

from flow_cli.discovery import find
from flow_cli.errors import UserError
from flow_cli.files import read_bytes, read_lossless
from flow_cli.git import Revision, is_revision
from flow_cli.projects import Projects, settings_at
from flow_core.discovery import SKIPPED, SUFFIXES
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

Read = Callable[[str], str | None]


class Version(msgspec.Struct, frozen=True):
    """One side of a comparison: its modules, by the names under which they are paired.

    ``single`` tells that one file was named, so that its name says nothing.
    """

    modules: dict[str, Module]
    label: str
    single: bool = False


def version(word: str) -> Version:
    """What a word of the command line means: a file, a folder, or ``REV:path``.

    Raises:
        UserError: there is no such thing, or it can't be read.
    """
    if word == os.devnull:
        return Version({}, word, single=True)
    if os.path.isdir(word):
        files = find([word], os.getcwd(), Projects().wants)
        return Version(_modules(_pipelines(files), os.path.abspath(word), read_lossless), word)
    if not os.path.lexists(word) and ":" in word:
        return _revision(word)
    read_bytes(word)  # says why, where it cannot be read
    return Version(_one(os.path.abspath(word), read_lossless), word, single=True)


def _revision(word: str) -> Version:
    name, _, path = word.partition(":")
    if not is_revision(os.getcwd(), name):
        raise UserError(f"no such file or folder: `{word}`", f"git knows no revision `{name}` here")
    revision = Revision(os.getcwd(), name)
    target = os.path.abspath(path or ".")
    if revision.read(target) is not None:
        return Version(_one(target, revision.read), word, single=True)
    files = _found(revision, target)
    if not files:
        raise UserError(f"`{name}` has no Flow files at `{path}`")
    return Version(_modules(files, target, revision.read), word)


def since(name: str, paths: list[str]) -> tuple[Version, Version]:
    """The Flow files at the paths in a revision, and as they are now.

    Raises:
        UserError: there is no such revision or path.
    """
    base = os.getcwd()
    revision = Revision(base, name)
    targets = [os.path.abspath(path) for path in paths or [settings_at(base).root]]
    before = {file for target in targets for file in _found(revision, target)}
    there = [target for target in targets if os.path.lexists(target)]
    after = _pipelines(find(there, base, Projects().wants) if there else [])
    if not before and not after:
        raise UserError("no Flow files to compare", f"they are named `*{'`, `*'.join(SUFFIXES)}`")
    root = os.path.normpath(base)
    old = _modules(sorted(before), root, revision.read)
    return Version(old, name), Version(_modules(after, root, read_lossless), "now")


def _found(revision: Revision, target: str) -> list[str]:
    """What a search of a folder of a revision finds, as a search of the working tree would."""
    files = _pipelines(revision.files(target))
    wants = Projects().wants
    return [file for file in files if file == target or _is_wanted(file, target, wants)]


def _is_wanted(file: str, folder: str, wants: Callable[[str, str], bool]) -> bool:
    around = os.path.relpath(file, folder).split(os.sep)[:-1]
    hidden = any(part.startswith(".") or part in SKIPPED for part in around)
    return not hidden and wants(file, folder)


def _pipelines(files: Iterable[str]) -> list[str]:
    """The Flow files that hold no scenarios."""
    return [file for file in files if file.endswith(SUFFIXES[:3])]


def _one(file: str, read: Read) -> dict[str, Module]:
    return _modules([file], os.path.dirname(file), read)


def _modules(files: list[str], base: str, read: Read) -> dict[str, Module]:
    """The modules of files, those of one project together, by their names below a folder."""
    projects: dict[str, Project] = {}
    found: dict[str, Module] = {}
    for file in files:
        settings = _settings(file)
        project = projects.setdefault(settings.root, Project(settings, read))
        module = project.module(file)
        if module is not None:
            name = os.path.relpath(file, base).replace(os.sep, "/")
            found[name] = _readable(module, name)
    return found


def _settings(file: str) -> Settings:
    """The settings that hold for a file; for one in a folder that is gone, those above it."""
    folder = os.path.dirname(file)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return settings_at(folder)


def _readable(module: Module, name: str) -> Module:
    """The module, if all of it could be read: else differences would be made up.

    Raises:
        UserError: it has an error of syntax.
    """
    if module.document.root is None or not module.is_whole:
        for problem in module.document.problems:
            line = module.document.lines.line(problem.span.start) + 1
            message = f"`{name}` cannot be compared: line {line}: {problem.message}"
            raise UserError(message, f"see `flow validate {name}`")
        raise UserError(f"`{name}` holds no pipeline")
    return module
