"""Tests of pipelines in Python: mocks, runs in virtual time, and what they tell."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flow_testing import Duration, Flow, FlowTestError, PipelineTest, fail, hang, simulate
from flow_testing.recording import listeners, recent

DOCS = Path(__file__).parents[2] / "docs"
SIGNUP = str(DOCS / "first-test" / "signup.flow.yaml")
ADA = {"email": "ada@example.com"}
GATES = """\
flow: 1
name: gates
inputs:
  total: {type: integer, default: 1}
components:
  pack:
    inputs: {item: integer}
    outputs: {parcel: string, weight: "number?"}
    errors: {Torn: the box tore}
    estimate: {p50: 2s, cost: 0.5}
    run: {shell: [pack]}
  send:
    inputs: {parcels: list<string>}
    outputs: {tracking: string}
    run: {shell: [send]}
steps:
  pack:
    for_each: "${{ [1, 2] }}"
    max_parallel: 1
    uses: pack
    with: {item: "${{ item }}"}
    timeout: 10s
    retry: {max_attempts: 3, delay: 1s, backoff: exponential, errors: [timeout, Torn]}
  approve:
    depends_on: [pack]
    uses: std.approval
    with: {message: Send them?}
    timeout: 1d
  wait:
    uses: std.wait_signal
    depends_on: [approve]
  ship:
    depends_on: [wait]
    steps:
      send:
        uses: send
        with: {parcels: "${{ steps.pack.outputs.map(p, p.parcel) }}"}
    outputs: {tracking: "${{ steps.send.outputs.tracking }}"}
outputs:
  tracking: ${{ steps.ship.outputs.tracking }}
