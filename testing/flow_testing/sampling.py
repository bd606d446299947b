"""What a test looks at after many runs: how long and how dear they are, how many succeed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from flow_core.simulate.run import Run
from flow_core.simulate.samples import Distribution, Samples, readable
from flow_core.simulate.samples_text import percentiles, render
from flow_testing.amounts import Duration
from flow_testing.errors import FlowTestError
from flow_testing.given import percentage
from flow_testing.running import SimulatedRun

_T = TypeVar("_T")


class Figures(Generic[_T]):
    """A figure of many runs, by percentiles: ``elapsed.p95`` is what 95 of 100 stay within."""

    def __init__(self, found: Distribution, show: Callable[[float], _T]) -> None:
        self._found = found
        self._show = show

    def __repr__(self) -> str:
        return f"<{percentiles(self._found, lambda value: str(self._show(value)))}>"

    def _compare(self, _other: object) -> bool:
        """Refuse, as no test means all figures at once."""
        __tracebackhide__ = True
        raise FlowTestError("many runs have many figures", "say which: `.p95`, `.most`")

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = _compare
    __hash__ = object.__hash__

    def at(self, percent: float) -> _T:
        """What so many of 100 runs stay within (nearest rank).

        Raises:
            FlowTestError: that is no percentage.
        """
        __tracebackhide__ = True
        percentage(percent)
        return self._show(self._found.at(percent))

    @property
    def p50(self) -> _T:
        """What half of the runs stay within."""
        return self.at(50)

    @property
    def p75(self) -> _T:
        """What 75 of 100 runs stay within."""
        return self.at(75)

    @property
    def p90(self) -> _T:
        """What 90 of 100 runs stay within."""
        return self.at(90)

    @property
    def p95(self) -> _T:
        """What 95 of 100 runs stay within."""
        return self.at(95)

    @property
    def p99(self) -> _T:
        """What 99 of 100 runs stay within."""
        return self.at(99)

    @property
    def least(self) -> _T:
        """The figure of the best run."""
        return self._show(self._found.least)

    @property
    def most(self) -> _T:
        """The figure of the worst run."""
        return self._show(self._found.most)


class Sampled:
    """Many runs of a pipeline, with seed after seed."""

    def __init__(self, samples: Samples, shown: Callable[[Run], SimulatedRun]) -> None:
        self._samples = samples
        self._shown = shown

    def __repr__(self) -> str:
        return (
            f"<{self.count} runs from seed {self._samples.seed} on, worst seed {self.worst_seed}>"
        )

    def __str__(self) -> str:
        """The percentiles, and a histogram of the durations."""
        return render(self._samples)

    if not TYPE_CHECKING:  # a type checker tells by itself what is not there

        def __getattr__(self, name: str) -> Any:
            """Tell what to look at instead of what one run has."""
            __tracebackhide__ = True
            help_ = "whether all succeeded is `success_rate == 1`, one run is `worst` or `failure`"
            raise AttributeError(f"many runs have no `{name}`: {help_}")

    @property
    def count(self) -> int:
        """How many runs there were."""
        return self._samples.count

    @property
    def elapsed(self) -> Figures[Duration]:
        """How long the runs took, in virtual time; rounded up to milliseconds."""
        return Figures(self._samples.durations, lambda value: Duration(readable(value)))

    @property
    def cost(self) -> Figures[float]:
        """What the runs cost."""
        return Figures(self._samples.costs, float)

    @property
    def success_rate(self) -> float:
        """The share of the runs that succeeded, 0 to 1."""
        return self._samples.success_rate

    @property
    def worst(self) -> SimulatedRun:
        """The longest run."""
        return self._shown(self._samples.kept[self._samples.longest])

    @property
    def worst_seed(self) -> int:
        """The seed of the longest run: ``flow(…, seed=…).sample(1)`` makes it again."""
        return self._samples.longest

    @property
    def dearest(self) -> SimulatedRun:
        """The run that cost the most."""
        return self._shown(self._samples.kept[self._samples.dearest])

    @property
    def failure(self) -> SimulatedRun | None:
        """The first run that did not succeed, None where all did."""
        seed = self._samples.failure
        return None if seed is None else self._shown(self._samples.kept[seed])
