"""Cron and time zones: what is wrong and where, and when it fires."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from cronsim import CronSim, CronSimError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flow_core.cron import cron_problems, next_times, timezone_problem

RIGHT = [
    "* * * * *",
    "0 6 * * 1-5",
    "*/15 0-6/2,12 1,15 JAN-mar Mon",
    "0 0 29 2 *",
    "0 0 31 2 MON",
    "5/20 * * * 7",
    "  0   0 1 1 *  ",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    assert cron_problems(text) == []


WRONG = [
    ("61 * * * *", "61", "minute 61 is not in 0..59", "from 0 to 59"),
    ("* 24 * * *", "24", "hour 24 is not in 0..23", ""),
    ("* * 0 * *", "0", "day of month 0 is not in 1..31", ""),
    ("* * * 13 *", "13", "month 13 is not in 1..12", "or a name: JAN, FEB"),
    ("* * * * 8", "8", "day of week 8 is not in 0..7", ""),
    ("0,99 * * * *", "99", "minute 99 is not in 0..59", ""),
    ("5-2 * * * *", "5-2", "minute range 5-2 runs backwards", "split it in two with a comma"),
    ("* * * * fri-mon", "fri-mon", "day of week range fri-mon runs backwards", "split"),
    ("*/0 * * * *", "*/0", "minute step `0` is no whole number above 0", "`*/15`"),
    ("* * * sept *", "sept", "month `sept` is not understood", "did you mean `SEP`?"),
    ("* * * * sunday", "sunday", "day of week `sunday` is not understood", "`SUN`?"),
    ("* * L * *", "L", "day of month `L` is not understood", "from 1 to 31"),
    ("* * ? * *", "?", "day of month `?` is not understood", "write `*`"),
    ("0, * * * *", "", "minute `` is not understood", "write `*`, `5`"),
    ("٣ * * * *", "٣", "minute `٣` is not understood", ""),
    ("@daily", "@daily", "`@daily` is no cron of five fields", "write `0 0 * * *`"),
    (
        "0 0 6 * * *",
        "0 0 6 * * *",
        "a cron has five fields (minute, hour",
        "was `0 6 * * *` meant?",
    ),
    ("* * * *", "* * * *", "a cron has five fields (minute, hour, day of", "for example"),
    ("", "", "a cron has five fields", ""),
    ("0 0 31 2 *", "0 0 31 2 *", "`0 0 31 2 *` never occurs: no month it names has a day 31", ""),
    ("0 0 31 4,6 *", "0 0 31 4,6 *", "`0 0 31 4,6 *` never occurs", "an earlier day"),
    ("9" * 100_000, "9" * 100_000, "a cron has five fields", ""),
]


@pytest.mark.parametrize(("text", "at", "message", "help_"), WRONG)
def test_wrong(text: str, at: str, message: str, help_: str) -> None:
    (problem,) = cron_problems(text)
    assert text[problem.start : problem.end] == at
    assert problem.message.startswith(message)
    assert help_ in problem.help


def test_every_field_is_judged() -> None:
    assert [problem.start for problem in cron_problems("60 24 0 13 8")] == [0, 3, 6, 8, 11]


@pytest.mark.parametrize(
    ("text", "wanted"), [("@daily", "0 0 * * *"), ("0 0 6 * * *", "0 6 * * *")]
)
def test_suggestions_are_sound(text: str, wanted: str) -> None:
    (problem,) = cron_problems(text)
    assert problem.suggestion == wanted
    assert cron_problems(wanted) == []


@settings(deadline=None, max_examples=300)
@given(st.text("0123456789*/,-? JANMONfri@", max_size=20))
def test_what_is_right_has_a_next_time(text: str) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    if cron_problems(text):
        return
    assert len(next_times(text, "UTC", start, 1)) == 1


fields = st.tuples(
    st.sampled_from(["0", "59", "*/7", "60", "1-5"]),
    st.sampled_from(["*", "23", "24", "1,2"]),
    st.sampled_from(["*", "31", "0", "1-7"]),
    st.sampled_from(["*", "FEB", "13", "4-6"]),
    st.sampled_from(["*", "7", "8", "MON-FRI"]),
)


@settings(deadline=None, max_examples=200)
@given(fields.map(" ".join))
def test_cronsim_agrees_on_what_is_right(text: str) -> None:
    try:
        next(CronSim(text, datetime(2024, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration):
        assert cron_problems(text)
    else:
        assert not cron_problems(text)


def times(cron: str, zone: str, start: str, count: int) -> list[str]:
    return [
        time.strftime("%m-%d %H:%M %z")
        for time in next_times(cron, zone, datetime.fromisoformat(start), count)
    ]


def test_a_time_that_daylight_saving_skips_runs_at_the_next_valid_instant() -> None:
    assert times("30 2 * * *", "Europe/Berlin", "2024-03-30T12:00:00Z", 2) == [
        "03-31 03:00 +0200",
        "04-01 02:30 +0200",
    ]
    assert times("*/30 * * * *", "Europe/Berlin", "2024-03-31T00:00:00Z", 4) == [
        "03-31 01:30 +0100",
        "03-31 03:00 +0200",
        "03-31 03:30 +0200",
        "03-31 04:00 +0200",
    ]


def test_a_time_that_daylight_saving_doubles_runs_once() -> None:
    assert times("30 2 * * *", "Europe/Berlin", "2024-10-26T12:00:00Z", 2) == [
        "10-27 02:30 +0200",
        "10-28 02:30 +0100",
    ]
    between = "2024-10-27T00:45:00Z"  # after the first 02:30, before the second
    assert times("30 2 * * *", "Europe/Berlin", between, 1) == ["10-28 02:30 +0100"]


def test_a_day_that_a_zone_skipped_runs_when_the_next_begins() -> None:
    assert times("0 12 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", 3) == [
        "12-29 12:00 -1000",
        "12-31 00:00 +1400",
        "12-31 12:00 +1400",
    ]


def test_two_restricted_day_fields_are_alternatives() -> None:
    assert times("0 0 13 * FRI", "UTC", "2024-09-01T00:00:00Z", 3) == [
        "09-06 00:00 +0000",
        "09-13 00:00 +0000",
        "09-20 00:00 +0000",
    ]


def test_times_come_after_the_start() -> None:
    assert times("0 6 * * *", "UTC", "2024-01-01T06:00:00Z", 1) == ["01-02 06:00 +0000"]


zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])


@settings(deadline=None, max_examples=60)
@given(zones, st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)))  # noqa: DTZ001 - naive
@example("America/New_York", datetime(2021, 3, 14, 0, 20))  # noqa: DTZ001 - clocks go forward
def test_times_rise_and_leave_no_gap(zone: str, start: datetime) -> None:
    times_there = next_times("*/20 * * * *", zone, start.replace(tzinfo=UTC), 20)
    # In one zone Python subtracts what clocks show, which is no time where they are put forward.
    found = [time.astimezone(UTC) for time in times_there]
    gaps = {later - earlier for earlier, later in pairwise(found)}
    assert sorted(set(found)) == found
    assert all(timedelta() < gap <= timedelta(minutes=20) for gap in gaps)


ZONES = [
    ("Europe/Berln", "did you mean `Europe/Berlin`?"),
    ("berlin", "did you mean `Europe/Berlin`?"),
    ("New York", "did you mean `America/New_York`?"),
    ("PST", "write an IANA name such as `Europe/Berlin`"),
    ("", "write an IANA name"),
    ("../../etc/passwd", "write an IANA name"),
    ("\0", "write an IANA name"),
    ("x" * 10_000, "write an IANA name"),
]


@pytest.mark.parametrize(("name", "help_"), ZONES)
def test_unknown_time_zones(name: str, help_: str) -> None:
    problem = timezone_problem(name)
    assert problem is not None
    assert problem[1].startswith(help_)


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"])
def test_known_time_zones(name: str) -> None:
    assert timezone_problem(name) is None
