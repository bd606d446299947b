"""One simulated run: made by `simulate`, looked at through `Run`."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Error, Event, Note, Outcome, Signal, Start, StepResult
from flow_core.model.scenario import Scenario
from flow_core.plan.build import PlanError, make_plan
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.certainty import certainties
from flow_core.simulate.critical import critical_path
from flow_core.simulate.driver import MOST_EVENTS, Batch, Driver
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.given import check_inputs, microseconds_of
from flow_core.simulate.lots import Lots
from flow_core.simulate.mocks import ScenarioMocks
from flow_core.simulate.outcomes import History, Result, Source, built_in, estimated
from flow_core.simulate.secrets import Secrets
from flow_core.simulate.stand_ins import with_stand_ins
from flow_core.simulate.timeline import Certainty, Row, rows

if TYPE_CHECKING:
    from flow_core.builder import Pipeline
    from flow_core.diagnostics import Diagnostic
    from flow_core.module import Module


class Run:
    """A simulated run.

    ``inputs`` are those given, ``batches`` what happened, instant by instant, ``starts`` the
    attempts that were made and when; ``mocked`` are the keys of the mocks. A run that waits for
    what nobody sends has no ``outcome``.
    """

    def __init__(
        self,
        plan: PipelinePlan,
        inputs: Mapping[str, Json],
        driver: Driver,
        mocked: tuple[str, ...] = (),
    ) -> None:
        self.plan = plan
        self.inputs = inputs
        self.kernel = driver.kernel
        self.batches: Sequence[Batch] = driver.batches
        self.starts: Sequence[tuple[int, Start]] = driver.starts
        self.secret_outputs = driver.secret_outputs
        self.mocked = mocked

    @cached_property
    def secrets(self) -> Secrets:
        """What must not be shown."""
        return Secrets(self)

    @property
    def outcome(self) -> Outcome | None:
        """How the run went."""
        return self.kernel.outcome

    @property
    def status(self) -> str:
        """The status of the run; "waiting" where it waits for what nobody sends."""
        return self.outcome.status if self.outcome else "waiting"

    @cached_property
    def steps(self) -> dict[str, StepResult]:
        """How the steps of the pipeline itself went."""
        return self.kernel.steps()

    def step(self, path: str) -> StepResult | None:
        """How the step at a path went, inside a group or sub-pipeline too; None: not at all."""
        return self.steps.get(path) or self.inner_steps.get(path)

    @cached_property
    def inner_steps(self) -> dict[str, StepResult]:
        """How the steps of groups and sub-pipelines went, by their paths."""
        return self.kernel.inner_steps()

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Everything that happened, in order."""
        return tuple(note for batch in self.batches for note in batch.notes)

    @property
    def succeeded(self) -> bool:
        """Whether the run ended well."""
        return self.status == "succeeded"

    @property
    def outputs(self) -> dict[str, Json] | None:
        """The outputs of the pipeline, None where the run did not succeed."""
        return self.outcome.outputs if self.outcome else None

    @property
    def error(self) -> Error | None:
        """The error of the run."""
        return self.outcome.error if self.outcome else None

    @property
    def elapsed(self) -> int:
        """How long the run took, in microseconds of virtual time."""
        return self.outcome.elapsed if self.outcome else self.kernel.state.now

    @property
    def cost(self) -> float:
        """What all attempts together cost."""
        return self.kernel.state.cost

    @property
    def path(self) -> list[str]:
        """The steps that succeeded or failed, by completion; ties by declaration (R-mock-4)."""
        positions = self.plan.graph.names
        ended = [
            (note.at, positions[note.path], note.path)
            for note in self.notes
            if note.what == "settled"
            and note.path in positions
            and self.steps[note.path].status in ("succeeded", "failed")
        ]
        return [path for _, _, path in sorted(ended)]

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The timeline: what each step did when, by path."""
        return rows(self.notes, self.elapsed)

    @cached_property
    def critical_path(self) -> list[str]:
        """The steps that the end of the run had to wait for."""
        return critical_path(self.plan, self.rows)

    @cached_property
    def critical(self) -> frozenset[str]:
        """The same, to ask whether a step is among them."""
        return frozenset(self.critical_path)

    @cached_property
    def certainties(self) -> dict[str, Certainty]:
        """Which steps will run, may run or won't, by path without indices."""
        return certainties(self.plan, self.rows, self.notes)

    @property
    def waiting(self) -> list[str]:
        """The attempts that had not ended when nothing was left to happen."""
        state = self.kernel.state
        return [state.tasks[number].path for number in state.running.values()]


