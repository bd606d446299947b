"""`flow_faults`: a test that is called once for each fault of a pipeline."""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

import msgspec
import pytest

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start
from flow_core.module import Module
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.fault_sweep import Sweep, Sweeper
from flow_core.simulate.faults import KINDS, FaultPlan, Kind
from flow_core.simulate.mocks import ScenarioMocks
from flow_core.simulate.outcomes import Result, Source
from flow_core.simulate.run import blocking
from flow_core.simulate.scenarios import Subject
from flow_core.simulate.stand_ins import with_stand_ins
from flow_testing import keeping
from flow_testing.errors import FlowTestError
from flow_testing.locating import caller_folder, find_subject
from flow_testing.recording import record
from flow_testing.running import SimulatedRun
from flow_testing.sweeps.worlds import choose_worlds, sweeper

Test = Callable[..., object]
MOST = 500
"""So many runs a test gets unless it asks for more."""


def flow_faults(
    path: str,
    *,
    each: Collection[Kind] = KINDS,
    depth: int = 1,
    inputs: Mapping[str, Json] | None = None,
    mocks: Mapping[str, Json] | None = None,
    steps: Collection[str] | None = None,
    most: int = MOST,
) -> Callable[[Test], Test]:
    """Call a test with one ``run`` for each fault plan of a pipeline; the first has no fault.

    ``each`` are the kinds of faults (``error``, ``timeout``, ``slow``), ``depth`` how many of them
    one run has at most, ``steps`` those that may fail (all without it). ``inputs`` and ``mocks``
    are those of a scenario; what they leave out is drawn from types, the same each time. A test
    that would get more than ``most`` runs fails instead.
    """
    folder = caller_folder()

    def decorate(test: Test) -> Test:
        faults = _Faults(path, folder, frozenset(each), depth, inputs, mocks, steps, most)
        return _parametrized(test, faults)

    return decorate


class _Faults:
    """The fault plans of a pipeline, found when somebody asks."""

    def __init__(  # noqa: PLR0913 - the arguments of `flow_faults`
        self,
        path: str,
        folder: Path,
        each: Collection[Kind],
        depth: int,
        inputs: Mapping[str, Json] | None,
        mocks: Mapping[str, Json] | None,
        steps: Collection[str] | None,
        most: int,
    ) -> None:
        self._path = path
        self._folder = folder
        self._each = each
        self._depth = depth
        self._inputs = inputs
        self._mocks = mocks
        self._steps = steps
        self._most = most

    @cached_property
    def subject(self) -> Subject:
        """The pipeline.

        Raises:
            SimulationError: there is none.
        """
        return find_subject(self._path, self._folder)

    @cached_property
    def sweeper(self) -> Sweeper:
        """What makes the runs.

        Raises:
            SimulationError: the pipeline or what it is given has errors.
        """
        module, plan = self.subject.module, self.subject.plan
        _check_steps(plan, self._steps)
        mocked = None
        if self._mocks is not None:
            mocked = _mocked(module, self._mocks)
            plan = with_stand_ins(plan, self._mocks)
        found = choose_worlds(plan, most=1, given=self._inputs, mocks=mocked)
        if not found.chosen:
            raise next(iter(found.errors), SimulationError("no run can be simulated"))
        world = found.chosen[0][0]
        return sweeper(plan, world, each=self._each, mocks=mocked, steps=self._steps)

    @cached_property
    def plans(self) -> list[FaultPlan | SimulationError]:
        """All fault plans, or the one reason why there are none."""
        try:
            swept: Sweep = self.sweeper.sweep(self._depth, self._most)
        except SimulationError as error:
            return [error]
        if not swept.complete:
            message = f"`{self._path}` has more than {self._most} fault plans"
            help_ = "name `steps`, take a smaller `depth`, or allow more: `most=…`"
            return [SimulationError(message, None, help_)]
        return [case.plan for case in swept.cases]


def _check_steps(plan: PipelinePlan, steps: Collection[str] | None) -> None:
    from flow_core.suggest import closest
    from flow_testing.sweeps.spots import spots

    names = {part.partition("!")[0] for path in spots(plan) for part in path.split("/")}
    for step in steps or ():
        if step not in names:
            near = closest(step, names)
            help_ = f"did you mean `{near}`?" if near else ""
            raise SimulationError(f"`{plan.name}` has no step `{step}`", None, help_)


def _mocked(module: Module, mocks: Mapping[str, Json]) -> Callable[[], Source]:
    """What makes sources of mocks, which are read and checked as those of a scenario.

    Raises:
        SimulationError: one is none, or mocks nothing.
    """
    file = Path(module.file)
    data = {
        "flow_test": 1,
        "pipeline": f"./{file.name}",
        "scenarios": {"faults": {"mocks": mocks}},
    }
    name = str(file.with_name(f"{file.name.partition('.')[0]}.faults.flowtest.json"))
    written = module.project.add(name, msgspec.json.encode(data).decode())
    for problem in blocking(written):
        raise SimulationError(f"`mocks`: {problem.message}", None, problem.help, problem.code)
    scenario = written.scenario.scenarios["faults"]

    def make() -> Source:
        strict = ScenarioMocks(scenario, name)

        def lenient(start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
            try:
                return strict(start, leaf, kernel)
            except SimulationError:  # what is not mocked is drawn
                return None

        return lenient

    return make


class _Cases(Sequence[Any]):
    """The parameters of a test, which are found when pytest collects it."""

    def __init__(self, faults: _Faults) -> None:
        self._faults = faults

    def __len__(self) -> int:
        return len(self._faults.plans)

    def __getitem__(self, index: Any) -> Any:
        return self._faults.plans[index]


def _id(plan: object) -> str:
    return plan.id if isinstance(plan, FaultPlan) else "can't be run"


def _parametrized(test: Test, faults: _Faults) -> Test:
    @wraps(test)
    def run_test(*args: Any, flow_fault: FaultPlan | SimulationError, **more: Any) -> object:
        __tracebackhide__ = True
        if isinstance(flow_fault, SimulationError):
            raise _test_error(flow_fault) from None
        case = faults.sweeper.run(flow_fault)
        if case.run is None:
            raise _test_error(case.error or SimulationError("it can't be run")) from None
        keeping.watch()
        record(case.run)
        return test(*args, run=SimulatedRun(case.run, faults.subject), **more)

    signature = inspect.signature(test)
    if "run" not in signature.parameters:
        raise TypeError(f"`{test.__name__}` needs an argument `run`: `flow_faults` gives it runs")
    kept = [each for each in signature.parameters.values() if each.name != "run"]
    own = inspect.Parameter("flow_fault", inspect.Parameter.KEYWORD_ONLY)
    run_test.__signature__ = signature.replace(parameters=[*kept, own])  # type: ignore[attr-defined] # a function has it where it is set
    return pytest.mark.parametrize("flow_fault", _Cases(faults), ids=_id)(run_test)


def _test_error(error: SimulationError) -> FlowTestError:
    return FlowTestError(error.message, error.help)
