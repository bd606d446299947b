"""Budgets of scenarios: what each run stays within, and what many runs together do."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate import Run
from flow_core.simulate.samples import Distribution
from flow_core.simulate.samples_text import render
from flow_core.simulate.scenarios import ScenarioResult, Suite

PIPELINE = """\
flow: 1
name: p
components:
  ask:
    outputs: {n: integer}
    errors: {Busy: later, Gone: never}
    estimate: {p50: 1s, p95: 2s, cost: 2, failure_rate: 0.5}
    run: {shell: [ask]}
  tell: {inputs: {n: integer}, run: {shell: [tell]}}
steps:
  ask: {uses: ask, retry: {max_attempts: 2, delay: 10s, jitter: 0.5}}
  tell: {uses: tell, with: {n: "${{ steps.ask.outputs.n }}"}}
outputs: {n: "${{ steps.ask.outputs.n }}"}
"""
TELL = {"returns": {}, "takes": "1s"}
ASK = {"returns": {"n": 7}}
ESTIMATED = {"estimated": True}


def suite(folder: Path, scenario: dict[str, Any]) -> Suite:
    (folder / "p.flow.yaml").write_text(PIPELINE)
    file = folder / "p.flowtest.yaml"
    mocks = {"tell": TELL, "ask": ASK, **scenario.get("mocks", {})}
    content = {"pipeline": "p.flow.yaml", "scenarios": {"s": {**scenario, "mocks": mocks}}}
    file.write_text(yaml.safe_dump({"flow_test": 1, **content}))
    module = Project(load(folder)).module(str(file))
    assert module is not None
    return Suite(module)


def result(folder: Path, mocks: dict[str, Any] | None = None, **more: Any) -> ScenarioResult:
    return suite(folder, {"mocks": mocks or {}, **more}).run("s")


def told(found: ScenarioResult) -> list[str]:
    return [each.message for each in found.failures]


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ({"max_duration": "2s", "max_cost": 2}, None),
        ({"max_duration": "1500ms"}, "the duration: expected at most 1s500ms, found 2s"),
        ({"max_cost": 1.5}, "the cost: expected at most 1.5, found 2"),
        ({"elapsed": "== 2s", "cost": "!= 3"}, None),
        ({"elapsed": "> 2s"}, "the duration: expected more than 2s, found 2s"),
        ({"elapsed": ">= 3s"}, "the duration: expected at least 3s, found 2s"),
        ({"elapsed": "3s"}, "the duration: expected 3s, found 2s"),
        ({"cost": 5}, "the cost: expected 5, found 2"),
        ({"cost": "< 2"}, "the cost: expected less than 2, found 2"),
        ({"cost": "!= 2"}, "the cost: expected another than 2, found 2"),
    ],
)
def test_a_run_stays_within_its_budget(
    expect: dict[str, Any], message: str | None, tmp_path: Path
) -> None:
    assert told(result(tmp_path, expect=expect)) == ([message] if message else [])


def test_durations_that_no_mock_fixes_are_drawn(tmp_path: Path) -> None:
    found = result(tmp_path, samples=200)
    assert found.passed
    assert found.samples is not None
    assert found.samples.count == 200
    durations = found.samples.durations
    assert durations.at(50) == pytest.approx(2e6, rel=0.1)  # a second, and one of `tell`
    assert durations.at(95) == pytest.approx(3e6, rel=0.15)
    assert 1e6 < durations.least < durations.at(50) < durations.most


def test_a_fixed_duration_is_never_drawn(tmp_path: Path) -> None:
    found = result(tmp_path, {"ask": {**ASK, "takes": "3s"}}, samples=20)
    assert found.samples is not None
    assert set(found.samples.durations.values) == {4_000_000}


def test_without_samples_nothing_is_drawn(tmp_path: Path) -> None:
    found = result(tmp_path, {"ask": ESTIMATED}, seed=3)
    assert found.samples is None
    assert found.run is not None
    assert (found.run.status, found.run.elapsed) == ("succeeded", 2_000_000)


@pytest.mark.parametrize("ask", [ESTIMATED, {**ASK, "failure_rate": 0.5}])
def test_attempts_fail_as_often_as_is_said(ask: dict[str, Any], tmp_path: Path) -> None:
    found = result(tmp_path, {"ask": ask}, samples=400)
    assert found.samples is not None
    assert found.samples.success_rate == pytest.approx(0.75, abs=0.07)  # two attempts


def test_what_returns_never_fails_unasked(tmp_path: Path) -> None:
    assert result(tmp_path, samples=50, expect={"status": "succeeded"}).passed


def test_errors_that_are_drawn_are_those_that_the_component_declares(tmp_path: Path) -> None:
    errors: set[str] = set()

    def look(run: Run) -> None:
        errors.update([run.error.name] if run.error else [])

    suite(tmp_path, {"samples": 60, "mocks": {"ask": ESTIMATED}}).run("s", watch=look)
    assert errors == {"Busy", "Gone"}


def test_samples_are_the_same_each_time_and_others_with_another_seed(tmp_path: Path) -> None:
    first = result(tmp_path, samples=5).samples
    again = result(tmp_path, samples=5).samples
    later = result(tmp_path, samples=5, seed=2).samples
    assert first is not None
    assert again is not None
    assert later is not None
    assert first.durations == again.durations
    assert later.durations.values[:3] == first.durations.values[2:]  # seeds 2, 3 and 4


def test_a_percentile_that_is_not_kept_shows_the_longest_run(tmp_path: Path) -> None:
    limits = {"p50": {"duration": "1s"}, "p95": {"duration": "1m", "cost": 1}}
    found = result(tmp_path, samples=50, expect={"percentiles": limits})
    half, cost = told(found)
    assert half.startswith("p50 of the duration: expected at most 1s, found 1s9")
    assert cost == "p95 of the cost: expected at most 1, found 2"
    assert found.samples is not None
    assert found.run is not None
    assert found.seed == found.unmet[0].seed == found.samples.longest
    assert found.run.elapsed == found.samples.durations.most
    file = found.failures[0].file
    pipeline = file.replace("flowtest", "flow")
    command = f"flow dry-run {pipeline} --scenario {file}::s --seed {found.seed}"
    assert found.failures[0].help == f"`{command}` makes the run that shows it"


def test_the_seed_of_a_failure_makes_the_run_again(tmp_path: Path) -> None:
    found = result(tmp_path, samples=50, expect={"max_duration": "2500ms"})
    assert found.run is not None
    (message,) = told(found)
    alone = result(tmp_path, samples=1, seed=found.seed)
    assert alone.run is not None
    assert alone.run.elapsed == found.run.elapsed > 2_500_000
    assert message.startswith("the duration: expected at most 2s500ms, found ")
    assert message.endswith(" of 50 runs)")


def test_too_few_runs_that_succeed_show_one_that_does_not(tmp_path: Path) -> None:
    expect = {"success_rate": ">= 0.99"}
    found = result(tmp_path, {"ask": ESTIMATED}, samples=50, expect=expect)
    assert told(found)[0].startswith("the share of the runs that succeed: expected at least 0.99, ")
    assert found.run is not None
    assert found.run.status == "failed"


def test_what_is_expected_of_a_run_is_expected_of_each(tmp_path: Path) -> None:
    expect = {"status": "succeeded", "outputs": {"n": 7}}
    found = result(tmp_path, {"ask": {**ASK, "failure_rate": 0.5}}, samples=50, expect=expect)
    assert found.samples is not None
    failed = found.samples.statuses.count("failed")
    assert told(found) == [
        f'the run: expected "succeeded", found "failed" (in {failed} of 50 runs)',
        f"outputs.n: expected 7, found null (in {failed} of 50 runs)",
    ]


def test_a_run_that_cannot_go_on_is_told_with_its_seed(tmp_path: Path) -> None:
    mocks = {"ask": [{**ASK, "failure_rate": 0.5}]}
    (message,) = told(result(tmp_path, mocks, samples=50))
    assert message.startswith("`ask` has 1 mock, and `ask` makes a further attempt (in the run")


def test_each_run_is_watched(tmp_path: Path) -> None:
    runs: list[Run] = []
    suite(tmp_path, {"samples": 5}).run("s", watch=runs.append)
    suite(tmp_path, {}).run("s", watch=runs.append)
    assert len(runs) == 6


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1.0), (1, 1.0), (50, 5.0), (51, 6.0), (90, 9.0), (100, 10.0)]
)
def test_percentiles_are_those_of_the_nearest_rank(percent: float, value: float) -> None:
    assert Distribution(tuple(map(float, range(10, 0, -1)))).at(percent) == value


def test_few_of_many_runs_are_kept(tmp_path: Path) -> None:
    found = suite(tmp_path, {"samples": 300, "mocks": {"ask": ESTIMATED}}).run("s").samples
    assert found is not None
    assert {found.longest, found.dearest, found.failure} == set(found.kept)


def test_many_runs_are_told_with_a_histogram(tmp_path: Path) -> None:
    found = result(tmp_path, {"ask": ESTIMATED}, samples=40)
    assert found.samples is not None
    head, duration, *bars, cost = render(found.samples).splitlines()
    failed = round(40 * (1 - found.samples.success_rate))
    assert head == f"40 runs, seeds 0 to 39: {failed} did not succeed"
    assert duration.startswith("duration: p50 ")
    assert f"(seed {found.samples.longest})" in duration
    assert len(bars) == 8
    assert sum(int(bar.split()[-1]) for bar in bars) == 40
    assert cost.startswith("cost: p50 2, p90 4")


def test_runs_that_are_all_alike_have_no_histogram(tmp_path: Path) -> None:
    found = result(tmp_path, {"ask": {**ASK, "takes": "3s"}}, samples=3)
    assert found.samples is not None
    assert render(found.samples).splitlines() == [
        "3 runs, seeds 0 to 2: all succeeded",
        "duration: always 4s",
        "cost: always 2",
    ]
