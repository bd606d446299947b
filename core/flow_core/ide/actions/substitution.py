"""Writing other things into the scalars of a document, many at a time."""

import re
from collections.abc import Iterator

import msgspec

from flow_core.diagnostics import Edit, Json, Patch
from flow_core.fields import text
from flow_core.places import Path, Place
from flow_core.syntax.document import Document
from flow_core.syntax.patch import apply_patches

_PLAIN = re.compile(r"[\w.()\[\], +-]*")
"""What means the same in every kind of scalar, so that the rest of it can stay as it is."""


class _Change(msgspec.Struct, frozen=True, order=True):
    start: int
    end: int
    new: str


class Substitution:
    """Collects what is to be written; `edits` writes it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts: dict[Path, set[_Change]] = {}
        self._wholes: dict[Path, Json] = {}

    def write(self, place: Place, new: str) -> None:
        """Write a text over a range of the decoded text of a scalar."""
        change = _Change(place.start, place.end, new)
        self._parts.setdefault(place.path, set()).add(change)

    def replace(self, path: Path, value: Json) -> None:
        """Write another value."""
        self._wholes[path] = value

    def edits(self) -> Iterator[Edit]:
        """All edits, in no order."""
        for path, changes in self._parts.items():
            if path not in self._wholes:
                yield from self._edits(path, sorted(changes))
        patches = (Patch("replace", path, value) for path, value in self._wholes.items())
        yield from apply_patches(self._document, patches)

    def _edits(self, path: Path, changes: list[_Change]) -> Iterator[Edit]:
        """In place where nothing needs to be escaped, else as a new text."""
        if all(_PLAIN.fullmatch(change.new) for change in changes):
            for change in changes:
                place = Place(path, start=change.start, end=change.end)
                yield Edit("", self._document.locate(place), change.new)
            return
        new = text(self._document.get(path))
        for change in reversed(changes):
            new = new[: change.start] + change.new + new[change.end :]
        yield from apply_patches(self._document, [Patch("replace", path, new)])
