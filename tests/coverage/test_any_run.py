"""What holds of the coverage of every run, whatever the pipeline and whatever goes wrong."""

import json
import re
from functools import reduce
from operator import or_
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.coverage import Coverage, covered, goals
from flow_core.module import Module
from flow_core.plan.build import make_plan
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import Run, simulate
from flow_testing.random_pipelines import Faults, pipelines

RUNS = settings(max_examples=150, deadline=None)
FILE = "/random/random.flow.json"

CERTAIN = re.compile(r"\.(when|for_each):")
"""What is no goal where it can only be in one way."""


def module_of(data: Any) -> Module:
    return Project(Settings(root="/random"), lambda _: None).add(FILE, json.dumps(data))


@RUNS
@given(pipelines(), st.integers(0, 2**16), st.booleans())
def test_a_run_covers_nothing_but_goals(data: Any, seed: int, flag: bool) -> None:  # noqa: FBT001
    module = module_of(data)
    run = simulate(make_plan(module), {"flag": flag}, seed=seed, source=Faults(seed), most=5000)
    known = {goal.id for goal in goals(module)}
    ran = {each for each in covered(run)[FILE] if each.endswith(".ran")}
    assert ran <= known  # what the checker says never runs does not
    more = {each for each in covered(run)[FILE] - known if f"{step_of(each)}.ran" in known}
    more -= {each for each in more if is_left_out(each, run)}
    assert all(CERTAIN.search(each) for each in more), more
    asked = {each.rpartition(":")[0] for each in known}
    assert not {each.rpartition(":")[0] for each in more} & asked


def is_left_out(goal: str, run: Run) -> bool:
    """Whether it is a transition that nobody is asked to test.

    `settled` does not name cancelled steps, and only a wrong expression made a step fail, or made
    the run fail before the step could start.
    """
    steps = [*run.steps.values(), *run.inner_steps.values()]
    errors = {step.error.name for step in steps if step.error is not None}
    mistaken = not errors.isdisjoint(("expression_error", "type_error"))
    status = goal.rpartition(":")[2] if "->" in goal else ""
    return status == "cancelled" or (mistaken and status in ("failed", "skipped"))


def step_of(goal: str) -> str:
    """The step that an id is about.

    >>> step_of("a->b:succeeded"), step_of("b!catch[0].taken")
    ('b', 'b')
    """
    return re.split(r"[.!:]", goal.rpartition("->")[2])[0]


@RUNS
@given(pipelines())
def test_each_goal_has_an_id_of_its_own_and_a_line(data: Any) -> None:
    found = goals(module_of(data))
    assert len({goal.id for goal in found}) == len(found)
    assert all(goal.line >= 1 and goal.label and goal.missed for goal in found)


ids = st.sampled_from(["a.ran", "a.when:true", "b.ran"])
hits = st.dictionaries(ids, st.integers(1, 3), min_size=1)
coverages = st.builds(
    Coverage,
    st.dictionaries(
        st.sampled_from(["x.flow.yaml", "y/z.flow.yaml"]),
        st.dictionaries(st.sampled_from(["d1", "d2"]), hits, min_size=1),
    ),
)


@given(st.lists(coverages, max_size=5), st.randoms(use_true_random=False))
def test_adding_up_depends_on_no_order(parts: list[Coverage], random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    assert reduce(or_, shuffled, Coverage()).to_json() == reduce(or_, parts, Coverage()).to_json()


@given(coverages, coverages, coverages)
def test_adding_up_can_be_grouped_in_any_way(a: Coverage, b: Coverage, c: Coverage) -> None:
    assert (a | b) | c == a | (b | c)


@given(coverages)
def test_a_coverage_survives_its_file(coverage: Coverage) -> None:
    assert Coverage.from_json(coverage.to_json()) == coverage