"""


APPROVED = {"decision": "approve", "by": "Ada", "at": "2026-11-20T06:00:00Z"}
SENT = {"data": 1, "by": "Ada", "at": "2026-11-20T06:00:00Z"}


@pytest.fixture
def gates(tmp_path: Path) -> PipelineTest:
    (tmp_path / "gates.flow.yaml").write_text(GATES)
    test = Flow(tmp_path)("gates.flow.yaml")
    return test.mock("pack", {"parcel": "p"}).mock("send", {"tracking": "t"})


def signup(**more: Any) -> PipelineTest:
    return Flow(Path(__file__).parent)(SIGNUP, ADA, **more)


def undone() -> PipelineTest:
    """A sign-up whose mail server stays busy."""
    test = signup().mock("open", {"account": "a"}).mock("close_account")
    return test.mock("welcome", fail("Busy"))


# What a run tells


def test_a_step_that_recovers_tells_its_attempts_and_waits() -> None:
    test = signup().mock("open", {"account": "a-1"}, takes="2s")
    run = test.mock(
        "welcome", [fail("Busy"), fail("Busy"), {}], takes=timedelta(seconds=1)
    ).simulate()
    assert run.succeeded
    assert run.path == ["open", "welcome"]
    welcome = run.step("welcome")
    assert (welcome.attempts, welcome.waits) == (3, ["10s", "20s"])
    assert (welcome.started, welcome.ended, welcome.elapsed) == ("2s", "35s", "33s")
    assert run.elapsed == "35s"
    assert run.outputs == {"account": "a-1"}
    assert run.cost == pytest.approx(0.003)
    assert (run.terminated, run.failed, run.compensated, run.waiting) == (True, False, False, [])


def test_a_run_that_fails_tells_its_error_and_what_was_undone() -> None:
    run = undone().simulate()
    assert (run.status, run.failed, run.compensated, run.outputs) == ("failed", True, True, {})
    assert run.error
    assert (run.error.name, run.error.step) == ("Busy", "welcome")
    assert [call.inputs for call in run.calls("close_account")] == [{"account": "a"}]
    assert "failed (Busy)" in run.timeline


def test_calls_are_those_of_a_step_an_element_or_a_component(gates: PipelineTest) -> None:
    test = gates.mock("pack[1]", [hang(), {"parcel": "q", "weight": 2}])
    run = test.mock("approve", APPROVED).mock("wait", SENT).simulate()
    assert [call.inputs["item"] for call in run.calls("pack")] == [1, 2, 2]
    assert [call.outputs for call in run.calls("pack[1]")] == [
        None,
        {"parcel": "q", "weight": 2},
    ]
    assert [call.at for call in run.calls("pack")] == ["0s", "2s", "13s"]
    assert run.calls("send") == run.calls("ship/send")
    assert run.calls("send")[0].inputs == {"parcels": ["p", "q"]}
    assert run.step("pack[1]").attempts == 2
    assert run.step("ship/send").outputs == {"tracking": "t"}


def test_a_function_decides_by_the_inputs(gates: PipelineTest) -> None:
    def pack(inputs: dict[str, Any]) -> dict[str, Any]:
        if inputs["item"] == 2:
            raise fail("Torn", "at the corner", {"corner": 3})
        return {"parcel": "p"}

    run = gates.mock("pack", pack).simulate()
    assert run.error
    assert (run.error.name, run.error.message, run.error.data) == (
        "Torn",
        "at the corner",
        {"corner": 3},
    )
    assert run.step("pack").waits == ["1s", "2s"]


def test_mock_all_mocks_every_effect_that_has_no_mock_with_examples() -> None:
    run = signup(mock_all=True).mock("open", {"account": "mine"}).simulate()
    assert (run.succeeded, run.outputs) == (True, {"account": "mine"})


def test_a_group_may_be_mocked_as_a_whole(gates: PipelineTest) -> None:
    test = gates.mock("ship", {"tracking": "by hand"})
    run = test.mock("approve", APPROVED).mock("wait", SENT).simulate()
    assert run.outputs == {"tracking": "by hand"}
    assert run.calls("send") == []


def test_a_simulation_may_end_before_the_run_does(gates: PipelineTest) -> None:
    run = gates.simulate(until="3s")
    assert (run.terminated, run.waiting, run.path) == (False, ["pack[1]"], [])
    assert gates.simulate(until="1h").waiting == ["approve"]


def test_the_start_is_the_time_of_the_run(gates: PipelineTest) -> None:
    run = gates.start(start="2026-11-20T00:00Z")
    run.advance("1m").signal("approve", "approve")
    assert run.step("approve").outputs["at"] == "2026-11-20T00:01:00Z"


def test_one_seed_gives_one_run() -> None:
    pipeline = str(DOCS / "examples" / "order-processing" / "order.flow.yaml")
    line = {"sku": "s", "qty": 1, "price": 1}
    order = {"id": "o", "customer": {"name": "A", "email": "a@example.com"}, "lines": [line]}

    def waits(seed: int) -> list[Duration]:
        inputs = {"order": {**order, "total": 1, "card": "c"}}
        test = Flow(Path.cwd())(pipeline, inputs, seed, mock_all=True)
        test.mock("validate", {"ok": True, "problems": []}).mock("charge", fail("GatewayError"))
        return test.simulate().step("charge").waits

    assert waits(7) == waits(7) != waits(8)


# Runs whose time moves


def test_a_run_goes_on_as_the_test_says(gates: PipelineTest) -> None:
    run = gates.start()
    assert run.waiting == ["pack[0]"]
    run.advance("4s")
    assert (run.waiting, run.now, run.terminated) == (["approve"], "4s", False)
    run.advance(timedelta(minutes=59)).signal("approve", "approve")
    assert run.waiting == ["wait"]
    run.signal("wait", 12).drain()
    assert run.succeeded
    assert run.step("wait").outputs["data"] == 12
    assert run.elapsed == "59m4s"


def test_a_run_that_is_cancelled_undoes_what_it_did(gates: PipelineTest) -> None:
    run = gates.start().advance("5s").cancel().drain()
    assert (run.status, run.terminated) == ("cancelled", True)


def test_a_run_that_nobody_answers_times_out(gates: PipelineTest) -> None:
    run = gates.start().drain()
    assert (run.status, run.elapsed) == ("failed", "1d4s")


def test_without_the_fixture_a_run_is_simulated_at_once() -> None:
    assert simulate(SIGNUP, ADA).terminated
    run = simulate(SIGNUP, ADA, mocks={"welcome": fail("Busy")})
    assert (run.status, run.compensated) == ("failed", True)


# Mistakes


def broken(test: PipelineTest) -> None:
    test.mock("open", lambda inputs: inputs["name"]).simulate()


MISTAKES: dict[str, tuple[Callable[[PipelineTest], object], list[str]]] = {
    "no mock": (
        lambda test: test.simulate(),
        [
            "nothing mocks `open_account`, which `open` calls",
            "add `.mock(\"open_account\", {'account': 'x'})`, or say `mock_all=True`",
        ],
    ),
    "a mock of nothing": (
        lambda test: test.mock("opne", {}),
        ["there is no step `opne`", "did you mean `open`?"],
    ),
    "outputs that do not fit": (
        lambda test: test.mock("open", {"account": 5}),
        ["the mock of `open`: account: `5` is a number", "`open` gives `{account: string}`"],
    ),
    "an output that is missing": (
        lambda test: test.mock("open", {}),
        ["the mock of `open`: required property `account` is missing"],
    ),
    "an output that is not declared": (
        lambda test: test.mock("open", {"account": "a", "acount": "b"}),
        ["acount"],
    ),
    "an error that is not declared": (
        lambda test: test.mock("welcome", fail("Bussy")),
        ["`welcome` never raises `Bussy`", "did you mean `Busy`?"],
    ),
    "an error of another kind": (
        lambda test: test.mock("close_account", fail("Gone")),
        ["`close_account` never raises `Gone`", "declares no errors"],
    ),
    "no mock at all": (
        lambda test: test.mock("open", "a-1"),  # type: ignore[arg-type] # the mistake
        ["'a-1' is nothing that `open` could do", "give its outputs by name"],
    ),
    "too few mocks": (
        lambda test: test.mock("open", {"account": "a"}).mock("welcome", [fail("Busy")]).simulate(),
        ["`welcome` has 1 mock, and `welcome` makes a further attempt"],
    ),
    "a function whose outputs do not fit": (
        lambda test: test.mock("open", lambda _: {"account": 5}).simulate(),
        ["the mock of `open`: account: `5` is a number"],
    ),
    "a function that gives no outputs": (
        lambda test: test.mock("open", lambda _: 5).simulate(),
        ["the function that mocks `open` returned 5", "let it return outputs by name"],
    ),
    "a function with an error that is not declared": (
        lambda test: test.mock("open", raising).simulate(),
        ["`open` never raises `Takn`", "did you mean `Taken`?"],
    ),
    "a step that is not there": (
        lambda test: examples(test).simulate().step("welcom"),
        ["there is no step `welcom`", "did you mean `welcome`?"],
    ),
    "calls of what is not there": (
        lambda test: examples(test).simulate().calls("opn"),
        ["there is no step `opn`"],
    ),
    "a signal that nobody waits for": (
        lambda test: examples(test).start().signal("open", "yes"),
        ["`open` never waits for a signal", "what waits for a signal now: nothing"],
    ),
    "a signal to nobody": (
        lambda test: examples(test).start().signal("opne", "yes"),
        ["there is no step `opne`", "did you mean `open`?"],
    ),
    "time for a run that has ended": (
        lambda test: examples(test).start().drain().advance("1s"),
        ["the run can't advance any more: it succeeded at 1s"],
    ),
    "a snapshot without the fixture": (
        lambda test: examples(test).simulate().match_snapshot(),
        ["only runs of the `flow` fixture have snapshots"],
    ),
    "a path that is no text": (
        lambda _: flow_of(None),
        ["None is no path of a pipeline"],
    ),
    "inputs that are no dict": (
        lambda _: flow_of(SIGNUP, ["email"]),
        ["inputs: ['email'] is not by name", 'write a dict: `{"name": …}`'],
    ),
    "inputs whose names are no texts": (
        lambda _: flow_of(SIGNUP, {1: "a"}),
        ["inputs: {1: 'a'} is not by name"],
    ),
    "a seed that is no number": (
        lambda _: flow_of(SIGNUP, {}, "x"),
        ["'x' is no seed", "write an integer from 0 on"],
    ),
    "a negative seed": (lambda _: flow_of(SIGNUP, {}, -1), ["-1 is no seed"]),
    "a mock of what is no text": (
        lambda test: test.mock(3, {}),  # type: ignore[arg-type] # the mistake
        ["3 is no name of a step or component"],
    ),
    "a step that is no text": (
        lambda test: examples(test).simulate().step(0),  # type: ignore[arg-type] # the mistake
        ["0 is no name of a step"],
    ),
    "calls of what is no text": (
        lambda test: examples(test).simulate().calls(None),  # type: ignore[arg-type] # the mistake
        ["None is no name of a step or component"],
    ),
    "outputs that are no data": (
        lambda test: test.mock("open", {"account": timedelta()}),
        ["the mock of `open`: a timedelta is no JSON data"],
    ),
    "outputs whose names are no texts": (
        lambda test: test.mock("open", {3: "a"}),  # type: ignore[dict-item] # the mistake
        ["the mock of `open`: the key `3` is no text"],
    ),
    "an error that is no text": (
        lambda test: test.mock("open", fail(404)),  # type: ignore[arg-type] # the mistake
        ["404 is no name of an error"],
    ),
    "a maker that is not called": (
        lambda test: test.mock("open", hang),  # type: ignore[arg-type] # the mistake
        ["`hang` is not called", "write `hang()`"],
    ),
    "a function without an argument": (
        lambda test: test.mock("open", lambda: {"account": "a"}),  # type: ignore[arg-type] # the mistake
        ["the function that mocks `open` can't be called", "all inputs as one dict"],
    ),
    "a function that returns a failure": (
        lambda test: test.mock("open", lambda _: fail("Taken")).simulate(),
        ["let it raise that: `raise fail('Taken')`"],
    ),
    "a function that is async": (
        lambda test: test.mock("open", later).simulate(),
        ["the function that mocks `open` is async"],
    ),
    "no duration": (
        lambda test: test.mock("open", {"account": "a"}, takes=3),  # type: ignore[arg-type] # it
        ["3 is no duration", 'write `"1m30s"`'],
    ),
    "a negative duration": (
        lambda test: test.mock("open", {"account": "a"}, takes=timedelta(-1)),
        ["is negative"],
    ),
    "a duration beyond all": (
        lambda test: examples(test).start().advance(timedelta.max),
        ["is longer than a run can be"],
    ),
    "time that goes back": (
        lambda test: examples(test).start().advance(timedelta(seconds=-1)),
        ["is negative"],
    ),
    "a time that is a number": (
        lambda test: examples(test).simulate(start=3),  # type: ignore[arg-type] # the mistake
        ["`3` is no time with an offset"],
    ),
    "a scenario in a file of another name": (
        lambda test: examples(test).simulate().save_scenario("kept.txt"),
        ["`kept.txt` is no name of a scenario file", "name it `*.flowtest.yaml`"],
    ),
    "a path beyond all": (lambda _: flow_of("a" * 5000), ["there is no pipeline"]),
    "a comparison with no duration": (
        lambda test: examples(test).simulate().elapsed < 3,  # type: ignore[operator] # the mistake
        ["3 is no duration"],
    ),
    "faults that are none": (
        lambda test: examples(test).simulate(faults="open"),  # type: ignore[arg-type] # the mistake
        ["'open' are no faults", "fault_plans"],
    ),
    "a time that is none": (
        lambda test: examples(test).simulate(start="tomorrow"),
        ["`tomorrow` is no time with an offset"],
    ),
}


def flow_of(*given: Any) -> PipelineTest:
    return Flow(Path.cwd())(*given)


async def later(_inputs: dict[str, Any]) -> dict[str, Any]:
    return {}


def raising(_inputs: dict[str, Any]) -> dict[str, Any]:
    raise fail("Takn")


def examples(test: PipelineTest) -> PipelineTest:
    return test.mock("open", {"account": "a"}).mock("welcome")


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_mend(name: str) -> None:
    make, expected = MISTAKES[name]
    with pytest.raises(FlowTestError) as caught:
        make(signup())
    for part in expected:
        assert part in str(caught.value)
    assert inside_of_flow(caught.traceback) == []


def inside_of_flow(entries: Any) -> list[str]:
    """The frames of Flow that pytest would show."""
    package = str(Path(__file__).parents[2] / "testing")
    core = str(Path(__file__).parents[2] / "core")
    shown = [entry for entry in entries if not entry.ishidden(None)]
    return [str(e.path) for e in shown if str(e.path).startswith((package, core))]


@pytest.mark.parametrize("ending", [pytest.fail, pytest.skip, pytest.xfail, sys.exit])
def test_a_function_may_end_its_test(ending: Callable[[str], object]) -> None:
    test = signup().mock("open", lambda _: ending("here"))
    with pytest.raises(BaseException, match="here") as caught:
        test.simulate()
    assert not isinstance(caught.value, Exception)
    assert inside_of_flow(caught.traceback) == []


def test_an_error_in_a_function_of_a_test_is_shown_where_it_stands() -> None:
    with pytest.raises(KeyError) as caught:
        broken(signup())
    assert inside_of_flow(caught.traceback) == []
    assert caught.traceback[-1].frame.code.path == Path(__file__)


def test_data_of_a_mock_is_not_shared_with_its_test() -> None:
    given = {"account": "a"}
    taken: list[dict[str, Any]] = []

    def spoil(inputs: dict[str, Any]) -> dict[str, Any]:
        inputs.clear()
        taken.append({})
        return taken[0]

    test = signup().mock("open", given).mock("welcome", spoil)
    given["account"] = "b"
    run = test.simulate()
    taken[0]["more"] = 1
    assert run.outputs == {"account": "a"}
    assert run.calls("welcome")[0].inputs == {"to": "ada@example.com", "account": "a"}
    assert run.calls("welcome")[0].outputs == {}


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, ["the input `email` is missing", 'give it: `inputs={"email": …}`']),
        ({"emial": "a"}, ["`signup` has no input `emial`", "did you mean `email`?"]),
        ({"email": 5}, ["`email`"]),
        ({"email": {1, 2}}, ["a set is no JSON data"]),
    ],
)
def test_inputs_that_do_not_fit_are_told(inputs: dict[str, Any], expected: list[str]) -> None:
    test = Flow(Path.cwd())(SIGNUP, inputs, mock_all=True)
    with pytest.raises(FlowTestError) as caught:
        test.simulate()
    for part in expected:
        assert part in str(caught.value)


def test_a_pipeline_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FlowTestError, match=r"there is no pipeline `nowhere\.flow\.yaml`"):
        Flow(tmp_path)("nowhere.flow.yaml")


def test_the_errors_of_a_pipeline_are_told_with_their_lines(tmp_path: Path) -> None:
    text = Path(SIGNUP).read_text().replace("uses: send_mail", "uses: send_male")
    (tmp_path / "signup.flow.yaml").write_text(text)
    with pytest.raises(FlowTestError) as caught:
        Flow(tmp_path)("signup.flow.yaml", ADA, mock_all=True).simulate()
    line = text.splitlines().index("    uses: send_male") + 1
    assert f"signup.flow.yaml:{line}:" in str(caught.value)
    assert "did you mean `send_mail`?" in str(caught.value)


def test_a_pipeline_that_has_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "signup.flow.yaml"
    flow = Flow(tmp_path)
    for attempts in (3, 12):
        file.write_text(
            Path(SIGNUP).read_text().replace("max_attempts: 3", f"max_attempts: {attempts}")
        )
        test = flow("signup.flow.yaml", ADA, mock_all=True).mock("welcome", fail("Busy"))
        assert test.simulate().step("welcome").attempts == attempts


# What is measured


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """The status of each run that is recorded."""
    found: list[str] = []

    def listen(run: Any) -> None:
        found.append(run.status)

    listeners.append(listen)
    yield found
    listeners.remove(listen)
    recent.clear()


def test_each_run_is_recorded_once(seen: list[str]) -> None:
    undone().simulate()
    assert seen == ["failed"]


def test_a_run_in_pieces_is_recorded_when_it_ends(gates: PipelineTest, seen: list[str]) -> None:
    run = gates.start().advance("5s")
    assert seen == []
    run.cancel()
    run.drain()
    run.drain()
    assert seen == ["cancelled"]


def test_a_run_that_is_left_open_is_recorded_when_its_test_is_over(
    tmp_path: Path, seen: list[str]
) -> None:
    (tmp_path / "gates.flow.yaml").write_text(GATES)
    flow = Flow(tmp_path)
    flow("gates.flow.yaml", mock_all=True).start().advance("5s")
    flow.close()
    assert seen == ["waiting"]
