"""Faults: texts that stand for them, what they do to a run, and how all of them are found."""

from pathlib import Path

import pytest

from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.fault_sweep import Sweep, Sweeper
from flow_core.simulate.faults import Fault, FaultPlan, FaultSource, check_faults
from flow_core.simulate.run import Run, plan_of, simulate

PIPELINE = """\
flow: 1
name: order
components:
  pick:
    inputs: {line: string}
    outputs: {parcel: string}
    errors: {OutOfStock: none left}
    estimate: {p50: 2s, p95: 20s}
    run: {shell: [pick]}
  put_back: {inputs: {parcel: string}, run: {shell: [put-back]}}
  ship:
    outputs: {code: string}
    errors: {Refused: no, Busy: ask again}
    estimate: {p50: 1s}
    run: {shell: [ship]}
  tell: {run: {shell: [tell]}}
inputs: {lines: list<string>}
steps:
  pick:
    for_each: ${{ inputs.lines }}
    uses: pick
    with: {line: "${{ item }}"}
    compensate:
      uses: put_back
      with: {parcel: "${{ outputs.parcel }}"}
  send:
    depends_on: [pick]
    timeout: 1m
    steps:
      ship:
        uses: ship
        retry: {max_attempts: 3, delay: 1s, errors: [Busy, timeout]}
    outputs: {code: "${{ steps.ship.outputs.code }}"}
    catch:
      - errors: [Refused]
        uses: tell
  say:
    uses: std.log
    depends_on: [send]
    with: {message: done}
"""
PLAN = plan_of(
    Project(Settings(root="/p"), lambda _: None).add(
        "/p/order.flow.yaml", PIPELINE.replace("        uses: tell\n", "        skip: true\n")
    )
)


def run(*faults: str, lines: int = 2) -> Run:
    inputs = {"lines": [str(number) for number in range(lines)]}
    return simulate(PLAN, inputs, source=FaultSource(FaultPlan.read("+".join(faults))))


def sweep(**options: object) -> Sweep:
    depth = options.pop("depth", 1)
    most = options.pop("most", 1000)
    inputs = {"lines": ["a", "b", "c"]}
    return Sweeper(PLAN, inputs, **options).sweep(depth, most)  # type: ignore[arg-type]


def ids(found: Sweep) -> list[str]:
    return [case.plan.id for case in found.cases]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("charge#2=GatewayError", "`charge` attempt 2 fails with GatewayError"),
        ("charge=hang", "each attempt of `charge` hangs"),
        ("a/b[2]!compensate#1=slow", "`a/b[2]!compensate` attempt 1 is slow"),
        ("a#1=X+b=hang", "`a` attempt 1 fails with X, each attempt of `b` hangs"),
        ("none", "nothing goes wrong"),
    ],
)
def test_a_plan_is_a_text_and_a_sentence(text: str, told: str) -> None:
    plan = FaultPlan.read(text)
    assert plan.id == text
    assert str(plan) == told
    assert eval(repr(plan), {"FaultPlan": FaultPlan}) == plan  # noqa: S307 - it is our own text


@pytest.mark.parametrize("text", ["charge", "charge#0=X", "charge#x=X", "=X", "charge=not ok"])
def test_a_text_that_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(SimulationError, match="is no fault") as found:
        Fault.read(text)
    assert found.value.help


def test_a_fault_meets_its_attempt_alone() -> None:
    found = run("send/ship#2=Busy")
    assert found.step("send/ship") is not None
    assert found.rows["send/ship"].attempts[0].how == "ok"


def test_a_fault_of_the_first_attempt_is_retried() -> None:
    assert [each.how for each in run("send/ship#1=Busy").rows["send/ship"].attempts] == [
        "Busy",
        "ok",
    ]


def test_a_fault_of_each_attempt_uses_up_the_retries() -> None:
    found = run("send/ship=Busy")
    assert [each.how for each in found.rows["send/ship"].attempts] == ["Busy"] * 3
    assert found.status == "failed"


def test_a_fault_of_an_attempt_wins_over_that_of_each() -> None:
    found = run("send/ship=Busy", "send/ship#2=Refused")
    assert [each.how for each in found.rows["send/ship"].attempts] == ["Busy", "Refused"]


