"""The scenarios of the examples go as they expect."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate import simulate
from flow_core.simulate.expectations import unmet

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILES = sorted(EXAMPLES.glob("*/tests/*.flowtest.*"))


def scenarios() -> Iterator[Any]:
    """Each pipeline with each of its scenarios."""
    for path in FILES:
        file = Project(load(path.parent)).module(str(path))
        assert file is not None
        pipeline = file.project.module(file.project.resolve(file.file, file.scenario.pipeline))
        for scenario in file.scenario.scenarios.values():
            name = f"{path.parents[1].name}: {scenario.name}"
            yield pytest.param(pipeline, scenario, str(path), id=name)


SCENARIOS = list(scenarios())


def test_no_example_is_without_scenarios() -> None:
    assert {path.parents[1].name for path in FILES} == {"etl", "multi-flow", "order-processing"}
    assert len(SCENARIOS) >= 12


@pytest.mark.parametrize(("pipeline", "scenario", "file"), SCENARIOS)
def test_it_goes_as_it_expects(pipeline: Module, scenario: Scenario, file: str) -> None:
    run = simulate(pipeline, scenario=scenario, scenario_file=file)
    assert [found.message for found in unmet(run, scenario.expect, scenario.path)] == []
