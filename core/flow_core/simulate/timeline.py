"""The timeline of a run: what each step did when, made from what the kernel noted."""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.kernel.events import Note

Certainty: TypeAlias = Literal["will", "may", "wont"]


class Attempt(msgspec.Struct):
    """One attempt. ``ready`` is when it could have started if there had been a slot."""

    number: int
    start: int
    ready: int
    end: int | None = None
    how: str = ""


class Wait(msgspec.Struct, frozen=True):
    """A delay before the next attempt ("retry") or iteration ("repeat")."""

    start: int
    end: int
    kind: str


class Row(msgspec.Struct):
    """What happened at one path: a step, an element of it, a handler or a compensation.

    ``status`` is "" as long as it has not settled; ``detail`` is the reason of a skip.
    """

    path: str
    status: str = ""
    detail: str = ""
    composite: bool = False
    start: int | None = None
    end: int | None = None
    attempts: list[Attempt] = []
    waits: list[Wait] = []

    @property
    def depth(self) -> int:
        """How many steps are around it; elements and handlers stand below their step."""
        last = self.path.rpartition("/")[2]
        return self.path.count("/") + self.path.count("!") + ("[" in last.partition("!")[0])

    @property
    def span(self) -> tuple[int, int] | None:
        """From when to when it was active."""
        if self.start is None:
            return None
        return self.start, self.start if self.end is None else self.end


def rows(notes: Iterable[Note], now: int) -> dict[str, Row]:
    """The rows of a run by path, steps before what is inside them; ``now`` is its last instant."""
    found: dict[str, Row] = {}
    for note in notes:
        if note.path and note.what in _READERS:
            _READERS[note.what](_row(found, note.path), note)
    for row in found.values():
        for attempt in row.attempts:
            attempt.end = now if attempt.end is None else attempt.end
        if row.start is not None and row.end is None:
            row.end = now
    return {row.path: row for row in _in_order(found)}


def _row(found: dict[str, Row], path: str) -> Row:
    """The row at a path; those above it come before it, though they settle after it."""
    row = found.get(path)
    if row is None:
        above = parent(path)
        if above:
            _row(found, above)
        row = found[path] = Row(path)
    return row


def _started(row: Row, note: Note) -> None:
    ready = note.at if note.since is None else note.since
    row.attempts.append(Attempt(note.attempt, note.at, ready))
    row.composite = note.composite
    row.start = ready if row.start is None else row.start


def _ended(row: Row, note: Note) -> None:
    row.attempts[-1].end = row.end = note.at
    row.attempts[-1].how = note.how
    if "!" in row.path.rpartition("/")[2]:
        row.status = "succeeded" if note.how == "ok" else "failed"


def _waits(row: Row, note: Note) -> None:
    if note.until is not None:
        row.waits.append(Wait(note.at, note.until, note.how))


def _settled(row: Row, note: Note) -> None:
    row.status, row.end = note.how, note.at
    row.start = note.at if row.start is None else row.start


def _skipped(row: Row, note: Note) -> None:
    row.status, row.detail = "skipped", note.how
    row.end = note.at if row.start is not None else None


_READERS = {
    "started": _started,
    "ended": _ended,
    "waits": _waits,
    "settled": _settled,
    "skipped": _skipped,
}


def parent(path: str) -> str:
    """The path of the row that a row stands below, "" at the top.

    >>> parent("pick[2]!catch[0]"), parent("pick[2]"), parent("pack/pick")
    ('pick[2]', 'pick', 'pack')
    """
    head, slash, last = path.rpartition("/")
    above, bang, _ = last.rpartition("!")
    if bang:
        return head + slash + above
    name, bracket, _ = last.partition("[")
    return head + slash + name if bracket else head


def _in_order(found: dict[str, Row]) -> Iterator[Row]:
    """Each row before those below it, siblings as they first happened."""
    below: dict[str, list[Row]] = {}
    for path, row in found.items():
        below.setdefault(parent(path), []).append(row)
    todo = below.get("", [])[::-1]
    while todo:
        row = todo.pop()
        _span_children(row, below.get(row.path, ()))
        yield row
        todo.extend(reversed(below.get(row.path, [])))


def _span_children(row: Row, children: Iterable[Row]) -> None:
    """A step with elements begins when the first of them does."""
    starts = [child.start for child in children if child.start is not None]
    if starts and (row.start is None or not row.attempts):
        row.start = min(starts)
