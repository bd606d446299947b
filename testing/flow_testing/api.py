"""`flow("order.flow.yaml")`: a pipeline under test, its mocks, and the runs of it."""

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from random import Random
from typing import Any, cast

from flow_core.model.scenario import Mocks, Scenario
from flow_core.printable import shown_name
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.faults import Fault, FaultPlan, FaultSource, check_faults
from flow_core.simulate.lots import Lots
from flow_core.simulate.run import Begun, Run, begin
from flow_core.simulate.samples import collect
from flow_core.simulate.scenarios import Subject
from flow_testing.amounts import Length, Moment, in_full, length_of
from flow_testing.errors import FlowTestError, told
from flow_testing.failures import findings_text
from flow_testing.given import by_name, number, text
from flow_testing.live_runs import LiveRun
from flow_testing.locating import caller_folder, find_subject
from flow_testing.mocking import Attempt, Examples, TestMocks, mocks_of
from flow_testing.recording import recent, record, sampled
from flow_testing.running import SimulatedRun
from flow_testing.sampling import Sampled
from flow_testing.snapshots import Snapshots
from flow_testing.stand_ins import stand_in


class PipelineTest:
    """A pipeline with inputs and mocks. Mocks are strict: an effect that has none is an error."""

    def __init__(
        self,
        flow: "Flow",
        subject: Subject,
        inputs: Mapping[str, Any],
        seed: int | None,
        *,
        mock_all: bool = False,
    ) -> None:
        self._flow = flow
        self._subject = subject
        self._inputs = dict(inputs)
        self._seed = seed
        self._mock_all = mock_all
        self._mocks: dict[str, Mocks] = {}

    def __repr__(self) -> str:
        return f"<test of {self._subject.module.pipeline.name}>"

    def mock(
        self,
        what: str,
        returns: Attempt | Sequence[Attempt] = (),
        *,
        takes: Length | None = None,
        failure_rate: float | None = None,
    ) -> "PipelineTest":
        """Say what a step, or each call of a component, does instead of its effect.

        ``returns`` are the outputs by name, what `fail` or `hang` make, or a function that takes
        the inputs by name as a dict; a list has one of these for each attempt. ``takes`` is how
        long an attempt takes, without it the estimate's p50. Of many runs (`sample`), an attempt
        without ``takes`` takes a time that is drawn, and the share ``failure_rate`` fails.

        Raises:
            FlowTestError: there is nothing of that name, or it can't do that.
        """
        __tracebackhide__ = True
        does: Attempt | Sequence[Attempt] = {} if returns == () else returns
        target = stand_in(self._subject, what)
        self._mocks[what] = mocks_of(target, does, takes, failure_rate)
        return self

    def simulate(
        self,
        *,
        start: Moment | None = None,
        until: Length | None = None,
        faults: "FaultPlan | Sequence[Fault]" = (),
    ) -> SimulatedRun:
        """Run it in virtual time: to its end, or ``until`` so much time has passed.

        ``start`` is the time at which it begins, with an offset: ``2026-11-20T06:00Z``.

        Raises:
            FlowTestError: an effect has no mock, or an input does not fit.
        """
        __tracebackhide__ = True
        self._see_one_run("simulate")
        begun = self._begin(start, _faults(faults))
        most = None if until is None else length_of(until)
        return SimulatedRun(self._driven(begun, until=most), self._subject, self._flow.snapshots)

    def start(self, *, start: Moment | None = None) -> LiveRun:
        """Begin a run whose time the test moves.

        Raises:
            FlowTestError: an effect has no mock, or an input does not fit.
        """
        __tracebackhide__ = True
        self._see_one_run("start")
        run = _live(self._begin(start, ()), self._subject, self._flow.snapshots)
        self._flow.begun.append(run)
        return run

    def sample(self, count: int = 500, *, start: Moment | None = None) -> Sampled:
        """Run it to its end with ``count`` seeds, from the test's own (else 0) on.

        Durations that no mock fixes are drawn from estimates (R-mock-8). With ``mock_all``,
        effects that have no mock fail as often as their estimates say.

        Raises:
            FlowTestError: as `simulate` does, and if there are fewer runs than one.
        """
        __tracebackhide__ = True
        number(count, "number of runs", 1)
        first = self._seed or 0
        runs = (self._sampled(seed, start) for seed in range(first, first + count))
        samples = collect(runs, first)
        recent.append(lambda: samples.kept[samples.longest])
        sampled.append(samples)
        return Sampled(samples, lambda run: SimulatedRun(run, self._subject))

    def _see_one_run(self, how: str) -> None:
        """See that no mock is one for many runs alone."""
        __tracebackhide__ = True
        attempts = (mock for mocks in self._mocks.values() for mock in mocks.attempts)
        if any(mock.failure_rate is not None for mock in attempts):
            message = f"`failure_rate` is of many runs, and `{how}()` makes one: `.sample(500)`"
            raise FlowTestError(message)

    def _sampled(self, seed: int, start: Moment | None) -> Run:
        __tracebackhide__ = True
        lots = Lots(Random(seed))  # noqa: S311 - to be repeatable, not secret
        return self._driven(self._begin(start, (), seed, lots), shown=False)

    @told
    def _driven(self, begun: Begun, *, until: int | None = None, shown: bool = True) -> Run:
        try:
            begun.driver.run(until=until)
        except Exception:
            recent.append(begun.run)  # how far it came
            raise
        record(begun.run(), shown=shown)
        if until is None and not self._mock_all:
            begun.refuse_waiting()
        return begun.run()

    def _begin(
        self,
        start: Moment | None,
        faults: Sequence[Fault],
        seed: int | None = None,
        lots: Lots | None = None,
    ) -> Begun:
        __tracebackhide__ = True
        plan = self._plan()
        scenario = Scenario("", (), mocks=self._mocks)
        otherwise = Examples(lots or Lots()) if self._mock_all else None
        mocks = TestMocks(scenario, "", lots, otherwise=otherwise)
        seed = self._seed if seed is None else seed
        try:
            check_faults(plan, faults)
            source = FaultSource(faults) if faults else None
            began = None if start is None else in_full(start)
            return begin(plan, self._inputs, mocks, seed, start=began, asked=(source, mocks))
        except SimulationError as error:
            raise FlowTestError(error.message, _for_python(error, self._subject)) from None

    def _plan(self) -> Any:
        __tracebackhide__ = True
        subject = self._subject
        if subject.errors:
            raise FlowTestError(findings_text(subject.errors, subject.module, str(Path.cwd())))
        return subject.plan