def simulate(  # noqa: PLR0913 - what a run depends on, all by name
    pipeline: "str | Path | Module | Pipeline | PipelinePlan",
    inputs: Mapping[str, Json] | None = None,
    scenario: Scenario | None = None,
    seed: int | None = None,
    *,
    scenario_file: str = "",
    start: str | None = None,
    scheduled_at: str | None = None,
    history: History | None = None,
    events: Sequence[tuple[int, Event]] = (),
    source: Source | None = None,
    until: int | None = None,
    most: int = MOST_EVENTS,
) -> Run:
    """Run a pipeline in virtual time, without any effect.

    ``pipeline`` is a file, a module, a plan, or one that was built in Python. What a scenario does
    not say comes from the arguments; what neither it, ``source`` nor ``history`` supplies comes
    from estimates, and its outputs are known after the run. ``start`` is an RFC 3339 time,
    ``events`` come from outside at their times in microseconds.

    Raises:
        SimulationError: the pipeline has errors, an input does not fit, an effect is not mocked in
            a scenario, or the run has no end.
    """
    mocks = None
    if scenario is not None:
        if seed is None:
            seed = scenario.first_seed if scenario.samples else scenario.seed
        mocks = _mocks(scenario, scenario_file, seed)
    signalled = any(isinstance(event, Signal) for _, event in events)
    begun = begin(
        plan_of(pipeline),
        inputs or {},
        mocks,
        seed,
        start=start,
        scheduled_at=scheduled_at,
        asked=(source, mocks, history),
        events=events,
        most=most,
        signalled=signalled,
    )
    begun.driver.run(until=until)
    if mocks is not None and until is None and not signalled:
        begun.refuse_waiting()
    return begun.run()


class Begun(msgspec.Struct, frozen=True):
    """A run that can be driven: `run` is it as far as it has come."""

    plan: PipelinePlan
    inputs: dict[str, Json]
    driver: Driver
    mocks: ScenarioMocks | None = None

    def run(self) -> Run:
        """The run as it is now."""
        mocked = tuple(self.mocks.scenario.mocks) if self.mocks else ()
        return Run(self.plan, self.inputs, self.driver, mocked)

    def refuse_waiting(self) -> None:
        """See that nothing waits for a signal that nobody sends: in a scenario that lacks a mock.

        Raises:
            SimulationError: there is such a wait.
        """
        kernel = self.driver.kernel
        for attempt, task in kernel.state.running.items():
            leaf = kernel.leaf(attempt)
            if leaf.waits == "signal" and self.mocks and kernel.outcome is None:
                raise self.mocks.missing(kernel.state.tasks[task].path, leaf)


def begin(  # noqa: PLR0913 - as `simulate`
    plan: PipelinePlan,
    inputs: Mapping[str, Json],
    mocks: ScenarioMocks | None = None,
    seed: int | None = None,
    *,
    asked: Sequence[Source | None],
    start: str | None = None,
    scheduled_at: str | None = None,
    events: Sequence[tuple[int, Event]] = (),
    most: int = MOST_EVENTS,
    signalled: bool = False,
) -> Begun:
    """A run before its first instant.

    ``asked`` are the sources of results in the order in which they are asked; what waits for a
    signal is not asked for where it is to be ``signalled``.

    Raises:
        SimulationError: an input is missing or does not fit.
    """
    scenario = mocks.scenario if mocks else None
    plan = with_stand_ins(plan, tuple(scenario.mocks) if scenario else ())
    given = {**(scenario.inputs if scenario else {}), **inputs}
    check_inputs(plan, given, mocks.place("inputs") if mocks else None)
    began = microseconds_of(start or (scenario.start if scenario else None))
    kernel = Kernel(plan, given, seed, start=began, scheduled_at=scheduled_at)
    return Begun(
        plan, given, Driver(kernel, sources(asked, signalled=signalled), events, most=most), mocks
    )


def _mocks(scenario: Scenario, file: str, seed: int | None) -> ScenarioMocks:
    """The mocks of a scenario; where it wants samples, the seed decides what they leave open."""
    if not scenario.samples:
        return ScenarioMocks(scenario, file)
    from random import Random

    return ScenarioMocks(scenario, file, Lots(Random(seed)))  # noqa: S311 - repeatable, not secret


def sources(
    sources: Sequence[Callable[[Start, Leaf, Kernel], Result | None] | None], *, signalled: bool
) -> Source:
    """The first source that has a result; at last the built-in components and the estimates."""
    asked = [source for source in sources if source is not None]

    def find(start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        if signalled and leaf.waits == "signal":
            return None
        for source in (*asked, built_in):
            result = source(start, leaf, kernel)
            if result is not None:
                return result
        return estimated(start, leaf, kernel)

    return find


def plan_of(
    pipeline: "str | Path | Module | Pipeline | PipelinePlan",
    *,
    blocked: "Sequence[Diagnostic] | None" = None,
) -> PipelinePlan:
    """The plan of a pipeline, in whatever way it is given.

    ``blocked`` are its errors, where somebody has already asked for them.

    Raises:
        SimulationError: it has errors.
    """
    from flow_core.builder import Pipeline
    from flow_core.simulate.blocking import blocking

    if isinstance(pipeline, PipelinePlan):
        return pipeline
    if isinstance(pipeline, Pipeline):
        module = pipeline.module()
    elif isinstance(pipeline, str | Path):
        module = _module(Path(pipeline))
    else:
        module = pipeline
    for found in blocking(module) if blocked is None else blocked:
        raise SimulationError(found.message, None, found.help, found.code)
    try:
        return make_plan(module)
    except PlanError as error:
        raise SimulationError(str(error)) from None


def _module(file: Path) -> "Module":
    from flow_core.project import Project
    from flow_core.settings import load

    file = file.resolve()
    module = Project(load(file.parent)).module(str(file))
    if module is None:
        raise SimulationError(f"there is no file `{file.name}`")
    return module
