import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.analysis.waits import attempts_before, total_wait, wait
from flow_core.durations import MAX_DURATION
from flow_core.model.pipeline import Retry

SECOND = 1_000_000

RETRIES = st.builds(
    Retry,
    max_attempts=st.integers(1, 40),
    delay=st.integers(0, 10 * SECOND),
    backoff=st.sampled_from(["fixed", "linear", "exponential"]),
    factor=st.sampled_from([0, 0.5, 1, 1.5, 2, 1e300]),
    max_delay=st.none() | st.integers(0, 100 * SECOND),
    jitter=st.sampled_from([0, 0.25, 1]),
)


@pytest.mark.parametrize(
    ("retry", "waits"),
    [
        (Retry(4, SECOND), [1, 1, 1]),
        (Retry(4, SECOND, "linear"), [1, 2, 3]),
        (Retry(4, SECOND, "exponential", 3), [1, 3, 9]),
        (Retry(5, SECOND, "exponential", 3, max_delay=5 * SECOND), [1, 3, 5, 5]),
        (Retry(3, 0, "exponential", 1e300), [0, 0]),
        (Retry(3, 8 * SECOND, "exponential", 0), [8, 0]),
    ],
)
def test_waits_grow_as_the_backoff_says(retry: Retry, waits: list[int]) -> None:
    found = [wait(retry, failed) / SECOND for failed in range(1, retry.max_attempts)]
    assert found == waits
    assert total_wait(retry) == sum(waits) * SECOND


def test_no_wait_is_beyond_all_durations() -> None:
    assert wait(Retry(500, SECOND, "exponential", 1e300), 499) == MAX_DURATION
    assert wait(Retry(500, MAX_DURATION, "linear"), 499) == MAX_DURATION


@settings(max_examples=200, deadline=None)
@given(RETRIES, st.integers(1, 500 * SECOND))
def test_sums_agree_with_waits_taken_one_by_one(retry: Retry, deadline: int) -> None:
    waits = [wait(retry, failed) for failed in range(1, retry.max_attempts)]
    assert total_wait(retry) == sum(waits)
    elapsed, started = 0.0, 1
    for each in waits:
        elapsed += each * (1 - retry.jitter)
        if elapsed >= deadline:
            break
        started += 1
    assert attempts_before(retry, deadline) == started


def test_many_attempts_are_counted_in_no_time() -> None:
    endless = Retry(10**15, SECOND)
    assert total_wait(endless) == (10**15 - 1) * SECOND
    assert attempts_before(endless, 10**9 * SECOND) == 10**9
    assert attempts_before(Retry(10**15, SECOND, jitter=1), SECOND) == 10**15
