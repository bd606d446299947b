"""Exploration: outcomes listed by hand, and on tiny pipelines against brute force."""

from typing import Any

import pytest
from brute_force import TooManyRunsError, end_of, every_run
from hypothesis import HealthCheck, assume, given, settings
from simulating import module_of

from flow_core.plan.build import make_plan
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.explore import End, Exploration, explore
from flow_testing.random_pipelines import pipelines
from flow_testing.random_pipelines import plan_of as plan_of_data


def plan_of(pipeline: str) -> PipelinePlan:
    return make_plan(module_of(pipeline))


def ends_of(found: Exploration) -> set[tuple[Any, ...]]:
    """The ends, shortly: the status, and what there is beside it."""
    return {
        (way.end.status, *filter(None, (way.end.error, *way.end.missing)))
        + (("uncompensated",) if way.end.uncompensated else ())
        for way in found.ends
    }


OK, A, B = ("succeeded",), ("failed", "A"), ("failed", "B")
BY_HAND: dict[str, tuple[str, set[tuple[Any, ...]]]] = {
    "no errors": ("steps: {a: {uses: k.quick}}", {OK}),
    "two errors": ("steps: {a: {uses: k.work}}", {OK, A, B}),
    "one is caught": (
        "steps: {a: {uses: k.work, catch: [{errors: [A], skip: true}]}}",
        {OK, B},
    ),
    "a timeout": ("steps: {a: {uses: k.quick, timeout: 9s}}", {OK, ("failed", "timeout")}),
    "a handler that may fail": (
        "steps: {a: {uses: k.work, catch: [{uses: k.slow}]}}",
        {OK, A},
    ),
    "an output that is missing": (
        (
            "steps: {a: {uses: k.slow, catch: [{skip: true}]}}\n"
            'outputs: {n: "${{ coalesce(steps.a.outputs.n, null) }}"}'
        ),
        {OK, ("succeeded", "n")},
    ),
    "a condition that is not known": (
        'steps: {a: {uses: k.ask}, b: {when: "${{ steps.a.outputs.yes }}", uses: k.slow}}',
        {OK, A},
    ),
    "a branch that is not known": (
        (
            "steps:\n"
            "  a: {uses: k.ask}\n"
            '  b: {switch: [{when: "${{ steps.a.outputs.yes }}", uses: k.slow}, {uses: k.quick}]}'
        ),
        {OK, A},
    ),
    "a compensation that fails": (
        (
            "steps: {a: {uses: k.quick, compensate: {uses: k.undo}}, "
            "b: {depends_on: [a], uses: k.slow}}"
        ),
        {OK, A, ("failed", "A", "uncompensated")},
    ),
    "a repetition that may never end well": (
        (
            "steps:\n"
            "  a:\n"
            "    uses: k.ask\n"
            '    repeat: {until: "${{ outputs.yes }}", max_iterations: 3}'
        ),
        {OK, ("failed", "repeat_exhausted")},
    ),
    "a budget": (
        (
            "budget: {attempts: 2}\n"
            "steps: {a: {uses: k.slow, retry: {max_attempts: 2}}, "
            "b: {depends_on: [a], uses: k.quick}}"
        ),
        {OK, A, ("budget_exceeded", "budget_exceeded")},
    ),
    "what finally does": (
        "steps: {a: {uses: k.quick}}\nfinally: {z: {uses: k.slow}}",
        {OK, A},
    ),
    "a sub-pipeline": ("steps: {a: {uses: ./sub.flow.yaml}}", {OK, A}),
}


@pytest.mark.parametrize(("pipeline", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_ends(pipeline: str, expected: set[tuple[Any, ...]]) -> None:
    module = module_of(f"{pipeline}\n", sub="steps: {q: {uses: k.slow}}\n")
    found = explore(make_plan(module), {})
    assert found.complete
    assert ends_of(found) == expected


WORST = """\
steps:
  a: {uses: k.slow, retry: {max_attempts: 3, delay: 2s}}
  b: {uses: k.quick}
"""


def test_the_worst_is_told_with_what_leads_to_it() -> None:
    found = explore(plan_of(WORST), {})
    longest, dearest = found.longest, found.dearest
    assert longest is not None
    assert dearest is not None
    assert longest.elapsed == (5 + 2 + 5 + 2 + 5) * 1_000_000
    assert dearest.cost == 3 + 3 + 3 + 1
    assert [choice.how for choice in longest.choices if choice.what == "a"][:2] == ["A", "A"]


UNREACHABLE = """\
inputs: {flag: boolean}
steps:
  a: {uses: k.quick}
  b: {depends_on: {a: failed}, uses: k.quick}
  c: {when: "${{ inputs.flag }}", uses: k.quick}
  g:
    when: "${{ inputs.flag }}"
    steps: {x: {uses: k.quick}}
  d: {uses: k.slow, catch: [{errors: [A], steps: {y: {uses: k.quick}}}]}
"""


@pytest.mark.parametrize(("flag", "expected"), [(True, {"b"}), (False, {"b", "c", "g", "g/x"})])
def test_steps_that_never_run(flag: bool, expected: set[str]) -> None:  # noqa: FBT001 - a row
    found = explore(plan_of(UNREACHABLE), {"flag": flag})
    assert set(found.unreachable) == expected
    assert "d!catch[0]" in found.reached


def test_the_bound_is_reported() -> None:
    plan = plan_of(WORST)
    whole = explore(plan, {})
    assert whole.complete
    part = explore(plan, {}, most=whole.states - 1)
    assert not part.complete
    assert part.states == whole.states - 1
    assert explore(plan, {}, most=whole.states) == whole


def test_situations_are_counted_once() -> None:
    ticks: list[int] = []
    found = explore(plan_of(WORST), {}, tick=lambda: ticks.append(1))
    assert len(ticks) == found.states


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(pipelines())
def test_brute_force_finds_the_same(data: Any) -> None:
    plan = plan_of_data(data)
    try:
        runs = list(every_run(plan, {"flag": True}, most=120))
    except TooManyRunsError:
        assume(False)  # noqa: FBT003 - Hypothesis' way to pass on
        return
    found = explore(plan, {"flag": True})
    assert found.complete
    assert {way.end for way in found.ends} == {end_of(run) for run in runs}
    assert found.longest is not None
    assert found.longest.elapsed == max(run.elapsed for run in runs)
    assert found.dearest is not None
    assert found.dearest.cost == max(run.cost for run in runs)


def test_what_waits_for_nobody_is_an_end() -> None:
    found = explore(plan_of("steps: {a: {uses: std.wait_signal}}\n"), {})
    assert {way.end for way in found.ends} == {End("succeeded", ""), End("waiting", "")}
