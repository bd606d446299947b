"""Running the scenarios of a file: each is one run, held against what it expects."""

from functools import cached_property

import msgspec

from flow_core.check import span_of
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.expectations import Unmet, unmet
from flow_core.simulate.run import Run, blocking, blocking_among, plan_of, simulate

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
    """

    scenario: NamedScenario
    failures: tuple[Diagnostic, ...] = ()
    run: Run | None = None
    unmet: tuple[Unmet, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all went as expected."""
        return not self.failures


class Suite:
    """The scenarios of a file, with the pipeline that they test.

    What all of them need (checks, the plan) is made once.
    """

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def scenarios(self) -> tuple[NamedScenario, ...]:
        """The scenarios, in the order of the file."""
        return tuple(
            NamedScenario(name, self.module.document.locate(Place(scenario.path, "key")))
            for name, scenario in self.module.scenario.scenarios.items()
        )

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
        assert self.pipeline is not None  # noqa: S101 - `_errors` has asked
        return plan_of(self.pipeline, blocked=self._pipeline_errors)

    def run(self, name: str, *, seed: int | None = None) -> ScenarioResult:
        """Run a scenario. ``seed`` takes the place of its own.

        Raises:
            KeyError: there is none of that name.
        """
        scenario = self.module.scenario.scenarios[name]
        named = next(each for each in self.scenarios if each.name == name)
        errors = self._errors(scenario)
        if errors:
            return ScenarioResult(named, errors)
        try:
            run = simulate(self.plan, None, scenario, seed, scenario_file=self.module.file)
        except SimulationError as error:
            return ScenarioResult(named, (self._refusal(error, named),))
        found = tuple(unmet(run, scenario.expect, scenario.path))
        return ScenarioResult(named, tuple(map(self._failure, found)), run, found)

    def _errors(self, scenario: Scenario) -> tuple[Diagnostic, ...]:
        """What keeps a scenario from running."""
        own = blocking_among(self._own_errors, self.module, scenario)
        return tuple(own) or self._pipeline_errors

    @cached_property
    def _own_errors(self) -> tuple[Diagnostic, ...]:
        found = tuple(blocking(self.module))
        if found or self.pipeline is not None:
            return found
        key = self.module.document.locate(Place(("pipeline",)))
        message = "the pipeline that these scenarios test can't be found"
        help_ = "say in `pipeline` where it is, from the folder of this file"
        return (Diagnostic(self.module.file, key, "", "", Severity.ERROR, message, help_),)

    @cached_property
    def _pipeline_errors(self) -> tuple[Diagnostic, ...]:
        return tuple(blocking(self.pipeline)) if self.pipeline else ()

    def _refusal(self, error: SimulationError, scenario: NamedScenario) -> Diagnostic:
        """Why a simulation can't go on: at its cause, or at the scenario's name."""
        home = self.module.project.module(error.place.file) if error.place.file else None
        span = span_of(home, error.place) if home else scenario.span
        file = home.file if home else self.module.file
        return Diagnostic(file, span, error.code, "", Severity.ERROR, error.message, error.help)

    def _failure(self, found: Unmet) -> Diagnostic:
        span = self.module.document.locate(Place(found.path, "key"))
        file = self.module.file
        return Diagnostic(file, span, UNMET, "unmet-expectation", Severity.ERROR, found.message)
