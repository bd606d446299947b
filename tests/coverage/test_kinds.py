"""Small pipelines, all that there is to cover in each, and what runs cover of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from flow_core.coverage import KINDS, covered, goals
from flow_core.durations import parse_duration
from flow_core.kernel.events import Cancel, Event, Signal
from flow_core.model.read_scenario import read_scenarios
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import simulate

HERE = Path(__file__).parent
KIT = HERE.parent / "kernel" / "cases" / "kit.flow.yaml"
HEAD = "flow: 1\nname: t\nimports: {k: ./kit.flow.yaml}\n"
CASES = yaml.safe_load((HERE / "cases" / "kinds.yaml").read_text("utf-8"))
case_by_case = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def project_of(case: dict[str, Any]) -> tuple[Project, Module]:
    project = Project(Settings(root="/cases"), lambda _: None)
    project.add("/cases/kit.flow.yaml", KIT.read_text("utf-8"))
    for name, text in case.get("files", {}).items():
        project.add(f"/cases/{name}", HEAD + text)
    return project, project.add("/cases/t.flow.yaml", HEAD + case["pipeline"])


def scenario_of(project: Project, run: dict[str, Any]) -> Scenario:
    keys = {key: run[key] for key in ("inputs", "mocks") if key in run}
    file = {"flow_test": 1, "pipeline": "./t.flow.yaml", "scenarios": {"s": keys}}
    module = project.add("/cases/t.flowtest.yaml", yaml.safe_dump(file))
    return read_scenarios(module.document.root).scenarios["s"]


def events_of(run: dict[str, Any]) -> Iterator[tuple[int, Event]]:
    for event in run.get("events", ()):
        at = parse_duration(event["at"]) or 0
        yield at, Signal(event["signal"]) if "signal" in event else Cancel()


def covered_by(case: dict[str, Any], run: dict[str, Any]) -> dict[str, set[str]]:
    """What a run covers of the goals of each file."""
    project, module = project_of(case)
    found = simulate(
        module, scenario=scenario_of(project, run), events=tuple(events_of(run)), start=START
    )
    files = {file: project.module(file) for file in covered(found)}
    known = {file: {g.id for g in goals(m)} for file, m in files.items() if m is not None}
    return {Path(file).name: set(ids) & known[file] for file, ids in covered(found).items()}


START = "2026-01-05T00:00:00Z"


@case_by_case
def test_the_goals_are_all_that_can_happen(case: dict[str, Any]) -> None:
    _, module = project_of(case)
    assert [goal.id for goal in goals(module)] == case["goals"]


@case_by_case
def test_a_run_covers_what_happens_in_it(case: dict[str, Any]) -> None:
    for run in case["runs"]:
        found = covered_by(case, run)
        assert found.pop("t.flow.yaml") == set(run["covers"]), run
        assert {file: ids for file, ids in found.items() if ids} == {
            file: set(ids) for file, ids in run.get("inside", {}).items()
        }, run


def test_the_table_covers_and_misses_every_kind() -> None:
    hit, lacked = set[str](), set[str]()
    for case in CASES:
        kinds = {goal.id: goal.kind for goal in goals(project_of(case)[1])}
        for run in case["runs"]:
            hit |= {kinds[each] for each in run["covers"]}
            lacked |= {kind for each, kind in kinds.items() if each not in run["covers"]}
    assert hit == set(KINDS)
    assert lacked == set(KINDS)