def _faults(given: object) -> tuple[Fault, ...]:
    __tracebackhide__ = True
    found = tuple(cast("Iterable[object]", given) if isinstance(given, Iterable) else (given,))
    faults = tuple(each for each in found if isinstance(each, Fault))
    if len(faults) < len(found):
        help_ = 'give what `fault_plans` draws, or `FaultPlan.read("open#1=hang")`'
        raise FlowTestError(f"{given!r} are no faults", help_)
    return faults


@told
def _live(begun: Begun, subject: Subject, snapshots: Snapshots | None) -> LiveRun:
    return LiveRun(begun, subject, snapshots)


def _for_python(error: SimulationError, subject: Subject) -> str:
    """How to mend what is wrong with inputs, in the words of a test."""
    if error.code != "FL803" or "`--input" not in error.help:
        return error.help
    needed = ", ".join(f'"{name}": …' for name in subject.module.pipeline.inputs)
    return f"give it: `inputs={{{needed}}}`"


class Flow:
    """Makes tests of pipelines; paths start from the folder of the test, or one above it.

    ``begun`` are the runs whose time the test moves.
    """

    def __init__(self, folder: Path, snapshots: Snapshots | None = None) -> None:
        self._folder = folder
        self.snapshots = snapshots
        self.begun: list[LiveRun] = []

    def __repr__(self) -> str:
        return f"<pipelines from {shown_name(str(self._folder), str(Path.cwd()))}>"

    def close(self) -> None:
        """The test is over: what it began and did not end is measured as far as it has come."""
        for run in self.begun:
            run.close()

    def __call__(
        self,
        path: str | PathLike[str],
        inputs: Mapping[str, Any] | None = None,
        seed: int | None = None,
        *,
        mock_all: bool = False,
    ) -> PipelineTest:
        """A pipeline under test. With ``mock_all``, effects without a mock give example values.

        Without a ``seed`` waits have no jitter.

        Raises:
            FlowTestError: there is no such pipeline.
        """
        __tracebackhide__ = True
        if not isinstance(path, PathLike):
            text(path, "path of a pipeline")
        by_name({} if inputs is None else inputs, "inputs")
        if seed is not None:
            number(seed, "seed")
        try:
            subject = find_subject(path, self._folder)
        except SimulationError as error:
            raise FlowTestError(error.message, error.help) from None
        return PipelineTest(self, subject, inputs or {}, seed, mock_all=mock_all)


def simulate(  # noqa: PLR0913 - what a run depends on
    path: str | PathLike[str],
    inputs: Mapping[str, Any] | None = None,
    faults: "FaultPlan | Sequence[Fault]" = (),
    *,
    mocks: Mapping[str, Attempt | Sequence[Attempt]] | None = None,
    seed: int | None = None,
    start: Moment | None = None,
) -> SimulatedRun:
    """Run a pipeline at once, for tests without the fixture.

    Effects that have no mock give example values; ``faults`` let attempts fail beyond that.

    Raises:
        FlowTestError: there is no such pipeline, or it can't be run so.
    """
    __tracebackhide__ = True
    test = Flow(caller_folder())(path, inputs, seed, mock_all=True)
    for what, does in by_name(mocks or {}, "mocks").items():
        test.mock(what, does)
    return test.simulate(start=start, faults=faults)
