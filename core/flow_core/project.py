"""A project: the files below a root, read once, each as a `Module` that knows the others."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Literal

from flow_core.components.library import Library
from flow_core.components.modules import FindModule, module_finder
from flow_core.components.modules import read_text as read_file
from flow_core.module import Module
from flow_core.settings import Settings
from flow_core.syntax import parse

_MAX_NESTING = 25
"""Beyond so many pipelines inside one another nothing is known of the innermost."""

Read = Callable[[str], str | None]
"""The text of a file by its absolute path, or None where there is none."""


class Project:
    """All that checks of one project share.

    ``read`` is where texts come from: the disk, or an editor's unsaved buffers over it. Everything
    that is read is remembered in ``texts``, what was looked for in vain too, so that a result can
    be kept for as long as those stay the same.
    """

    def __init__(self, settings: Settings, read: Read = read_file) -> None:
        self.settings = settings
        self.texts: dict[str, str | None] = {}
        self._nesting = 0
        self._read = read
        self._modules: dict[str, Module] = {}

    def text(self, file: str) -> str | None:
        """The text of a file, as it was when it was first asked for."""
        if file not in self.texts:
            self.texts[file] = self._read(file)
        return self.texts[file]

    def module(self, file: str) -> Module | None:
        """The module of a file by its absolute path, None where there is no such file."""
        file = os.path.normpath(file)
        if file not in self._modules:
            text = self.text(file)
            if text is None:
                return None
            self._modules[file] = Module(file, parse(text, kind_of(file)), self)
        return self._modules[file]

    def add(self, file: str, text: str) -> Module:
        """The module of a text that is not, or not yet, what the file of that name holds."""
        file = os.path.normpath(file)
        self.texts[file] = text
        self._modules[file] = Module(file, parse(text, kind_of(file)), self)
        return self._modules[file]

    @contextmanager
    def nested(self) -> Generator[bool]:
        """A look at a pipeline inside another one; tells whether it is not too deep for that."""
        self._nesting += 1
        try:
            yield self._nesting <= _MAX_NESTING
        finally:
            self._nesting -= 1

    def resolve(self, file: str, target: str) -> str:
        """The absolute path that a path in a file means; symbolic links are followed."""
        path = os.path.join(os.path.dirname(file), target)  # noqa: PTH118, PTH120 -- 10x faster
        return os.path.normpath(path)

    def is_outside(self, file: str) -> bool:
        """Whether a file must not be read: it lies outside the root, links followed."""
        if self.settings.allow_outside_root:
            return False
        root = os.path.realpath(self.settings.root)
        try:
            real = os.path.realpath(file)
        except ValueError:  # a null character, say, which no name of a file has
            return False
        return os.path.commonpath((root, real)) != root

    def python(self, name: str) -> Library | None:
        """The components and types of a Python module, None where there is no such module."""
        from flow_core.components.python.reader import read_module

        return read_module(name, self._find_module)

    def python_source(self, name: str) -> tuple[str, str] | None:
        """The file and the text of a Python module of the project."""
        return self._find_module(name)

    def plugin(self, name: str) -> Library | None:
        """The library that a package offers under the entry-point group `flow.components`."""
        from flow_core.components.entry_points import installed_library

        return installed_library(name)

    @cached_property
    def _find_module(self) -> FindModule:
        paths = [os.path.join(self.settings.root, path) for path in self.settings.python_paths]  # noqa: PTH118
        return module_finder([os.path.normpath(path) for path in paths], self._text_inside)

    def _text_inside(self, file: str) -> str | None:
        return None if self.is_outside(file) else self.text(file)


def kind_of(file: str) -> Literal["yaml", "json"]:
    """Which syntax a file is in, by its name."""
    return "json" if Path(file).suffix == ".json" else "yaml"
