"""Durations: read, written, and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_core.durations import MAX_DURATION, parse_duration, show_duration

READ = [
    ("250ms", 250_000),
    ("30s", 30_000_000),
    ("1h30m", 5_400_000_000),
    ("1d", 86_400_000_000),
    ("007s", 7_000_000),
    ("0s", 0),
    ("9223372036854775807us", MAX_DURATION),
]


@pytest.mark.parametrize(("text", "microseconds"), READ)
def test_read(text: str, microseconds: int) -> None:
    assert parse_duration(text) == microseconds


REFUSED = [
    "",
    "5",
    "s",
    "1.5s",
    "-1s",
    "1 s",
    "1w",
    "1S",
    "٣s",
    "9223372036854775808us",
    "9" * 9_999,
]


@pytest.mark.parametrize("text", [*REFUSED, "9" * 9_999 + "s", "0" * 9_999 + "s1"])
def test_refused(text: str) -> None:
    assert parse_duration(text) is None


@given(st.integers(0, MAX_DURATION))
def test_what_is_written_is_read(microseconds: int) -> None:
    assert parse_duration(show_duration(microseconds)) == microseconds
