"""`flow(…).sample(500)`: percentiles over seeds in Python, and what a failure shows."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flow_testing import Duration, FlowTestError, estimated, fail
from flow_testing.api import Flow, PipelineTest
from flow_testing.recording import listeners, recent

if TYPE_CHECKING:
    from flow_core.simulate import Run

FOLDER = Path(__file__).parents[2] / "docs" / "first-budget"


def quote(seed: int | None = None, **more: Any) -> PipelineTest:
    return Flow(FOLDER)("quote.flow.yaml", {"address": "Kiel"}, seed, **more)


def mocked(seed: int | None = None) -> PipelineTest:
    test = quote(seed).mock("ask", {"euros": 8}, failure_rate=0.05)
    return test.mock("tell", {})


def test_percentiles_compare_with_durations_and_numbers() -> None:
    found = mocked().sample(200)
    assert found.count == 200
    assert "2s" < found.elapsed.p50 < "3s"
    assert found.elapsed.least < found.elapsed.p50 < found.elapsed.p75 < found.elapsed.p90
    assert found.elapsed.p90 < found.elapsed.p95 < found.elapsed.p99 <= found.elapsed.most
    assert found.cost.p50 == found.cost.least == 0.004
    assert found.cost.most > 0.004
    assert found.success_rate == 1


def test_samples_are_those_of_a_scenario_that_says_the_same() -> None:
    from flow_core.project import Project
    from flow_core.settings import load
    from flow_core.simulate.scenarios import Suite

    file = FOLDER / "tests" / "quote.flowtest.yaml"
    module = Project(load(file.parent)).module(str(file))
    assert module is not None
    result = Suite(module).run("nearly all quotes are quick")
    assert result.samples is not None
    found = mocked().sample(500)
    assert found.worst_seed == result.seed
    assert found.worst.elapsed == Duration(int(result.samples.durations.most))


def test_the_seed_of_the_worst_run_makes_it_again() -> None:
    found = mocked().sample(50)
    again = mocked(found.worst_seed).sample(1)
    assert again.worst.elapsed == found.worst.elapsed
    assert again.worst.timeline == found.worst.timeline


def test_the_dearest_run_and_one_that_failed() -> None:
    found = quote().mock("ask", {"euros": 8}, failure_rate=0.7).mock("tell", {}).sample(60)
    assert 0 < found.success_rate < 1
    assert found.dearest.cost == found.cost.most
    assert found.failure is not None
    assert found.failure.failed
    assert mocked().sample(5).failure is None


def test_what_is_estimated_fails_as_often_as_it_says() -> None:
    found = quote().mock("ask", estimated()).mock("tell", {}, takes="1s").sample(300)
    assert 0.004 < found.cost.p99 < 0.012  # some attempts fail and cost again


def test_effects_that_a_test_does_not_care_for_are_drawn_too() -> None:
    found = quote(mock_all=True).sample(100)
    assert found.elapsed.least < found.elapsed.most
    assert isinstance(found.worst.outputs["prices"], list)


def test_a_test_of_one_run_draws_nothing() -> None:
    run = quote().mock("ask", {"euros": 8}).mock("tell", {}).simulate()
    assert (run.elapsed, run.cost) == ("1400ms", 0.004)


def test_each_run_is_recorded_and_the_worst_is_shown() -> None:
    runs: list[Run] = []
    listeners.append(runs.append)
    recent.clear()
    try:
        found = mocked().sample(5)
    finally:
        listeners.remove(runs.append)
    assert len(runs) == 5
    assert [make().elapsed for make in recent] == [found.worst.core.elapsed]


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda: mocked().sample(0), "0 is no number of runs"),
        (lambda: mocked().sample(2).elapsed.at(101), "101 is no percentage"),
        (lambda: mocked().sample(2).elapsed.at(float("nan")), "nan is no percentage"),
        (lambda: quote().sample(3), "nothing mocks `price`"),
        (lambda: quote().mock("ask", {"euros": 8}, failure_rate=5), "`failure_rate=5`"),
        (lambda: quote().mock("ask", fail("Busy"), failure_rate=0.5), "`failure_rate=0.5`"),
    ],
)
def test_mistakes(mistake: Any, message: str) -> None:
    with pytest.raises(FlowTestError, match=message):
        mistake()


def test_a_failure_shows_a_histogram_and_the_worst_run(pytester: pytest.Pytester) -> None:
    pipeline = (FOLDER / "quote.flow.yaml").read_text("utf-8")
    (pytester.path / "quote.flow.yaml").write_text(pipeline, "utf-8")
    pytester.makepyfile(
        """
        def test_quick(flow):
            test = flow("quote.flow.yaml", {"address": "Kiel"})
            test.mock("ask", {"euros": 8}, failure_rate=0.05).mock("tell", {})
            found = test.sample(100)
            assert found.elapsed.p95 < "5s"
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:asyncio")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*assert 9s* < 5s*",
            "E*it is 4s* more than that",
            "*What happened in the run of quote*",
            "*ask*succeeded",
            "*What came of many runs*",
            "100 runs, seeds 0 to 99: all succeeded",
            "duration: p50 2.*s, p90 *",
            "  to *█*",
        ]
    )
