"""What is left to chance in a dry run: how long attempts take and which of them fail.

A duration is drawn from the log-normal distribution whose median is the estimate's `p50` and whose
95th percentile is its `p95`; who fails does so with one of the errors that the component declares.
"""

import math
from typing import TYPE_CHECKING

from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.plan.plan import Leaf, Target
from flow_core.simulate.outcomes import Result, unknown_outputs

if TYPE_CHECKING:
    from random import Random

_Z95 = 1.6448536269514722
"""The 95th percentile of the standard normal distribution."""


class Lots:
    """Draws lots; without ``random`` nothing is left to chance."""

    def __init__(self, random: "Random | None" = None) -> None:
        self._random = random

    def duration(self, target: Target) -> int:
        """How long an attempt takes, in microseconds; without chance, the estimate's `p50`."""
        half, most = target.p50 or 0, target.p95 or 0
        if self._random is None or not half or most <= half:
            return half
        sigma = math.log(most / half) / _Z95
        return round(half * math.exp(sigma * self._random.gauss(0, 1)))

    def error(self, target: Target, rate: float) -> str | None:
        """The error of an attempt of which the share ``rate`` fails, None where it succeeds."""
        if self._random is None or self._random.random() >= rate:
            return None
        return self._random.choice(sorted(target.errors or ()) or ["unexpected"])


class Drawn:
    """The source of results that are drawn: attempts of effects end as their estimates say."""

    def __init__(self, lots: Lots) -> None:
        self._lots = lots

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        """How an attempt ends, None where it has no effect."""
        return self.result(start, leaf) if leaf.target.effect else None

    def result(self, start: Start, leaf: Leaf) -> Result:
        """How an attempt ends that goes as its estimate says."""
        takes = self._lots.duration(leaf.target)
        error = self._lots.error(leaf.target, leaf.target.failure_rate)
        if error is None:
            return Result(takes, Succeeded(start.id, unknown_outputs(start, leaf)))
        return Result(takes, Failed(start.id, error, "drawn by its `failure_rate`"))
