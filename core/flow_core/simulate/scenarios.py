"""Running the scenarios of a file: each is a run or many, held against what it expects."""

import shlex
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path

import msgspec

from flow_core.analysis.tested import UnderTest
from flow_core.check import span_of
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.plan.plan import PipelinePlan
from flow_core.printable import shown_name
from flow_core.rules import impossible_expectation, unknown_pipeline
from flow_core.simulate.blocking import blocking, blocking_each
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.expectations import Unmet, unmet
from flow_core.simulate.moved import moved_to
from flow_core.simulate.run import Run, plan_of, simulate
from flow_core.simulate.samples import Samples
from flow_core.simulate.tried import try_samples

UNMET = "FL813"
"""The code of an expectation that a run did not meet."""


class NamedScenario(msgspec.Struct, frozen=True):
    """A scenario of a file, and where its name stands."""

    name: str
    span: Span


class ScenarioResult(msgspec.Struct, frozen=True):
    """How a scenario went.

    ``failures`` say what went otherwise than expected, or why it did not run at all, each at the
    place of what was expected; ``run`` is None where it did not run. Where it did, ``unmet`` are
    the expectations that the failures are about, one for each.

    Of a scenario with ``samples``, ``run`` is the one that shows the first failure, else the
    longest, and ``seed`` makes it again.
    """

    scenario: NamedScenario
    failures: tuple[Diagnostic, ...] = ()
    run: Run | None = None
    unmet: tuple[Unmet, ...] = ()
    samples: Samples | None = None
    seed: int | None = None

    @property
    def passed(self) -> bool:
        """Whether all went as expected."""
        return not self.failures


class Subject:
    """A pipeline under test: what keeps it from running, and its plan, each made once."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors that keep it from being simulated."""
        return tuple(blocking(self.module))

    @cached_property
    def plan(self) -> PipelinePlan:
        """Its plan.

        Raises:
            SimulationError: it has errors.
        """
        return plan_of(self.module, blocked=self.errors)

    @cached_property
    def names(self) -> UnderTest:
        """What the names in its tests stand for."""
        return UnderTest(self.module)


