"""Schedules stepped through a period in virtual time: which runs there would be (R-schedule)."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from typing import Literal, TypeAlias

import msgspec

from flow_core.cron import times_after
from flow_core.model.pipeline import Schedule

Fate: TypeAlias = Literal["runs", "skipped", "queued", "cancelled"]

_LEAST = timedelta(microseconds=1)
_LAST = datetime.max.replace(tzinfo=UTC)


class PlannedRun(msgspec.Struct, frozen=True):
    """What becomes of one due time of the schedule's entry of an index. All times are in UTC.

    One that is ``queued`` starts later than it is due; one that is ``cancelled`` ends when the next
    is due. One that is ``skipped`` has no start and no end.
    """

    entry: int
    due: datetime
    fate: Fate
    start: datetime | None = None
    end: datetime | None = None


Duration: TypeAlias = Callable[[int], int]
"""How many microseconds a run takes, by the index of its entry; asked for each run that starts."""


def plan_runs(
    schedule: Sequence[Schedule], start: datetime, until: datetime, duration: Duration
) -> Iterator[PlannedRun]:
    """The runs that are due from ``start`` on and before ``until``, in order.

    Each entry goes for itself, and nothing goes on at the start. A run that ends when the next one
    is due is over by then. A run that is cancelled is taken to end at once. The entries must be
    sound; ``start`` and ``until`` have a time zone.

    >>> day = datetime(2026, 1, 1, tzinfo=UTC)
    >>> schedule, takes = [Schedule("0 */8 * * *")], 9 * 3600 * 10**6
    >>> runs = plan_runs(schedule, day, day.replace(day=2), lambda _: takes)
    >>> [(run.due.hour, run.fate) for run in runs]
    [(0, 'runs'), (8, 'skipped'), (16, 'runs')]
    """
    runs = [
        _OVERLAPS[entry.overlap](index, _dues(entry, start, until), duration)
        for index, entry in enumerate(schedule)
    ]
    return heapq.merge(*runs, key=lambda run: (run.due, run.entry))


Dues: TypeAlias = Iterator[tuple[datetime, datetime]]
"""The times at which an entry is due, each with the one after it."""


def _dues(entry: Schedule, start: datetime, until: datetime) -> Dues:
    times = times_after(entry.cron, entry.timezone, start - _LEAST)
    for due, following in pairwise(chain(times, (_LAST,))):
        if due >= until:
            return
        yield due, following


def _skip(entry: int, dues: Dues, duration: Duration) -> Iterator[PlannedRun]:
    """One that is due while another goes on is dropped."""
    busy: datetime | None = None
    for due, _ in dues:
        if busy is not None and due < busy:
            yield PlannedRun(entry, due, "skipped")
        else:
            busy = _after(due, duration(entry))
            yield PlannedRun(entry, due, "runs", due, busy)


def _queue(entry: int, dues: Dues, duration: Duration) -> Iterator[PlannedRun]:
    """One that is due while others go on or wait starts when they have ended."""
    busy: datetime | None = None
    for due, _ in dues:
        start = due if busy is None else max(due, busy)
        busy = _after(start, duration(entry))
        yield PlannedRun(entry, due, "queued" if start > due else "runs", start, busy)


def _cancel(entry: int, dues: Dues, duration: Duration) -> Iterator[PlannedRun]:
    """One that still goes on when the next is due is cancelled."""
    for due, following in dues:
        end = _after(due, duration(entry))
        if end > following:
            yield PlannedRun(entry, due, "cancelled", due, following)
        else:
            yield PlannedRun(entry, due, "runs", due, end)


_OVERLAPS = {"skip": _skip, "queue": _queue, "cancel_running": _cancel}


def _after(start: datetime, microseconds: int) -> datetime:
    """A time after another; the last that there is, where it is too far away."""
    try:
        return start + timedelta(microseconds=microseconds)
    except OverflowError:
        return _LAST
