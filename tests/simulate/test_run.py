"""The Python API: what a pipeline may be given as, and what ends a run."""

from pathlib import Path
from typing import Any

import pytest
from simulating import COMPONENTS, HEAD, module_of, run_of

from flow_core import builder
from flow_core.kernel.events import Cancel, Event, Failed, Pause, Resume, Signal, Succeeded
from flow_core.plan.build import make_plan
from flow_core.simulate import SimulationError, simulate

STEPS = "steps: {a: {uses: k.slow}, b: {depends_on: [a], uses: k.quick}}\n"


def test_a_pipeline_may_be_a_path_a_module_or_a_plan(tmp_path: Path) -> None:
    (tmp_path / "lib.flow.yaml").write_text(COMPONENTS)
    file = tmp_path / "demo.flow.yaml"
    file.write_text(HEAD + STEPS)
    module = module_of(STEPS)
    given: list[Any] = [file, str(file), module, make_plan(module)]
    assert [simulate(each).elapsed for each in given] == [6_000_000] * 4


def test_a_pipeline_may_be_built_in_python() -> None:
    pipeline = builder.Pipeline("built")
    pipeline.step("hello", uses="std.log", with_={"message": "hello"})
    assert simulate(pipeline).path == ["hello"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match=r"there is no file `gone\.flow\.yaml`"):
        simulate(tmp_path / "gone.flow.yaml")


def test_a_pipeline_with_errors() -> None:
    with pytest.raises(SimulationError, match="there is no step `x`") as refused:
        simulate(module_of("steps: {a: {uses: k.quick, depends_on: [x]}}\n"))
    assert refused.value.code


def test_a_run_without_end_names_the_step() -> None:
    runaway = (
        "steps: {again: {uses: k.ask, repeat: {max_iterations: 1000000000, "
        'until: "${{ iteration < 0 }}"}}}\n'
    )
    with pytest.raises(SimulationError, match=r"more than 500 attempts.*`again`") as refused:
        run_of(runaway, most=500)
    assert refused.value.code == "FL811"


@pytest.mark.parametrize(
    ("until", "status"), [(0, "waiting"), (4_999_999, "waiting"), (6_000_000, "succeeded")]
)
def test_until(until: int, status: str) -> None:
    found = run_of(STEPS, until=until)
    assert found.status == status
    assert found.elapsed <= until


ENDLESS: list[tuple[int, Event]] = [(second * 1_000_000, Cancel()) for second in range(100)]
EVENTS: dict[str, tuple[list[tuple[int, Event]], str, int]] = {
    "nothing": ([], "succeeded", 6),
    "a cancel at once": ([(0, Cancel())], "cancelled", 0),
    "a cancel in an attempt": ([(3_000_000, Cancel())], "cancelled", 3),
    "a cancel when an attempt ends": ([(5_000_000, Cancel())], "cancelled", 5),
    "a cancel at the end": ([(6_000_000, Cancel())], "succeeded", 6),
    "a cancel after the end": ([(7_000_000, Cancel())], "succeeded", 6),
    "many cancels": (ENDLESS, "cancelled", 0),
    "a pause": ([(1_000_000, Pause()), (9_000_000, Resume())], "succeeded", 10),
    "a pause for ever": ([(1_000_000, Pause())], "waiting", 5),
    "a resume without a pause": ([(1_000_000, Resume())], "succeeded", 6),
    "the end of another attempt": ([(1_000_000, Succeeded(99, {}))], "succeeded", 6),
    "a failure of no attempt": ([(1_000_000, Failed(-1, "A"))], "succeeded", 6),
    "a signal to nobody": ([(1_000_000, Signal("x/y[0]", {}))], "succeeded", 6),
    "a signal to no path": ([(1_000_000, Signal("[[//!", {"a": 1}))], "succeeded", 6),
}


@pytest.mark.parametrize(("events", "status", "seconds"), EVENTS.values(), ids=EVENTS)
def test_events(events: list[tuple[int, Event]], status: str, seconds: int) -> None:
    found = run_of(STEPS, events=events)
    assert (found.status, found.elapsed) == (status, seconds * 1_000_000)


def test_an_answer_after_the_last_year_of_the_calendar() -> None:
    asks = "steps: {a: {uses: std.approval, with: {message: go?}}}\n"
    late = 3_600_000_000
    answered: list[tuple[int, Event]] = [(late, Signal("a", {"decision": "approve"}))]
    found = run_of(asks, start="9999-12-31T23:59:59Z", events=answered)
    outputs = found.steps["a"].outputs
    assert isinstance(outputs, dict)
    assert outputs["at"] == "9999-12-31T23:59:59.999999Z"
