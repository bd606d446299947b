"""Texts with a mark where the cursor is."""

from collections.abc import Mapping

from flow_core.ide.cursor import Cursor
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

MARK = "‸"
ROOT = "/project"


def project(files: Mapping[str, str]) -> Project:
    """A project of files that exist nowhere else, by their paths below its root."""
    texts = {f"{ROOT}/{name}": text for name, text in files.items()}
    return Project(Settings(ROOT), texts.get)


def module(
    text: str, *, name: str = "a.flow.yaml", files: Mapping[str, str] | None = None
) -> Module:
    """The module of a text among other files."""
    return project(files or {}).add(f"{ROOT}/{name}", text)


def at(text: str, *, name: str = "a.flow.yaml", files: Mapping[str, str] | None = None) -> Cursor:
    """The cursor where the mark stands."""
    offset = text.index(MARK)
    return Cursor(module(text.replace(MARK, "", 1), name=name, files=files), offset)