def test_a_hang_ends_at_the_timeout() -> None:
    found = run("send/ship#1=hang")
    assert found.steps["send"].error is not None
    assert found.steps["send"].error.name == "timeout"


def test_a_slow_attempt_takes_as_long_as_one_of_twenty() -> None:
    assert run("pick[0]#1=slow").rows["pick[0]"].span == (0, 20_000_000)
    assert run("send/ship#1=slow").rows["send/ship"].span == (2_000_000, 12_000_000)


def test_attempts_are_counted_for_each_element() -> None:
    found = run("pick[1]#1=OutOfStock")
    assert found.rows["pick[0]"].status == "succeeded"
    assert found.rows["pick[1]"].status == "failed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pikc#1=OutOfStock", "no call at `pikc`"),
        ("pick#1=Refused", "`pick` never raises Refused"),
        ("send#1=Busy", "no call at `send`"),
        ("send!catch[0]#1=unexpected", "no call at `send!catch"),
    ],
)
def test_faults_of_what_is_not_there_are_refused(text: str, told: str) -> None:
    with pytest.raises(SimulationError) as found:
        check_faults(PLAN, FaultPlan.read(text))
    assert told in found.value.message
    assert found.value.help


@pytest.mark.parametrize("text", ["send/ship=Busy", "pick!compensate#2=unexpected", "pick[7]=slow"])
def test_faults_of_what_is_there_are_taken(text: str) -> None:
    check_faults(PLAN, FaultPlan.read(text))


def test_single_faults_are_those_that_the_components_declare() -> None:
    assert ids(sweep()) == [
        "none",
        "pick[0]#1=OutOfStock",
        "pick[0]#1=unexpected",
        "pick[2]#1=OutOfStock",
        "pick[2]#1=unexpected",
        "send/ship#1=Busy",
        "send/ship=Busy",
        "send/ship#1=Refused",
        "send/ship#1=unexpected",
        "send/ship#1=hang",
    ]


def test_a_hang_is_a_fault_only_where_a_timeout_ends_it() -> None:
    assert ids(sweep(each=("timeout",))) == ["none", "send/ship#1=hang"]


def test_only_calls_with_an_estimate_can_be_slow() -> None:
    assert ids(sweep(each=("slow",))) == [
        "none",
        "pick[0]#1=slow",
        "pick[2]#1=slow",
        "send/ship#1=slow",
    ]


@pytest.mark.parametrize("step", ["ship", "send"])
def test_faults_can_be_restricted_to_steps_and_what_is_in_them(step: str) -> None:
    found = ids(sweep(steps=[step], each=("timeout",)))
    assert found == ["none", "send/ship#1=hang"]


def test_a_second_fault_is_one_that_the_first_made_possible() -> None:
    pairs = [each for each in ids(sweep(depth=2)) if "+" in each]
    assert "pick[0]#1=OutOfStock+pick[1]!compensate#1=unexpected" in pairs
    assert "send/ship#1=Busy+send/ship#2=Refused" in pairs
    assert "send/ship#1=unexpected+pick[0]!compensate#1=unexpected" in pairs
    assert not any("pick[0]#1" in each and "ship" in each for each in pairs)


def test_the_bound_is_told() -> None:
    found = sweep(depth=2, most=4)
    assert len(found.cases) == 4
    assert not found.complete
    assert sweep().complete


def test_two_sweeps_find_the_same_in_the_same_order() -> None:
    assert ids(sweep(depth=3)) == ids(sweep(depth=3))


def test_no_plan_is_found_that_changes_nothing() -> None:
    cases = sweep(depth=2).cases
    assert len({case.applied for case in cases}) == len(cases)
    assert all(len(case.plan.faults) <= len(case.applied) for case in cases)


def test_a_run_without_end_is_a_case_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "p.flow.yaml"
    file.write_text(
        "flow: 1\nname: p\ncomponents:\n  ask: {outputs: {ok: boolean}, run: {shell: [ask]}}\n"
        "steps:\n  ask:\n    repeat: {until: '${{ outputs.ok && false }}', "
        "max_iterations: 1000000}\n    uses: ask\n"
    )
    case = Sweeper(plan_of(file), {}).run(FaultPlan())
    assert case.run is None
    assert case.error is not None
    assert case.error.code == "FL811"
