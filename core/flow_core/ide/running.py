"""Dry runs from an editor: of a pipeline as it is, or as a scenario has it."""

from collections.abc import Iterable

import msgspec

from flow_core.diagnostics import Diagnostic, Json
from flow_core.discovery import walk
from flow_core.model.scenario import Scenario
from flow_core.module import SCENARIO_SUFFIXES, Module
from flow_core.simulate import Run, SimulationError, simulate
from flow_core.simulate.blocking import blocking, blocking_scenario
from flow_core.simulate.given import with_unknown
from flow_core.simulate.report import run_data
from flow_core.simulate.run_text import render, without_markers

INVALID = "invalid"
"""The status of what has errors, so that it did not run at all."""


class DryRun(msgspec.Struct, frozen=True):
    """How a run would go; ``run`` is all that is known of it, None where it is `INVALID`."""

    status: str
    text: str
    outputs: Json = None
    run: Run | None = None


def dry_run(module: Module, scenario: str = "") -> DryRun:
    """What a pipeline would do: in a scenario of that name, else with inputs that nobody knows.

    A file of scenarios stands for the pipeline that it tests.
    """
    pipeline = module.tested.module if module.tested else module
    if not pipeline.is_pipeline:
        return DryRun(INVALID, f"`{_name(module)}` holds no pipeline\n")
    if not scenario:
        return _simulated(pipeline, None, "")
    home = module if module.is_scenario else _scenario_file(module, scenario)
    found = home.scenario.scenarios.get(scenario) if home else None
    if home is None or found is None:
        return DryRun(INVALID, f"there is no scenario `{scenario}`\n")
    errors = blocking_scenario(home, found)
    return _refused(home, errors) if errors else _simulated(pipeline, found, home.file)


def _scenario_file(module: Module, scenario: str) -> Module | None:
    """A file of the project that tests a pipeline with a scenario of that name."""
    try:
        files = list(walk(str(module.project.settings.root), SCENARIO_SUFFIXES)) if scenario else []
    except OSError:
        return None
    for file in files:
        found = None if module.project.is_outside(file) else module.project.module(file)
        tests_it = found and found.tested and found.tested.module.file == module.file
        if found and tests_it and scenario in found.scenario.scenarios:
            return found
    return None


def _simulated(pipeline: Module, scenario: Scenario | None, file: str) -> DryRun:
    errors = blocking(pipeline)
    if errors:
        return _refused(pipeline, errors)
    inputs = {} if scenario else with_unknown(pipeline.pipeline, {})
    try:
        run = simulate(pipeline, inputs, scenario, scenario_file=file)
    except SimulationError as error:
        return DryRun(INVALID, f"{error.message}\n{error.help}".rstrip() + "\n")
    outputs = without_markers(run_data(run, show_data=True)["outputs"])
    return DryRun(run.status, render(run, show_data=True), outputs, run)


def _refused(module: Module, errors: Iterable[Diagnostic]) -> DryRun:
    """Nothing runs that has errors."""
    lines = (
        f"{_name(module)}:{module.document.lines.line(found.span.start) + 1}: "
        f"{found.message} ({found.code})\n"
        for found in errors
    )
    return DryRun(INVALID, "".join(lines))


def _name(module: Module) -> str:
    return module.file.rpartition("/")[2]
