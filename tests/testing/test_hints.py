"""What tests in Python are told that say something almost right."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import flow_testing
from flow_testing import FaultPlan, Flow, FlowTestError, PipelineTest, fail, hang
from flow_testing.amounts import microseconds_of

PAYING = """\
flow: 1
name: paying
imports: {shop: ./shop.flow.yaml}
inputs: {amount: {type: number, default: 1}}
steps:
  pay:
    uses: shop.pay
    with: {amount: "${{ inputs.amount }}"}
    compensate: {uses: shop.refund, with: {receipt: "${{ outputs.receipt }}"}}
  check:
    depends_on: [pay]
    uses: std.approval
    with: {message: Well?}
  note: {uses: shop.note, depends_on: [pay]}
"""
SHOP = """\
flow: 1
name: shop
components:
  pay:
    inputs: {amount: number}
    outputs: {receipt: string}
    errors: {Declined: no}
    estimate: {p50: 4s200ms}
    run: {shell: [pay]}
  refund: {inputs: {receipt: string}, run: {shell: [refund]}}
  note:
    outputs: {fail: string}
    run: {shell: [note]}
"""
PAID = {"receipt": "r"}
APPROVED = {"decision": "approve", "by": "Ada", "at": "2026-11-20T06:00:00Z"}


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    (tmp_path / "flow.toml").touch()
    (tmp_path / "paying.flow.yaml").write_text(PAYING)
    (tmp_path / "shop.flow.yaml").write_text(SHOP)
    (tmp_path / "tests").mkdir()
    return Flow(tmp_path / "tests")


HINTS: dict[str, tuple[Callable[[PipelineTest], object], str]] = {
    "a failure as in a scenario": (
        lambda test: test.mock("pay", {"fail": "Declined"}),
        'in Python: `fail("Declined")`',
    ),
    "silence as in a scenario": (
        lambda test: test.mock("pay", {"hang": True}),
        "in Python: `hang()`",
    ),
    "an estimate as in a scenario": (
        lambda test: test.mock("pay", {"estimated": True}),
        "in Python: `estimated()`",
    ),
    "outputs as in a scenario": (
        lambda test: test.mock("pay", {"returns": PAID, "takes": "2s"}),
        "in Python the outputs alone: `{'receipt': 'r'}`",
    ),
    "an output that has the name of a key of scenarios": (
        lambda test: test.mock("note", {"fail": 5}),
        "`note` gives `{fail: string}`",
    ),
    "silence that is not called": (
        lambda test: test.mock("pay", hang),  # type: ignore[arg-type] # the mistake
        "`hang` is not called\nwrite `hang()`",
    ),
    "a failure that is not called": (
        lambda test: test.mock("pay", [fail]),  # type: ignore[list-item] # the mistake
        '`fail` is not called\nwrite `fail("Name")`',
    ),
    "a function that returns nothing": (
        lambda test: test.mock("pay", nothing).simulate(),
        "the function that mocks `pay` returned nothing\n`pay` gives `{receipt: string}`",
    ),
    "calls of a component without its alias": (
        lambda test: test.mock("pay", PAID).simulate().calls("refund"),
        "there is no step or component `refund`\ndid you mean `shop.refund`?",
    ),
    "a mock of a component without its alias": (
        lambda test: test.mock("refnd", {}),
        "there is no step or component `refnd`\ndid you mean `shop.refund`?",
    ),
    "a signal to a call": (
        lambda test: test.mock("pay", PAID).start().signal("pay", {}),
        "what waits for a signal now: nothing",
    ),
    "a signal to a call while another step waits": (
        lambda test: test.mock("pay", PAID).start().advance("1m").signal("pay", {}),
        "what waits for a signal now: `check`",
    ),
    "a failure rate of one run": (
        lambda test: test.mock("pay", PAID, failure_rate=0.1).simulate(),
        "`failure_rate` is of many runs, and `simulate()` makes one: `.sample(500)`",
    ),
    "a failure rate of a run whose time moves": (
        lambda test: test.mock("pay", [PAID], failure_rate=0.1).start(),
        "`failure_rate` is of many runs, and `start()` makes one: `.sample(500)`",
    ),
    "a failure rate in percent": (
        lambda test: test.mock("pay", PAID, failure_rate=10),
        "`failure_rate=10` is no share\nwrite a number from 0 to 1",
    ),
    "a failure rate of what fails": (
        lambda test: test.mock("pay", fail("Declined"), failure_rate=0.1),
        "`failure_rate=0.1` says nothing of `pay`",
    ),
    "a duration that is a number": (
        lambda test: test.mock("pay", PAID).simulate(until="1s").elapsed == 60,
        "60 is no duration",
    ),
    "all durations of many runs": (
        lambda test: test.mock("check", APPROVED).sample(2).elapsed < "10ms",
        "say which: `.p95`, `.most`",
    ),
    "all costs of many runs": (
        lambda test: test.mock("check", APPROVED).sample(2).cost == 3,
        "say which: `.p95`, `.most`",
    ),
}


def nothing(_inputs: dict[str, Any]) -> Any:
    return None


@pytest.mark.parametrize("name", HINTS)
def test_what_is_almost_right_is_told(name: str, flow: Flow) -> None:
    make, expected = HINTS[name]
    with pytest.raises(FlowTestError) as caught:
        make(flow("paying.flow.yaml", mock_all=True))
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("payng.flow.yaml", "paying.flow.yaml"),
        ("paying.flow.yml", "paying.flow.yaml"),
        ("paying.yaml", "paying.flow.yaml"),
        ("paying", "paying.flow.yaml"),
        ("../payng.flow.yaml", "../paying.flow.yaml"),
    ],
)
def test_the_name_of_a_pipeline_that_was_meant_is_told(path: str, meant: str, flow: Flow) -> None:
    with pytest.raises(FlowTestError) as caught:
        flow(path)
    assert f"did you mean `{meant}`?" in str(caught.value)


@pytest.mark.parametrize("path", ["quite-different.flow.yaml", "nowhere/at/all.flow.yaml"])
def test_where_paths_start_is_told_where_no_name_is_like_it(path: str, flow: Flow) -> None:
    with pytest.raises(FlowTestError, match="paths start from the folder of the test"):
        flow(path)


def test_a_mocked_failure_says_that_it_is_one(flow: Flow) -> None:
    run = flow("paying.flow.yaml", mock_all=True).mock("pay", fail("Declined")).simulate()
    assert run.error
    assert run.error.message == "as the mock says"


def test_who_decided_may_be_said(flow: Flow) -> None:
    run = flow("paying.flow.yaml", mock_all=True).start().advance("1m")
    run.signal("check", {"decision": "reject", "by": "ada"})
    assert run.step("check").outputs["by"] == "ada"


def test_many_runs_tell_what_to_ask_them(flow: Flow) -> None:
    found = flow("paying.flow.yaml", mock_all=True).mock("check", APPROVED).sample(2)
    with pytest.raises(AttributeError, match=r"no `succeeded`: .* `success_rate == 1`"):
        found.succeeded  # type: ignore[attr-defined] # noqa: B018 # the mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.2s", 4_200_000),
        ("1.5ms", 1_500),
        ("0.5h", 1_800_000_000),
        ("1m4.2s", 64_200_000),
        ("0.0000019s", 1),
    ],
)
def test_durations_may_be_written_as_reports_show_them(text: str, expected: int) -> None:
    assert microseconds_of(text) == expected


@pytest.mark.parametrize(
    "text", ["4.2", "1.5.5s", ".5s", "4.s", "-1.5s", f"{'9' * 5000}.5s", "9999999999999999999.5d"]
)
def test_not_all_with_a_point_is_a_duration(text: str) -> None:
    with pytest.raises(FlowTestError, match="is no duration"):
        microseconds_of(text)


@pytest.mark.parametrize("name", ["flow_inputs", "outputs_of", "fault_plans", "pipelines"])
def test_what_needs_hypothesis_tells_how_to_install_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("strategies", "values", "random_pipelines"):
        monkeypatch.delitem(sys.modules, f"flow_testing.{module}", raising=False)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        getattr(flow_testing, name)
    told = f"`{name}` needs hypothesis: `pip install 'flow-pipelines[test]'`"
    assert str(caught.value) == told
    assert flow_testing.FaultPlan.read("none") == FaultPlan()


def test_what_is_no_fault_tells_how_faults_are_written() -> None:
    with pytest.raises(Exception, match="`pay1` is no fault") as caught:
        FaultPlan.read("pay1")
    assert "write `step#2=Error`" in str(caught.value)
    assert all(entry.ishidden(None) for entry in caught.traceback[1:])
