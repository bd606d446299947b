"""Many runs with drawn durations and failures."""

import pytest
from simulating import module_of, project_of, scenario_of

from flow_core.plan.build import make_plan
from flow_core.simulate.sampling import Sampling, Spread, sample

RISKY = """\
components:
  dice: {errors: {A: one}, estimate: {p50: 1s, p95: 2s, failure_rate: 0.3}, run: {shell: [x]}}
  long: {estimate: {p50: 3s, p95: 30s}, run: {shell: [x]}}
steps:
  a: {uses: dice}
  b: {uses: long}
  e: {for_each: [1, 2], uses: k.quick}
"""
CERTAIN = "steps: {a: {uses: k.quick}, b: {depends_on: [a], uses: k.quick}}\n"


def sampled(pipeline: str, **more: int) -> Sampling:
    return sample(make_plan(module_of(pipeline)), {}, **{"samples": 400, **more})


def test_one_seed_gives_one_result() -> None:
    assert sampled(RISKY, seed=7) == sampled(RISKY, seed=7)
    assert sampled(RISKY, seed=7) != sampled(RISKY, seed=8)


def test_more_samples_begin_with_the_same() -> None:
    few, many = sampled(RISKY, samples=20), sampled(RISKY, samples=40)
    assert many.duration.most >= few.duration.most
    assert many.failed["a"] >= few.failed["a"]


def test_what_is_certain_is_always_the_same() -> None:
    found = sampled(CERTAIN, samples=10)
    assert found.duration == Spread(2_000_000, 2_000_000, 2_000_000, 2_000_000)
    assert found.cost == Spread(2, 2, 2, 2)
    assert found.failure_probability == 0
    assert found.critical == {"a": 10, "b": 10}
    assert found.failed == {}


def test_a_failure_is_as_probable_as_it_is_said_to_be() -> None:
    found = sampled(RISKY)
    assert found.failure_probability == pytest.approx(0.3, abs=0.07)
    assert found.errors == {"A": found.statuses["failed"]}
    assert found.failed == {"a": found.statuses["failed"]}
    assert sum(found.statuses.values()) == found.samples


def test_durations_have_their_median_and_their_95th_percentile() -> None:
    one = "components: {w: {estimate: {p50: 10s, p95: 20s}, run: {shell: [x]}}}\n"
    found = sampled(f"{one}steps: {{a: {{uses: w}}}}\n", samples=1000).duration
    assert found.p50 == pytest.approx(10_000_000, rel=0.05)
    assert 15_000_000 < found.p90 < 20_000_000 < found.p99 < found.most


def test_who_is_on_the_critical_path_how_often() -> None:
    found = sampled(RISKY)
    assert found.critical["b"] > found.critical["a"] > 0
    assert all(times <= found.samples for times in found.critical.values())


def test_ticks() -> None:
    ticks: list[int] = []
    plan = make_plan(module_of(CERTAIN))
    sample(plan, {}, samples=5, tick=lambda: ticks.append(1))
    assert len(ticks) == 5


def test_in_a_scenario_what_its_mocks_leave_open_is_drawn() -> None:
    project, module = project_of(RISKY)
    mocks = {"a": {"returns": {}}, "b": {"returns": {}, "takes": "1s"}, "e": {"returns": {"n": 1}}}
    found = sample(make_plan(module), {}, scenario_of(project, {"mocks": mocks}), samples=50)
    assert found.failure_probability == 0
    assert found.duration.p50 < found.duration.p90 < found.duration.most
