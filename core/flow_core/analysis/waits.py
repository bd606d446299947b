"""The waits of a retry policy: how long between two attempts, and in all."""

from collections.abc import Iterator

from flow_core.durations import MAX_DURATION
from flow_core.model.pipeline import Retry

_MAX_LOOPS = 1000
"""After so many growing waits the rest are taken to be as long as the last one."""


def wait(retry: Retry, failed: int) -> int:
    """The longest wait after the attempt of this number, in microseconds (R-retry-4)."""
    if not retry.delay:
        return 0
    limit = _longest(retry)
    match retry.backoff:
        case "fixed":
            return min(retry.delay, limit)
        case "linear":
            return min(retry.delay * failed, limit)
        case "exponential":
            return int(min(retry.delay * _power(retry.factor, failed - 1), limit))


def total_wait(retry: Retry) -> int:
    """All waits together, if every attempt but the last fails and none is cut short."""
    total, counted = 0, 0
    for found in _waits(retry):
        total, counted = total + found, counted + 1
    rest = retry.max_attempts - 1 - counted
    return total if rest <= 0 else total + rest * wait(retry, counted)


def attempts_before(retry: Retry, deadline: int) -> int:
    """How many attempts can start before a deadline when each fails at once.

    The waits are as short as `jitter` can make them.
    """
    elapsed = 0.0
    started = 1
    for found in _waits(retry):
        elapsed += found * (1 - retry.jitter)
        if elapsed >= deadline:
            return started
        started += 1
    last = wait(retry, started) * (1 - retry.jitter)
    rest = retry.max_attempts - started
    if rest <= 0 or last == 0:
        return retry.max_attempts
    return started + min(rest, max(0, -int(-(deadline - elapsed) // last) - 1))


def _waits(retry: Retry) -> Iterator[int]:
    """The waits one by one, up to the first after which they stay the same."""
    for failed in range(1, min(retry.max_attempts, _MAX_LOOPS)):
        yield wait(retry, failed)
        if _is_steady(retry, wait(retry, failed)):
            return


def _is_steady(retry: Retry, found: int) -> bool:
    """Whether all waits after one of this length are as long."""
    if retry.backoff == "fixed" or not found:
        return True
    grows = retry.backoff == "linear" or retry.factor >= 1
    return grows and found == _longest(retry)


def _longest(retry: Retry) -> int:
    return MAX_DURATION if retry.max_delay is None else retry.max_delay


def _power(base: float, exponent: int) -> float:
    try:
        return float(base) ** exponent
    except OverflowError:
        return float("inf")
