"""`flow_faults`: a test that is called once for each fault of a pipeline."""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, wraps
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import msgspec
import pytest

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start
from flow_core.model.scenario import Scenario
from flow_core.plan.plan import Leaf
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.fault_sweep import Sweep, Sweeper
from flow_core.simulate.faults import KINDS, FaultPlan
from flow_core.simulate.outcomes import Result, Source
from flow_core.simulate.scenarios import Subject
from flow_core.simulate.stand_ins import with_stand_ins
from flow_testing import keeping
from flow_testing.chosen import Kinds, Steps, chosen_kinds, chosen_steps
from flow_testing.errors import FlowTestError
from flow_testing.locating import caller_folder, find_subject
from flow_testing.mocking import Attempt, TestMocks, mocks_of
from flow_testing.recording import record
from flow_testing.running import SimulatedRun
from flow_testing.stand_ins import stand_in
from flow_testing.sweeps.worlds import choose_worlds, sweeper

Test = Callable[..., object]
Does: TypeAlias = "Attempt | Sequence[Attempt]"
MOST = 500
"""So many runs a test gets unless it asks for more."""


def flow_faults(  # noqa: PLR0913 - all but the path by name
    path: str | PathLike[str],
    *,
    each: Kinds = KINDS,
    depth: int = 1,
    inputs: Mapping[str, Json] | None = None,
    mocks: Mapping[str, Does] | None = None,
    steps: Steps | None = None,
    most: int = MOST,
) -> Callable[[Test], Test]:
    """Call a test with one ``run`` for each fault plan of a pipeline; the first has no fault.

    ``each`` are the kinds of faults (``error``, ``timeout``, ``slow``), ``depth`` how many of them
    one run has at most, ``steps`` those that may fail (all without it). What ``inputs`` and
    ``mocks`` leave out is drawn from types, the same each time. A test that would get more than
    ``most`` runs fails instead.

    Raises:
        FlowTestError: no pipeline is named.
    """
    __tracebackhide__ = True
    _see_named(path)
    wanted = _Wanted(path, caller_folder(), each, depth, inputs, mocks, steps, most)
    return lambda test: _parametrized(test, _Faults(wanted))


def _see_named(path: object) -> None:
    __tracebackhide__ = True
    if not isinstance(path, str | PathLike):
        raise FlowTestError('name the pipeline: `@flow_faults("order.flow.yaml")`')


class _Wanted(msgspec.Struct, frozen=True):
    """What `flow_faults` was asked for, and the folder of the test."""

    path: str | PathLike[str]
    folder: Path
    each: Kinds
    depth: int
    inputs: Mapping[str, Json] | None
    mocks: Mapping[str, Does] | None
    steps: Steps | None
    most: int


class _Faults:
    """The fault plans of a pipeline, found when somebody asks."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted

    @cached_property
    def subject(self) -> Subject:
        """The pipeline.

        Raises:
            SimulationError: there is none.
        """
        return find_subject(self._wanted.path, self._wanted.folder)

    @cached_property
    def sweeper(self) -> Sweeper:
        """What makes the runs.

        Raises:
            SimulationError: the pipeline or what it is given has errors.
            FlowTestError: a mock or a step is wrong.
        """
        plan = self.subject.plan
        each, steps = chosen_kinds(self._wanted.each), chosen_steps(plan, self._wanted.steps)
        mocked = None
        if self._wanted.mocks is not None:
            mocked = _mocked(self.subject, self._wanted.mocks)
            plan = with_stand_ins(plan, self._wanted.mocks)
        (world,) = choose_worlds(plan, most=1, given=self._wanted.inputs, mocks=mocked)
        made = sweeper(plan, world, each=each, mocks=mocked, steps=steps)
        error = made.run(FaultPlan()).error
        if error is not None:
            raise error
        return made

    @cached_property
    def plans(self) -> list[FaultPlan | FlowTestError]:
        """All fault plans, or the one reason why there are none."""
        try:
            swept: Sweep = self.sweeper.sweep(self._wanted.depth, self._wanted.most)
        except SimulationError as error:
            return [FlowTestError(error.message, error.help)]
        except FlowTestError as error:
            return [error]
        if not swept.complete:
            message = f"`{self._wanted.path}` has more than {self._wanted.most} fault plans"
            help_ = "name `steps`, take a smaller `depth`, or allow more: `most=…`"
            return [FlowTestError(message, help_)]
        return [case.plan for case in swept.cases]


def _mocked(subject: Subject, mocks: Mapping[str, Does]) -> Callable[[], Source]:
    """What makes sources of mocks; what they leave open, other sources have to say.

    Raises:
        FlowTestError: one is none, or mocks nothing.
    """
    read = {what: mocks_of(stand_in(subject, what), does, None) for what, does in mocks.items()}
    return lambda: _SomeMocks(Scenario("", (), mocks=read))


class _SomeMocks(TestMocks):
    """Mocks that leave open what they do not name, and what comes after the last of a list."""

    def __call__(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        if self._find(start, leaf, kernel) is None:
            return None
        try:
            return super().__call__(start, leaf, kernel)
        except SimulationError:
            return None


class _Cases(Collection["FaultPlan | FlowTestError"]):
    """The parameters of a test, which are found when pytest collects it."""

    def __init__(self, faults: _Faults) -> None:
        self._faults = faults

    def __len__(self) -> int:
        return len(self._faults.plans)

    def __iter__(self) -> Iterator[FaultPlan | FlowTestError]:
        return iter(self._faults.plans)

    def __contains__(self, plan: object) -> bool:
        return plan in self._faults.plans


def _id(plan: object) -> str:
    return plan.id if isinstance(plan, FaultPlan) else "can't be run"


def _parametrized(test: Test, faults: _Faults) -> Test:
    @wraps(test)
    def run_test(*args: Any, flow_fault: FaultPlan | FlowTestError, **more: Any) -> object:
        __tracebackhide__ = True
        if isinstance(flow_fault, FlowTestError):
            _refuse(flow_fault)
        case = faults.sweeper.run(flow_fault)
        if case.run is None:
            error = case.error or SimulationError("it can't be run")
            _refuse(FlowTestError(error.message, error.help))
        keeping.watch()
        record(case.run)
        return test(*args, run=SimulatedRun(case.run, faults.subject), **more)

    signature = inspect.signature(test)
    if "run" not in signature.parameters:
        raise TypeError(f"`{test.__name__}` needs an argument `run`: `flow_faults` gives it runs")
    kept = [each for each in signature.parameters.values() if each.name != "run"]
    own = inspect.Parameter("flow_fault", inspect.Parameter.KEYWORD_ONLY)
    vars(run_test)["__signature__"] = signature.replace(parameters=[*kept, own])
    mark = pytest.mark.parametrize("flow_fault", _Cases(faults), ids=_id)
    marked: Test = mark(run_test)
    return marked


def _refuse(error: FlowTestError) -> NoReturn:
    """Fail a test that can't be run; not hidden, as pytest tells it if all frames are."""
    pytest.fail(str(error), pytrace=False)
