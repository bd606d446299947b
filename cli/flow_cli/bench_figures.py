"""Figures of a benchmark: what was measured round by round, and how two versions compare.

Machines are noisy, so no figure stands alone: each has an interval that its median lies in with a
confidence of at least 95 in 100, whatever the noise is like (by order statistics).
"""

import math
import statistics
from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from flow_cli.errors import UserError

Unit: TypeAlias = Literal["s", "bytes"]


class Measure(msgspec.Struct, frozen=True):
    """What was measured in each round: seconds of CPU time, or bytes."""

    unit: Unit
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value that half of the rounds do not exceed."""
        return statistics.median(self.values)

    @property
    def least(self) -> float:
        """The value of the best round, which the machine disturbed least."""
        return min(self.values)

    @property
    def spread(self) -> float:
        """How far the interval of the median reaches, as a share of the median."""
        low, high = interval(self.values)
        return max(high - self.median, self.median - low) / self.median if self.median else 0


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured of one version; kept in files.

    ``attempts`` are those of one run; ``yardstick`` is a piece of work that has nothing to do with
    Flow, measured in the same rounds: it tells how fast the machine was.
    """

    flow_bench: Literal[1] = 1
    pipeline: str
    attempts: int
    yardstick: Measure
    measures: dict[str, Measure]


class Ratio(msgspec.Struct, frozen=True):
    """New to old; as far as noise lets one say, the true ratio lies from ``low`` to ``high``."""

    median: float
    low: float
    high: float


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The bounds of a median: two values between which it lies in 95 of 100 cases.

    Of fewer than six values it is the least and the greatest, which is less sure.

    >>> interval([5, 1, 4, 2, 3, 6, 7, 8])
    (1, 8)
    >>> interval(range(20))
    (5, 14)
    """
    ordered, count = sorted(values), len(values)
    rank, below = 0, 1 / 2**count
    while below <= 0.025:  # noqa: PLR2004 - 2.5 of 100 on each side
        rank += 1
        below += math.comb(count, rank) / 2**count
    rank = max(rank - 1, 0)
    return ordered[rank], ordered[count - 1 - rank]


def paired(new: Measure, old: Measure) -> Ratio:
    """The ratio of what was measured in the same rounds, so that noise hit both alike."""
    ratios = [a / b for a, b in zip(new.values, old.values, strict=True) if b] or [1.0]
    return Ratio(statistics.median(ratios), *interval(ratios))


def apart(new: Bench, old: Bench, name: str) -> Ratio:
    """The ratio of what was measured at different times; seconds count in yardsticks."""
    now, then = new.measures[name], old.measures[name]
    pace = new.yardstick.least / old.yardstick.least if now.unit == "s" else 1.0
    (low, high), (old_low, old_high) = interval(now.values), interval(then.values)
    if not old_low:
        return Ratio(1, 1, 1)
    median = now.median / then.median / pace
    return Ratio(median, low / old_high / pace, high / old_low / pace)


def read_bench(text: str, name: str) -> Bench:
    """The figures that `--save` has written.

    Raises:
        UserError: the text holds none.
    """
    try:
        return msgspec.json.decode(text, type=Bench)
    except msgspec.DecodeError as error:
        message = f"`{name}` holds no figures of `flow bench`: {error}"
        raise UserError(message, "write them with `flow bench PIPELINE --save FILE`") from None
