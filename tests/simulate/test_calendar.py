"""Schedules in virtual time: what is due, what overlaps, and what daylight saving does."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.model.pipeline import Overlap, Schedule
from flow_core.simulate.calendar import PlannedRun, plan_runs

HOUR = 3600 * 10**6
OVERLAPS: tuple[Overlap, ...] = get_args(Overlap)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(run: PlannedRun) -> str:
    """A run on a line: entry, due time, fate, and start and end."""
    span = [f"{when:%d %H:%M}" for when in (run.start, run.end) if when is not None]
    return " ".join([f"{run.entry}: {run.due:%d %H:%M} {run.fate}", "-".join(span)]).strip()


def plan(schedule: list[Schedule], start: str, until: str, *hours: float) -> list[str]:
    """The runs of a period, where the runs of each entry take so many hours, in turn."""
    pending = [iter(hours) for _ in schedule]

    def duration(entry: int) -> int:
        return round(next(pending[entry], hours[-1]) * HOUR)

    return [shown(run) for run in plan_runs(schedule, at(start), at(until), duration)]


EVERY_8_HOURS = "0 */8 * * *"
CASES: list[tuple[Overlap, tuple[float, ...], list[str]]] = [
    (
        "skip",
        (17, 8, 1),
        [
            "0: 01 00:00 runs 01 00:00-01 17:00",
            "0: 01 08:00 skipped",
            "0: 01 16:00 skipped",
            "0: 02 00:00 runs 02 00:00-02 08:00",
            "0: 02 08:00 runs 02 08:00-02 09:00",
        ],
    ),
    (
        "queue",
        (17, 6, 1, 1),
        [
            "0: 01 00:00 runs 01 00:00-01 17:00",
            "0: 01 08:00 queued 01 17:00-01 23:00",
            "0: 01 16:00 queued 01 23:00-02 00:00",
            "0: 02 00:00 runs 02 00:00-02 01:00",
            "0: 02 08:00 runs 02 08:00-02 09:00",
        ],
    ),
    (
        "cancel_running",
        (17, 8, 9, 1, 9),
        [
            "0: 01 00:00 cancelled 01 00:00-01 08:00",
            "0: 01 08:00 runs 01 08:00-01 16:00",
            "0: 01 16:00 cancelled 01 16:00-02 00:00",
            "0: 02 00:00 runs 02 00:00-02 01:00",
            "0: 02 08:00 cancelled 02 08:00-02 16:00",
        ],
    ),
]


@pytest.mark.parametrize(("overlap", "hours", "expected"), CASES)
def test_overlaps(overlap: Overlap, hours: tuple[float, ...], expected: list[str]) -> None:
    schedule = [Schedule(EVERY_8_HOURS, overlap=overlap)]
    assert plan(schedule, "2026-01-01", "2026-01-02T16:00", *hours) == expected


def test_each_entry_goes_for_itself_in_the_order_of_due_times() -> None:
    schedule = [Schedule("0 6 * * *"), Schedule("0 */6 * * *"), Schedule("30 5 * * *")]
    assert plan(schedule, "2026-01-01", "2026-01-01T12:00", 7) == [
        "1: 01 00:00 runs 01 00:00-01 07:00",
        "2: 01 05:30 runs 01 05:30-01 12:30",
        "0: 01 06:00 runs 01 06:00-01 13:00",
        "1: 01 06:00 skipped",
    ]


def test_a_period_has_its_start_and_not_its_end() -> None:
    daily = [Schedule("0 6 * * *")]
    assert plan(daily, "2026-01-01T06:00", "2026-01-02T06:00", 1) == [
        "0: 01 06:00 runs 01 06:00-01 07:00"
    ]
    assert plan(daily, "2026-01-01T06:00", "2026-01-01T06:00", 1) == []
    assert plan([], "2026-01-01", "2027-01-01", 1) == []


def test_daylight_saving_in_berlin() -> None:
    night = [Schedule("30 2 * * *", "Europe/Berlin")]
    assert plan(night, "2026-03-28", "2026-03-31", 0.5) == [
        "0: 28 01:30 runs 28 01:30-28 02:00",
        "0: 29 01:00 runs 29 01:00-29 01:30",  # 02:30 does not exist: 03:00 does
        "0: 30 00:30 runs 30 00:30-30 01:00",
    ]
    assert plan(night, "2026-10-24", "2026-10-27", 0.5) == [
        "0: 24 00:30 runs 24 00:30-24 01:00",
        "0: 25 00:30 runs 25 00:30-25 01:00",  # the first of two
        "0: 26 01:30 runs 26 01:30-26 02:00",
    ]


@pytest.mark.parametrize(("day", "fate"), [("2026-03-28", "skipped"), ("2026-10-24", "runs")])
def test_a_run_takes_its_hours_whatever_the_clocks_show(day: str, fate: str) -> None:
    noon = [Schedule("0 12 * * *", "Europe/Berlin")]
    runs = plan(noon, day, (at(day) + timedelta(days=2)).isoformat()[:19], 24)
    assert runs[1].split()[3] == fate


def test_a_run_without_an_end_goes_on() -> None:
    runs = list(
        plan_runs([Schedule("0 0 * * *")], at("2026-01-01"), at("2026-01-03"), lambda _: 2**63)
    )
    assert [run.fate for run in runs] == ["runs", "skipped"]


def test_a_year_of_days_takes_no_time() -> None:
    schedule = [Schedule("0 6 * * *", "Europe/Berlin")]
    list(plan_runs(schedule, at("2026-01-01"), at("2026-01-02"), lambda _: HOUR))  # imports
    start = time.process_time()
    runs = list(plan_runs(schedule, at("2026-01-01"), at("2027-01-01"), lambda _: HOUR))
    assert time.process_time() - start < 0.2  # 0.02, and some air
    assert len(runs) == 365


crons = st.sampled_from(["0 * * * *", "*/20 * * * *", "0 2 * * *", "30 1-3 * * SUN"])
entries = st.builds(
    Schedule, crons, st.sampled_from(["UTC", "Europe/Berlin"]), st.sampled_from(OVERLAPS)
)


@settings(deadline=None, max_examples=60)
@given(st.lists(entries, max_size=3), st.sampled_from([0, 7, 60, 61, 1500]))
def test_one_run_of_an_entry_goes_on_at_a_time(schedule: list[Schedule], minutes: int) -> None:
    takes = minutes * HOUR // 60
    runs = list(plan_runs(schedule, at("2026-03-27"), at("2026-03-30"), lambda _: takes))
    assert runs == sorted(runs, key=lambda run: (run.due, run.entry))
    for index in range(len(schedule)):
        spans = [(r.start, r.end) for r in runs if r.entry == index and r.start and r.end]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert all(end - start <= timedelta(minutes=minutes) for start, end in spans)
