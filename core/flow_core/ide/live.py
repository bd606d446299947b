"""A project whose files change: what one change makes obsolete is forgotten, the rest is kept."""

import os

import msgspec

from flow_core.components.library import Library
from flow_core.components.modules import read_text
from flow_core.module import Module
from flow_core.project import Project, Read, kind_of
from flow_core.settings import Settings
from flow_core.syntax import Cache, Document, parse


class LiveProject(Project):
    """A project with texts that are open in an editor, over those on the disk.

    In a project that is not ``trusted`` nothing installed is run and nothing outside of its root
    is read, whatever its settings say.
    """

    def __init__(self, settings: Settings, read: Read = read_text, *, trusted: bool = True) -> None:
        if not trusted:
            settings = msgspec.structs.replace(settings, rules=(), allow_outside_root=False)
        super().__init__(settings, self._current)
        self.trusted = trusted
        self._disk = read
        self._open: dict[str, str] = {}
        self._asked: dict[str, set[str]] = {}
        self._caches: dict[str, Cache] = {}

    def _current(self, file: str) -> str | None:
        return self._open[file] if file in self._open else self._disk(file)

    def open(self, file: str, text: str) -> frozenset[str]:
        """Take this text for a file's, whatever the disk holds; gives what `forget` does."""
        self._open[file] = text
        return self.forget(file)

    def close(self, file: str) -> frozenset[str]:
        """Take a file as the disk has it again; gives what `forget` does."""
        self._open.pop(file, None)
        self._caches.pop(file, None)
        return self.forget(file)

    def forget(self, file: str) -> frozenset[str]:
        """Forget a file that changed, came or went, and all that was made of it: which files."""
        stale = self.dependents(file) | {file}
        if file.endswith(".py"):
            stale |= frozenset(self._modules)
            self.__dict__.pop("_find_module", None)
        self.texts.pop(file, None)
        for each in stale:
            self._modules.pop(each, None)
            self._asked.pop(each, None)
        return stale

    def release(self, file: str) -> None:
        """Forget what was made of a file that is not open and that no other asked for.

        What it asked for is still known, so that it is among the dependents of that.
        """
        if file not in self._open and not any(file in asked for asked in self._asked.values()):
            self._modules.pop(file, None)
            self._caches.pop(file, None)
            self.texts.pop(file, None)

    def dependents(self, file: str) -> frozenset[str]:
        """The files that asked for a file, and those that asked for them."""
        found: set[str] = set()
        waiting = {file}
        while waiting:
            waiting = {a for a, asked in self._asked.items() if asked & waiting} - found
            found |= waiting
        return frozenset(found)

    def needs(self, file: str) -> frozenset[str]:
        """A file, those that were asked for because of it, and so on."""
        found: set[str] = set()
        waiting = {file}
        while waiting:
            found |= waiting
            waiting = {asked for each in waiting for asked in self._asked.get(each, ())} - found
        return frozenset(found)

    def document(self, file: str) -> Document | None:
        """The document of a file, without a look at what it means."""
        known = self._modules.get(file)
        if known is not None:
            return known.document
        text = self.text(file)
        return None if text is None else self.parse(file, text)

    def parse(self, file: str, text: str) -> Document:
        """A text of a file; what it has in common with the one before is not read again."""
        return parse(text, kind_of(file), self._caches.setdefault(file, Cache()))

    def module(self, file: str) -> Module | None:
        """The module of a file by its absolute path, None where there is no such file."""
        file = os.path.normpath(file)
        if file not in self._modules:
            document = self.document(file)
            if document is None:
                return None
            self._modules[file] = Module(file, document, self)
        return self._modules[file]

    def resolve(self, file: str, target: str) -> str:
        """The absolute path that a path in a file means; that the file asked for it is noted."""
        found = super().resolve(file, target)
        self._asked.setdefault(file, set()).add(found)
        return found

    def plugin(self, name: str) -> Library | None:
        """The library that an installed package offers; none where that must not be run."""
        return super().plugin(name) if self.trusted else None
