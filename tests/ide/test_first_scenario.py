"""The first scenario of a pipeline passes as it is made."""

from pathlib import Path

import pytest
from example_texts import EXAMPLES

from flow_core.components.modules import read_text
from flow_core.ide.actions.action import Create
from flow_core.ide.actions.new_scenario import changes
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate.scenarios import Suite

PIPELINES = [
    path
    for path in sorted(EXAMPLES.rglob("*.flow.yaml"))
    if "broken" not in path.parts and "\nsteps:" in path.read_text("utf-8")
]


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.name)
def test_it_passes_for_each_example(path: Path) -> None:
    project = Project(
        load(path.parent), lambda file: None if "flowtest" in file else read_text(file)
    )
    module = project.module(str(path))
    assert module is not None
    [created] = changes(module, None)
    assert isinstance(created, Create)
    suite = Suite(project.add(created.file, created.text))
    [scenario] = suite.scenarios
    result = suite.run(scenario.name)
    assert result.passed, [each.message for each in result.failures]
    assert result.run is not None
