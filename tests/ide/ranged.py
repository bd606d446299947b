"""Texts with a mark where the cursor is, and with brackets around the ranges that are expected.

One text may hold several files: a line `=== name` begins the next one.
"""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec
from marked import MARK, ROOT, project

from flow_core.ide.cursor import Cursor
from flow_core.ide.location import Location
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import Project

OPEN, CLOSE = "⟦", "⟧"
_MARKS = re.compile(f"[{MARK}{OPEN}{CLOSE}]")
_FILE = re.compile(r"^=== (\S+)\n", re.MULTILINE)


class Ranged(msgspec.Struct, frozen=True, dict=True):
    """Files, the cursor in one of them, and the ranges that are marked, by file and order."""

    files: dict[str, str]
    cursor_file: str
    cursor_offset: int
    ranges: dict[str, tuple[Span, ...]]

    @cached_property
    def project(self) -> Project:
        """The files without marks."""
        return project(self.files)

    @property
    def cursor(self) -> Cursor:
        """The cursor."""
        found = self.project.module(f"{ROOT}/{self.cursor_file}")
        assert found is not None
        return Cursor(found, self.cursor_offset)

    @property
    def locations(self) -> set[Location]:
        """All ranges that are marked."""
        return {
            Location(f"{ROOT}/{name}", span)
            for name, spans in self.ranges.items()
            for span in spans
        }

    def search(self, word: str) -> Iterator[Module]:
        """The modules of the files that hold a word."""
        for name, text in self.files.items():
            found = self.project.module(f"{ROOT}/{name}") if ".flow" in name else None
            if found is not None and word in text:
                yield found


def ranged(text: str, name: str = "a.flow.yaml") -> Ranged:
    """Read a text with marks; what stands before the first `===` is the file of this name."""
    first, *rest = _FILE.split(text)
    parts = [(name, first)] if first else []
    parts += zip(rest[::2], rest[1::2], strict=True)
    read = {file: _read(part) for file, part in parts}
    where = [(file, cursor) for file, (_, cursor, _) in read.items() if cursor >= 0]
    file, cursor = where[0] if where else (parts[0][0], 0)
    texts = {file: text for file, (text, _, _) in read.items()}
    return Ranged(texts, file, cursor, {file: spans for file, (_, _, spans) in read.items()})


def _read(text: str) -> tuple[str, int, tuple[Span, ...]]:
    """A text without its marks, where the cursor is (-1: elsewhere), and the ranges."""
    cursor, starts, spans = -1, list[int](), list[Span]()
    for removed, mark in enumerate(_MARKS.finditer(text)):
        at = mark.start() - removed
        if mark[0] == MARK:
            cursor = at
        elif mark[0] == OPEN:
            starts.append(at)
        else:
            spans.append(Span(starts.pop(), at))
    return _MARKS.sub("", text), cursor, tuple(spans)


def show(files: dict[str, str], found: set[Location]) -> str:
    """Files with brackets around ranges, as `ranged` reads them: for messages of tests."""
    parts: list[str] = []
    for name, text in files.items():
        here = [each.span for each in found if each.file == f"{ROOT}/{name}"]
        marks = sorted([(s.end, 0, CLOSE) for s in here] + [(s.start, 1, OPEN) for s in here])
        for at, _, mark in reversed(marks):
            text = text[:at] + mark + text[at:]  # noqa: PLW2901 -- a text grows its marks
        parts.append(f"=== {name}\n{text}")
    return "".join(parts)
