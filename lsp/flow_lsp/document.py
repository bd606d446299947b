"""An open document: its text, version and outline, and the looks at it that are still good."""

from pathlib import PurePath

from flow_core.ide.live import LiveProject
from flow_core.ide.outline import Outline, outline
from flow_core.ide.slices import Slice, slice_at, whole
from flow_core.module import Module
from flow_core.project import kind_of
from flow_core.syntax import Cache, parse
from flow_lsp.buffer import Buffer, Splice

_SHORT = 200
"""Lines of a file that is looked at whole at every keystroke."""

_MOST_PARTS = 16
"""Looks at parts that are kept until something changes."""


class OpenDocument:
    """A document as the client has it. ``file`` is its absolute path, made up if it has none."""

    def __init__(self, uri: str, file: str, text: str, version: int, project: LiveProject) -> None:
        self.uri = uri
        self.file = file
        self.version = version
        self.project = project
        self.buffer = Buffer(text)
        self.stale = True
        self.concerned: frozenset[str] = frozenset()
        self._outline: Outline | None = None
        self._parts: dict[tuple[int, int], tuple[Slice, Module]] = {}
        self._cache = Cache()

    @property
    def is_short(self) -> bool:
        """Whether all of it can be checked at every keystroke."""
        return len(self.buffer.lines) <= _SHORT

    @property
    def is_split(self) -> bool:
        """Whether parts of it are looked at alone: it is long, and can be split."""
        return (
            not self.is_short
            and ".flowtest." not in PurePath(self.file).name
            and not self.outline.whole
        )

    @property
    def outline(self) -> Outline:
        """Where its parts start."""
        if self._outline is None:
            self._outline = outline(self.buffer.lines, kind_of(self.file))
        return self._outline

    def prepare(self) -> None:
        """Do now what the first edit would have to wait for."""
        if not self.is_short:
            self.part(0, 0)

    def changed(self, splice: Splice) -> None:
        """Forget what a change made wrong."""
        if self._outline is not None:
            self._outline = self._outline.edited(splice.first, splice.removed, splice.added)
        self.outdated()
        self.stale = True

    def outdated(self) -> None:
        """Forget what other files may have changed."""
        self._parts = {}

    def settle(self) -> None:
        """Let the project have the text that others are to see.

        The files whose meaning that may change gather in ``concerned`` until they are checked.
        """
        if self.stale:
            self.stale = False
            self.concerned |= self.project.open(self.file, self.buffer.text)

    def part(self, first: int, last: int) -> tuple[Slice, Module]:
        """The slice that is about some lines, and what it means."""
        lines = self.buffer.lines
        if not self.is_split:
            return self.whole()
        key = self.outline.at(first), self.outline.at(last)
        if key not in self._parts:
            if len(self._parts) >= _MOST_PARTS:
                self._parts.pop(next(iter(self._parts)))
            found = slice_at(lines, self.outline, first, last)
            document = parse(found.text, kind_of(self.file), self._cache)
            self._parts[key] = found, Module(self.file, document, self.project)
        return self._parts[key]

    def whole(self) -> tuple[Slice, Module]:
        """All of the file, and what it means."""
        self.settle()
        module = self.project.module(self.file)
        if module is None:
            raise LookupError(self.file)  # it is open, so the project has it
        return whole(self.buffer.lines), module
