"""A run whose attempts do what they did in a recorded one goes as that did."""

from pathlib import Path

import pytest

from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import simulate
from flow_core.simulate.outcomes import History
from flow_core.simulate.run import plan_of
from flow_core.simulate.trace import read_trace, results_of, write_trace

FOLDER = Path(__file__).parents[2] / "docs" / "first-dry-run"


@pytest.mark.parametrize("name", ["a slow carrier", "nobody comes"])
def test_history_repeats_a_run(name: str) -> None:
    project = Project(Settings(str(FOLDER)))
    module = project.module(str(FOLDER / "parcel.flow.yaml"))
    file = project.module(str(FOLDER / "parcel.flowtest.yaml"))
    assert module is not None
    assert file is not None
    scenario = file.scenario.scenarios[name]
    recorded = simulate(module, scenario=scenario)
    trace = read_trace(write_trace(recorded, module), "trace")
    plan = plan_of(module)
    again = simulate(plan, scenario.inputs, history=History(results_of(trace, plan)))
    assert again.notes == recorded.notes
