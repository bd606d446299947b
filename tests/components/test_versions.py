"""Versions, ranges, precedence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.components.versions import (
    matches,
    parse_range,
    parse_version,
    range_problem,
    version_problem,
)

MATCHES = [
    ("", "anything", True),
    ("1.2.3", "1.2.3", True),
    ("1.2.3", "1.2.4", False),
    ("1.2", "1.2.9", True),
    ("1.2", "1.3.0", False),
    ("1", "1.9.0", True),
    ("1", "2.0.0", False),
    ("0", "0.9.9", True),
    ("^2.1", "2.1.0", True),
    ("^2.1", "2.9.9", True),
    ("^2.1", "2.0.9", False),
    ("^2.1", "3.0.0", False),
    ("^0.2.3", "0.2.9", True),
    ("^0.2.3", "0.3.0", False),
    ("^0.0.3", "0.0.3", True),
    ("^0.0.3", "0.0.4", False),
    ("^0", "0.9.0", True),
    ("^0", "1.0.0", False),
    ("^0.0", "0.0.7", True),
    ("^0.0", "0.1.0", False),
    ("~1.2.3", "1.2.9", True),
    ("~1.2.3", "1.2.2", False),
    ("~1.2.3", "1.3.0", False),
    ("~1.2", "1.2.0", True),
    ("~1", "1.9.0", True),
    ("~1", "2.0.0", False),
    ("^1.0.0", "1.1.0-beta", False),
    ("^1.0.0", "2.0.0-beta", False),
    ("^1.0.0-beta", "1.0.0-beta.1", True),
    ("^1.0.0-beta", "1.0.0-alpha", False),
    ("^1.0.0-beta", "1.0.0", True),
    ("^1.0.0-beta", "1.1.0-beta", False),
    ("1.0.0+build", "1.0.0+other", True),
    ("^2.1", "2.1", True),
    ("^1.0", "1.10", True),
    ("^1.10", "1.9", False),
    ("^2", "2", True),
    (">=2", "2.0.0", False),
]


@pytest.mark.parametrize(("wanted", "version", "expected"), MATCHES)
def test_matches(wanted: str, version: str, *, expected: bool) -> None:
    assert matches(wanted, version) is expected


ORDER = [
    "0.9.0",
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-10",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0",
    "1.0.1",
    "1.10.0",
]


@pytest.mark.parametrize(("low", "high"), [(a, b) for i, a in enumerate(ORDER) for b in ORDER[i:]])
def test_precedence(low: str, high: str) -> None:
    lower, higher = parse_version(low), parse_version(high)
    assert lower.precedes(higher) is (low != high)
    assert higher.precedes(lower) is False


@pytest.mark.parametrize(
    "text", ["", "v1.2.3", "1.", "1.2.", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3 ", "1.2.٣"]
)
def test_bad_versions(text: str) -> None:
    assert parse_version(text) is None
    assert version_problem(text) == (f"`{text}` is no version; expected one such as `1.4.0`")


@pytest.mark.parametrize(
    "text", ["", "*", ">=1", "^", "^^1", "~1.2.3.4", "1.x", "^1-beta", "1 - 2"]
)
def test_bad_ranges(text: str) -> None:
    assert parse_range(text) is None
    assert "expected `^2.1`, `~2.1` or an exact version" in range_problem(text)


def test_good_ones_have_no_problem() -> None:
    assert version_problem("1.2.3-rc.1+5") == range_problem("^1.2.3-rc.1") == ""


numbers = st.tuples(*[st.integers(0, 3)] * 3)


@settings(max_examples=200, deadline=None)
@given(numbers, numbers)
def test_tilde_is_within_caret_for_what_is_stable(
    base: tuple[int, int, int], offered: tuple[int, int, int]
) -> None:
    low, version = ".".join(map(str, base)), ".".join(map(str, offered))
    assert matches(low, version) == (base == offered)
    assert matches(f"^{low}", low)
    assert matches(f"~{low}", low)
    if base[0]:
        assert matches(f"^{low}", version) == (offered[0] == base[0] and offered >= base)
    assert matches(f"~{low}", version) == (offered[:2] == base[:2] and offered >= base)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_any_text(wanted: str, version: str) -> None:
    assert matches(wanted, version) in (True, False)
