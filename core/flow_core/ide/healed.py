"""A text as it was before what is broken in it broke, so that pictures of it never go blank.

A text consists of units that can be replaced: in YAML its blocks, in JSON its entries and those of
its sections. A broken unit gives way to the last sound text of what it stands for. Units that
vanished because a broken one swallowed them, come back; those that were deleted do not.
"""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from flow_core.ide.units import Unit, joined, units
from flow_core.places import Path, Span
from flow_core.syntax import Document


class Part(msgspec.Struct, frozen=True):
    """A unit of a healed text: where it starts there, and where it or its stand-in is in truth.

    What is ``stale`` is not what the document says now.
    """

    unit: Unit
    start: int
    stale: bool = False


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
    if last is None:
        return _as_it_is(document, found)
    parts = _Healing(document, found, last).run()
    if [unit for unit, stale in parts if not stale] == found:
        return _as_it_is(document, found)
    text, starts = joined(document, [unit for unit, _ in parts])
    healed = (Part(unit, start, stale) for (unit, stale), start in zip(parts, starts, strict=True))
    return Healed(text, tuple(healed))


def _as_it_is(document: Document, found: Sequence[Unit]) -> Healed:
    return Healed(document.text, tuple(Part(unit, unit.span.start) for unit in found))


class _Healing:
    """Finds what each broken unit stands for."""

    def __init__(self, document: Document, found: list[Unit], last: Healed) -> None:
        self._keeps_unknown = document.kind == "yaml"
        self._units = found
        self._last = [part.unit for part in last.parts if part.unit.paths and all(part.unit.paths)]
        self._where = {path: n for n, unit in reversed([*enumerate(found)]) for path in unit.paths}
        self._sections = {path[:1] for path in self._where if len(path) > 1}
        self._broken = {n for n, unit in enumerate(found) if not unit.sound}

    def run(self) -> list[tuple[Unit, bool]]:
        """The units of the healed text, each with whether it is stale."""
        places = [self._place(unit) for unit in self._last]
        windows = _windows(places, len(self._units) - 1)
        for old, place, (low, high) in zip(self._last, places, windows, strict=True):
            if place is None:
                self._broken |= {n for n in range(low, high + 1) if self._swallows(n, old)}
        meant: dict[int, list[Unit]] = {}
        for old, place, (low, high) in zip(self._last, places, windows, strict=True):
            at = next((n for n in range(low, high + 1) if n in self._broken), None)
            at = at if place is None else place
            if at is not None and at in self._broken:
                meant.setdefault(at, []).append(old)
        return [part for n in range(len(self._units)) for part in self._parts(n, meant.get(n, []))]

    def _parts(self, index: int, meant: list[Unit]) -> list[tuple[Unit, bool]]:
        unit = self._units[index]
        if index not in self._broken:
            return [(unit, False)]
        if not meant:
            return [(unit, False)] if self._keeps_unknown else []
        if [old.text for old in meant] == [unit.text]:
            return [(unit, False)]
        return [(msgspec.structs.replace(old, span=unit.bare), True) for old in meant]

    def _swallows(self, index: int, old: Unit) -> bool:
        """Whether a unit holds more often than before what stood below the name of a lost one.

        One that took its place under another name is that very unit, renamed.
        """
        unit = self._units[index]
        before = next((known.text for known in self._last if known.paths == unit.paths), None)
        if before is None and [*map(len, unit.paths)] == [*map(len, old.paths)]:
            return False
        return _count(unit.text, old.text) > _count(before or "", old.text)

    def _place(self, old: Unit) -> int | None:
        """The unit that stands now for one of the last time."""
        for path in old.paths:
            if path in self._where:
                return self._where[path]
            if len(path) > 1 and path[:1] in self._where and path[:1] not in self._sections:
                return self._where[path[:1]]
        return self._where.get(())


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
    return sum(first in line and "#" not in line.partition(first)[0] for line in text.splitlines())
