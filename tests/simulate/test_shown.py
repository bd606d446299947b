"""The scenarios that an exploration gives: simulated, they go the way that they are to show."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from type_strategies import schemas

from flow_core.builder import Pipeline
from flow_core.plan.build import make_plan
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import simulate
from flow_core.simulate.explore import Way, explore
from flow_core.simulate.shown import scenario_of
from flow_core.types import literal_problems, parse_type
from flow_core.types.example import example

WORK = {
    "outputs": {"n": {"type": "integer", "minimum": 3}},
    "errors": {"Broken": "it did not work"},
    "estimate": {"p50": "2s", "cost": 1},
    "run": {"shell": ["work"]},
}


def pipeline() -> Pipeline:
    retry = {"max_attempts": 2, "delay": "1s"}
    made = Pipeline("shown", components={"work": WORK})
    made.step("a", uses="work", timeout="5s", retry=retry, compensate={"uses": "work"})
    return made.step("b", uses="work", depends_on=["a"], catch=[{"skip": True}])


def ways() -> Iterator[Way]:
    found = explore(make_plan(pipeline().module()), {})
    assert found.complete
    assert found.longest
    assert found.dearest
    yield from (*found.ends, found.longest, found.dearest)


@pytest.mark.parametrize("way", list(ways()))
def test_a_scenario_shows_its_way(way: Way) -> None:
    plan = make_plan(pipeline().module())
    text = json.dumps(
        {
            "flow_test": 1,
            "pipeline": "./shown.flow.json",
            "scenarios": {"it": scenario_of(plan, way, {})},
        }
    )
    module = Project(Settings("/"), lambda _: None).add("/it.flowtest.json", text)
    run = simulate(plan, scenario=module.scenario.scenarios["it"])
    assert (run.status, run.elapsed, run.cost) == (way.end.status, way.elapsed, way.cost)


@settings(deadline=None, max_examples=200)
@given(schemas)
def test_an_example_is_of_the_kind_of_its_type(schema: object) -> None:
    type_, problems = parse_type(schema, lambda _: None)  # type: ignore[arg-type]  # JSON
    found = [] if problems else literal_problems(example(type_), type_)
    assert all(problem.kind != "missing-property" for problem in found)
