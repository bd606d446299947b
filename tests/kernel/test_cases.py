"""The conformance table: small pipelines and the traces that the language reference gives them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from flow_core.durations import parse_duration, show_duration
from flow_core.kernel.events import Cancel, Event, Pause, Resume, Signal
from flow_core.model.scenario import Scenario
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import Run, SimulationError, simulate
from flow_core.simulate.expectations import unmet

CASES = Path(__file__).parent / "cases"
_EVENTS = {"cancel": Cancel(), "pause": Pause(), "resume": Resume()}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yaml")):
        if file.name.endswith(".flow.yaml"):
            continue
        for case in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader):
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any]) -> None:
    run, scenario = simulated(case)
    expected = case["expect"]
    problems = [found.message for found in unmet(run, scenario.expect, ())]
    assert not problems, "\n".join([*problems, *trace(run)])
    assert trace(run) == expected.get("trace", trace(run))
    reasons = expected.get("reasons", {})
    assert {name: run.steps[name].reason for name in reasons} == reasons
    if "errors" in expected:
        outcome = run.outcome
        assert outcome is not None
        found = [outcome.error, *outcome.errors] if outcome.error else []
        assert [error.name for error in found] == expected["errors"]
    refused = sum(note.what == "refused" for note in run.notes)
    assert refused == expected.get("refused", refused)


def simulated(case: dict[str, Any]) -> tuple[Run, Scenario]:
    """The run of a case, and the scenario that says what is expected of it."""
    project = Project(Settings(root="/cases"), lambda _: None)
    project.add("/cases/kit.flow.yaml", (CASES / "kit.flow.yaml").read_text("utf-8"))
    for name, text in case.get("files", {}).items():
        project.add(f"/cases/{name}", text)
    module = project.add("/cases/pipeline.flow.yaml", case["pipeline"])
    wanted = (
        "status",
        "ran",
        "steps",
        "outputs",
        "state",
        "error",
        "compensated",
        "elapsed",
        "cost",
    )
    given = {key: case[key] for key in ("inputs", "secrets", "seed", "mocks") if key in case}
    expect = {key: case["expect"][key] for key in wanted if key in case["expect"]}
    file = {
        "flow_test": 1,
        "pipeline": "./pipeline.flow.yaml",
        "scenarios": {"case": {**given, "expect": expect}},
    }
    text = yaml.safe_dump(file, sort_keys=False)
    (scenario,) = project.add("/cases/case.flowtest.yaml", text).scenario.scenarios.values()
    try:
        run = simulate(module, scenario=scenario, events=list(events(case)))
    except SimulationError as error:
        pytest.fail(f"{error.message}: {error.help}")
    return run, scenario


def events(case: dict[str, Any]) -> Iterator[tuple[int, Event]]:
    """What happens from outside."""
    for event in case.get("events", ()):
        at = parse_duration(event["at"])
        assert at is not None
        if "signal" in event:
            yield at, Signal(event["signal"], event.get("data", {}))
        else:
            yield at, next(_EVENTS[key] for key in event if key in _EVENTS)


def trace(run: Run) -> list[str]:
    """The starts and ends of attempts, as the cases write them."""
    return [
        f"{show_duration(note.at)} {note.path} {note.attempt} {note.how or 'start'}"
        for note in run.notes
        if note.what in ("started", "ended")
    ]
