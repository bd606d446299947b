"""A text as it was before what is broken in it broke, so that pictures of it never go blank.

A text consists of units that can be replaced: in YAML its blocks, in JSON its entries and those of
its sections. A broken unit gives way to the last sound text of what it stands for. Units that
vanished because a broken one swallowed them, come back; those that were deleted do not.
"""

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from flow_core.ide.healing.units import Unit, joined, units
from flow_core.places import Path, Span
from flow_core.syntax import Document


class Part(msgspec.Struct, frozen=True):
    """A unit of a healed text: where it starts there, and where it is in the document.

    What is ``stale`` is not what the document says now; it stands for the broken text ``instead``.
    """

    unit: Unit
    start: int = 0
    stale: bool = False
    instead: str = ""


class Healed(msgspec.Struct, frozen=True):
    """A healed text in parts. It is also what is to be remembered for the next time."""

    text: str
    parts: tuple[Part, ...]

    @property
    def stale(self) -> tuple[Path, ...]:
        """The paths of what comes from an older text."""
        return tuple(path for part in self.parts if part.stale for path in part.unit.paths)

    def place(self, start: int, end: int) -> tuple[Span, bool]:
        """Where a range of the healed text is in the document, and whether it is stale.

        What is stale is where the broken text is that it stands for.
        """
        index = bisect_right(self.parts, start, key=lambda part: part.start) - 1
        if index < 0:
            return Span(start, end), False
        part = self.parts[index]
        span = part.unit.span
        if part.stale:
            return span, True
        by = span.start - part.start
        return Span(start + by, end + by), False


def heal(document: Document, last: Healed | None = None) -> Healed:
    """A document with its broken units as they were when it was healed ``last``."""
    found = units(document)
    parts = [] if last is None else _Healing(document, found, last).run()
    if last is None or [part.unit for part in parts] == found:
        return Healed(document.text, tuple(Part(unit, unit.span.start) for unit in found))
    text, starts = joined(document, [part.unit for part in parts])
    placed = zip(parts, starts, strict=True)
    return Healed(text, tuple(msgspec.structs.replace(part, start=at) for part, at in placed))


class _Healing:
    """Finds what each broken unit stands for."""

    def __init__(self, document: Document, found: list[Unit], last: Healed) -> None:
        self._is_yaml = document.kind == "yaml"
        self._units = found
        self._last = [part for part in last.parts if part.unit.paths and all(part.unit.paths)]
        self._known = {part.instead or part.unit.text for part in last.parts if self._is_yaml}
        self._where = {path: n for n, unit in reversed([*enumerate(found)]) for path in unit.paths}
        self._sections = {path[:1] for path in self._where if len(path) > 1}
        self._broken = {n for n, unit in enumerate(found) if not unit.sound}

    def run(self) -> list[Part]:
        """The parts of the healed text."""
        places = [self._place(part) for part in self._last]
        windows = _windows(places, len(self._units) - 1)
        for index, part in enumerate(self._last):
            if places[index] is None:
                places[index] = self._culprit(part.unit, windows[index])
        meant: dict[int, list[Unit]] = {}
        for part, place in zip(self._last, places, strict=True):
            if place in self._broken:
                meant.setdefault(place, []).append(part.unit)
        parts = [part for n in range(len(self._units)) for part in self._parts(n, meant.get(n, []))]
        return _in_sections(parts) if meant else parts

    def _parts(self, index: int, meant: list[Unit]) -> list[Part]:
        unit = self._units[index]
        if index in self._broken and meant:
            return list(_stand_ins(unit, meant))
        return [Part(unit)] if index not in self._broken or self._is_yaml else []

    def _place(self, part: Part) -> int | None:
        """The unit that stands now for a part of the last time."""
        for path in part.unit.paths:
            if path in self._where:
                return self._where[path]
            if len(path) > 1 and path[:1] in self._where and path[:1] not in self._sections:
                return self._where[path[:1]]
        same = (n for n in self._broken if part.stale and self._units[n].text == part.instead)
        return next(same, self._where.get(()))

    def _culprit(self, lost: Unit, window: tuple[int, int]) -> int | None:
        """The unit that is to blame for the loss of one: it holds it, or is newly broken.

        A bracket of JSON that is missing breaks units that are as they were.
        """
        near = range(window[0], window[1] + 1)
        for index in near:
            if self._swallows(index, lost):
                self._broken.add(index)
                return index
        new = (n for n in near if n in self._broken and self._units[n].text not in self._known)
        return next(new, None)

    def _swallows(self, index: int, lost: Unit) -> bool:
        """Whether a unit holds more often than before what stood below the name of a lost one.

        One that took its place under another name is that very unit, renamed.
        """
        unit = self._units[index]
        known = (part.unit.text for part in self._last if part.unit.paths == unit.paths)
        before = next(known, None)
        if before is None and [*map(len, unit.paths)] == [*map(len, lost.paths)]:
            return False
        return _count(unit.text, lost.text) > _count(before or "", lost.text)


def _stand_ins(unit: Unit, meant: list[Unit]) -> Iterator[Part]:
    """What a broken unit stands for: what its text still holds as it was, and what is stale.

    What is stale is placed between what is found.
    """
    places: list[int] = []
    behind = 0
    for old in meant:
        places.append(f"\n{unit.text}".find(f"\n{old.text}", behind))
        behind = behind if places[-1] < 0 else places[-1] + len(old.text)
    behind = 0
    for index, (old, place) in enumerate(zip(meant, places, strict=True)):
        if place >= 0:
            behind = place + len(old.text)
            span = Span(unit.span.start + place, unit.span.start + behind)
            yield Part(msgspec.structs.replace(old, span=span))
        else:
            following = (later for later in places[index:] if later >= 0)
            span = unit.bare(behind, next(following, len(unit.text)))
            yield Part(msgspec.structs.replace(old, span=span), stale=True, instead=unit.text)


def _in_sections(parts: list[Part]) -> list[Part]:
    """Parts with those of one section together, wherever it was that they were swallowed."""
    sections: dict[str | int, list[Part]] = {}
    name: str | int = ""
    for part in parts:
        name = part.unit.paths[0][0] if part.unit.paths and part.unit.paths[0] else name
        sections.setdefault(name, []).append(part)
    return [part for members in sections.values() for part in members]


def _windows(places: list[int | None], last: int) -> list[tuple[int, int]]:
    """For each place the nearest known ones before and behind it."""
    lows: list[int] = []
    for place in places:
        lows.append(place if place is not None else lows[-1] if lows else 0)
    highs: list[int] = []
    for place in reversed(places):
        highs.append(place if place is not None else highs[-1] if highs else last)
    return list(zip(lows, reversed(highs), strict=True))


def _count(text: str, lost: str) -> int:
    """How often a text holds the lines of a lost unit but its first; all of it if it has no more.

    What was put behind a `#` is no loss.
    """
    first, _, rest = lost.strip("\r\n").partition("\n")
    if rest.strip():
        return text.count(rest)
    if not first:  # a bracket of JSON where a key was expected
        return 0
    return sum(first in line and "#" not in line.partition(first)[0] for line in text.splitlines())