class Suite:
    """The scenarios of a file, with the pipeline that they test.

    What all of them need (checks, the plan) is made once; suites of one project that are given the
    same ``pipelines`` (by file, filled as they are asked for) share what they know of those.
    """

    def __init__(self, module: Module, pipelines: dict[str, Subject] | None = None) -> None:
        self.module = module
        self._pipelines = {} if pipelines is None else pipelines

    @cached_property
    def scenarios(self) -> tuple[NamedScenario, ...]:
        """The scenarios, in the order of the file."""
        return tuple(
            NamedScenario(name, self.module.document.locate(Place(scenario.path, "key")))
            for name, scenario in self.module.scenario.scenarios.items()
        )

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Why a file has no scenarios; nothing where it has some."""
        if self.scenarios:
            return ()
        start = self.module.document.locate(Place(("scenarios",), "key"))
        message = "there are no scenarios in this file"
        help_ = "write one below `scenarios`: a sentence, and under it `mocks` and `expect`"
        none = Diagnostic(self.module.file, start, "", "", Severity.ERROR, message, help_)
        return self._own_errors or (none,)

    @property
    def pipeline(self) -> Module | None:
        """The pipeline under test, None where it can't be found."""
        return self.module.tested.module if self.module.tested else None

    @cached_property
    def plan(self) -> PipelinePlan:
        """The plan of the pipeline under test.

        Raises:
            SimulationError: it has errors.
        """
        assert self._subject is not None  # noqa: S101 - `_errors` has asked
        return self._subject.plan

    def prepare(self) -> None:
        """Make now what all scenarios need, for processes that are forked from this one."""
        if not self._errors_of and self._subject and not self._subject.errors:
            with suppress(SimulationError):  # told by each scenario
                _ = self.plan

    def run(
        self, name: str, *, seed: int | None = None, watch: Callable[[Run], object] | None = None
    ) -> ScenarioResult:
        """Run a scenario. ``seed`` takes the place of its own; ``watch`` is called with each run.

        Raises:
            KeyError: there is none of that name.
        """
        scenario = self.module.scenario.scenarios[name]
        named = self._named[name]
        errors = self._errors(name)
        hopeless = tuple(each for each in errors if each.code == impossible_expectation.RULE.code)
        if len(hopeless) < len(errors):
            return ScenarioResult(named, errors)
        make = partial(self._simulated, scenario, watch)
        try:
            return self._with_reasons(self._held(scenario, named, make, seed), hopeless)
        except SimulationError as error:
            return ScenarioResult(named, (self._refusal(error, named),))

    @cached_property
    def _named(self) -> dict[str, NamedScenario]:
        return {each.name: each for each in self.scenarios}

    @cached_property
    def _subject(self) -> Subject | None:
        if self.pipeline is None:
            return None
        return self._pipelines.setdefault(self.pipeline.file, Subject(self.pipeline))

    def _simulated(
        self, scenario: Scenario, watch: Callable[[Run], object] | None, seed: int | None
    ) -> Run:
        run = simulate(self.plan, None, scenario, seed, scenario_file=self.module.file)
        if watch is not None:
            watch(run)
        return run

    def _held(
        self,
        scenario: Scenario,
        named: NamedScenario,
        make: Callable[[int | None], Run],
        seed: int | None,
    ) -> ScenarioResult:
        """A scenario's runs, held against what it expects."""
        if scenario.samples:
            tried = try_samples(make, scenario, seed)
            failures = tuple(map(self._failure, tried.unmet))
            return ScenarioResult(
                named, failures, tried.run, tried.unmet, tried.samples, tried.seed
            )
        run = make(seed)
        found = tuple(unmet(run, scenario.expect, scenario.path))
        return ScenarioResult(named, tuple(map(self._failure, found)), run, found)

    def _with_reasons(
        self, result: ScenarioResult, hopeless: tuple[Diagnostic, ...]
    ) -> ScenarioResult:
        """A result whose failures tell how to mend an expectation that no run can meet.

        It runs all the same: what happened shows more than a check, and can take its place.
        """
        if not hopeless or result.passed:
            return msgspec.structs.replace(result, failures=result.failures or hopeless)
        line = self.module.document.lines.line
        helps = {line(each.span.start): each.help for each in hopeless}
        failures = tuple(
            msgspec.structs.replace(each, help=each.help or helps.get(line(each.span.start), ""))
            for each in result.failures
        )
        return msgspec.structs.replace(result, failures=failures)

    def _errors(self, name: str) -> tuple[Diagnostic, ...]:
        """What keeps a scenario from running."""
        own = self._errors_of.get(name, ())
        if own:
            return own
        return self._subject.errors if self._subject else (self._without_pipeline(),)

    @cached_property
    def _errors_of(self) -> dict[str, tuple[Diagnostic, ...]]:
        return blocking_each(self._own_errors, self.module) if self._own_errors else {}

    @cached_property
    def _own_errors(self) -> tuple[Diagnostic, ...]:
        return tuple(map(self._with_new_place, blocking(self.module)))

    def _without_pipeline(self) -> Diagnostic:
        key = self.module.document.locate(Place(("pipeline",)))
        message = "the pipeline that these scenarios test can't be found"
        help_ = "say in `pipeline` where it is, from the folder of this file"
        return Diagnostic(self.module.file, key, "", "", Severity.ERROR, message, help_)

    def _with_new_place(self, found: Diagnostic) -> Diagnostic:
        """What is wrong with a file; of a pipeline that is not there, where it may be now."""
        moved = moved_to(self.module) if found.code == unknown_pipeline.RULE.code else None
        if moved is None:
            return found
        return msgspec.structs.replace(found, help=f"it may have moved: write `{moved}`")

    def _refusal(self, error: SimulationError, scenario: NamedScenario) -> Diagnostic:
        """Why a simulation can't go on: at its cause, or at the scenario's name."""
        home = self.module.project.module(error.place.file) if error.place.file else None
        span = span_of(home, error.place) if home else scenario.span
        file = home.file if home else self.module.file
        return Diagnostic(file, span, error.code, "", Severity.ERROR, error.message, error.help)

    def _failure(self, found: Unmet) -> Diagnostic:
        span = self.module.document.locate(Place(found.path, "key"))
        file = self.module.file
        return Diagnostic(
            file,
            span,
            UNMET,
            "unmet-expectation",
            Severity.ERROR,
            found.message,
            self._again(found),
        )

    def _again(self, found: Unmet) -> str:
        """How to make the one of many runs that shows what is unmet."""
        if found.seed is None or self.pipeline is None:
            return ""
        base = str(Path.cwd())
        pipeline = shown_name(self.pipeline.file, base)
        scenario = f"{shown_name(self.module.file, base)}::{found.path[1]}"
        command = ["flow", "dry-run", pipeline, "--scenario", scenario, "--seed", str(found.seed)]
        return f"`{shlex.join(command)}` makes the run that shows it"
