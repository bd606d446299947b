"""Traces: written, read, replayed and compared; and what is refused."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from simulating import module_of, project_of, scenario_of

from flow_core.kernel.events import Cancel
from flow_core.plan.build import make_plan
from flow_core.simulate import SimulationError, simulate
from flow_core.simulate.outcomes import History
from flow_core.simulate.trace import (
    Trace,
    first_difference,
    read_trace,
    replay,
    results_of,
    write_trace,
)

PIPELINE = """\
inputs: {flag: {type: boolean, default: true}}
steps:
  a: {uses: k.slow, retry: {max_attempts: 2, delay: 1s}}
  b: {depends_on: [a], for_each: [1, 2], uses: k.quick}
  c: {when: "${{ steps.a.outputs.n > 3 }}", uses: k.work}
"""
OTHER = PIPELINE.replace("max_attempts: 2", "max_attempts: 1").replace("[1, 2]", "[1]")


def recorded(pipeline: str = PIPELINE, **more: Any) -> str:
    module = module_of(pipeline)
    return write_trace(simulate(module, **more), module)


def read(text: str) -> Trace:
    return read_trace(text, "t.jsonl")


def replayed(text: str, pipeline: str = PIPELINE) -> None:
    replay(read(text), make_plan(module_of(pipeline)))


RUNS: list[dict[str, Any]] = [
    {},
    {"inputs": {"flag": False}},
    {"seed": 7},
    {"start": "2026-03-29T01:30:00+01:00"},
    {"scheduled_at": "2026-03-29T01:30:00Z"},
    {"events": [(5_500_000, Cancel())]},
    {"until": 2_000_000},
]


@pytest.mark.parametrize("run", RUNS, ids=map(str, RUNS))
def test_round_trip(run: dict[str, Any]) -> None:
    module = module_of(PIPELINE)
    original = simulate(module, **run)
    trace = read(write_trace(original, module))
    assert trace.batches == tuple(original.batches)
    kernel = replay(trace, make_plan(module)).kernel_at(len(trace.batches))
    assert kernel.outcome == original.outcome
    assert kernel.snapshot() == original.kernel.snapshot()


def test_a_mocked_group_or_pipeline_is_one_attempt_in_the_replay_too() -> None:
    project, module = project_of(
        "steps: {g: {steps: {x: {uses: k.work}}}, s: {uses: ./sub.flow.yaml}}\n",
        sub="steps: {q: {uses: k.work}}\n",
    )
    scenario = scenario_of(project, {"mocks": {"g": {"returns": {}}, "s": {"returns": {}}}})
    text = write_trace(simulate(module, scenario=scenario), module)
    assert replay(read(text), make_plan(module)).trace.header.mocked == ("g", "s")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\u2028\x85\x0c\n\r")
def test_a_text_may_hold_any_end_of_a_line(text: str) -> None:
    module = module_of("inputs: {text: string}\nsteps: {a: {uses: k.work}}\n")
    run = simulate(module, {"text": text})
    assert read(write_trace(run, module)).header.inputs == {"text": text}


GOOD = recorded()
HEADER, *LINES = GOOD.splitlines()
UNREADABLE = {
    "nothing": "",
    "an empty line": "\n",
    "no JSON": "hello",
    "no object": "[]",
    "an empty object": "{}",
    "another version": HEADER.replace('"flow_trace":2', '"flow_trace":3'),
    "a half line": GOOD[:-20],
    "an empty line between": HEADER + "\n\n" + "\n".join(LINES),
    "a deep line": HEADER + "\n" + "[" * 100_000,
    "deep data": HEADER.replace('"inputs":{}', '"inputs":{"a":' + "[" * 100_000),
    "data that is deep": '{"flow_trace":2,"pipeline":"x","digest":"","inputs":{"a":' + "[" * 99_999,
    "an unknown event": HEADER + '\n{"at":0,"events":[{"event":"boom"}],"notes":[]}',
    "null bytes": "\0\0\0",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(text: str) -> None:
    with pytest.raises(SimulationError, match=r"t\.jsonl"):
        read(text)


def edited(line: int, **changes: Any) -> str:
    lines = GOOD.splitlines()
    lines[line] = json.dumps({**json.loads(lines[line]), **changes})
    return "\n".join(lines) + "\n"


ELSEWHERE = {
    "an input of another type": edited(0, inputs={"flag": "yes"}),
    "another time": edited(2, at=4_000_000),
    "a time that goes back": edited(2, at=-1),
    "a huge time": edited(2, at=2**70),
    "no events": edited(2, events=[]),
    "no notes": edited(2, notes=[]),
    "outputs of another type": edited(
        2, events=[{"event": "succeeded", "id": 4, "outputs": {"n": "x"}}]
    ),
    "a signal out of nowhere": edited(2, events=[{"event": "signal", "path": "[[["}]),
    "a cancel": edited(2, events=[{"event": "cancel"}]),
}


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_trace_that_goes_otherwise_is_refused(text: str) -> None:
    with pytest.raises(SimulationError) as refused:
        replayed(text)
    assert refused.value.code == "FL812"


def test_a_trace_of_another_pipeline_is_refused() -> None:
    trace = read(GOOD)
    for use in (replay, results_of):
        with pytest.raises(SimulationError) as refused:
            use(trace, make_plan(module_of(OTHER)))
        assert refused.value.code == "FL812"


def test_history_does_again_what_was_done() -> None:
    project, module = project_of(PIPELINE)
    fails = [{"fail": "A", "takes": "2s"}, {"returns": {"n": 4}, "takes": "3s"}]
    mocks = {"a": fails, "k.quick": {"returns": {"n": 1}}, "k.work": {"returns": {"n": 1}}}
    run = simulate(module, scenario=scenario_of(project, {"mocks": mocks}))
    trace = read(write_trace(run, module))
    again = simulate(module, history=History(results_of(trace, make_plan(module))))
    assert again.notes == run.notes


def test_first_difference() -> None:
    one, same = read(GOOD), read(recorded())
    assert first_difference(one, same) is None
    other = read(recorded(events=[(5_500_000, Cancel())]))
    found = first_difference(one, other)
    assert found is not None
    assert found.one is not None
    assert found.other is not None
    assert (found.one.what, found.other.what) == ("ended", "cancel")
    short = Trace(one.header, one.batches[:-1])
    parted = first_difference(short, one)
    assert parted is not None
    assert parted.one is None


HUSHED = """\
components:
  login:
    inputs: {pw: {type: string, secret: true, minLength: 5}}
    outputs: {token: {type: string, secret: true, minLength: 8}, n: integer}
    errors: {A: one}
    run: {shell: [x]}
inputs: {pw: {type: string, secret: true, minLength: 5}}
secrets: [KEY]
steps:
  a: {uses: login, with: {pw: "${{ inputs.pw }}"}}
  b: {uses: login, with: {pw: "mixed ${{ steps.a.outputs.token }} ${{ secrets.KEY }}"}}
  e: {for_each: [1, 2], uses: login, with: {pw: "${{ inputs.pw }}"}}
  g: {steps: {x: {uses: login, with: {pw: "${{ inputs.pw }}"}}}}
  t: {uses: std.template, with: {template: "in clear: ${{ inputs.pw }}"}}
  f: {uses: std.fail, with: {message: "no: ${{ steps.a.outputs.token }}"}}
"""


def test_secrets_are_not_in_a_trace_and_it_can_be_replayed() -> None:
    project, module = project_of(HUSHED)
    given_: dict[str, Any] = {
        "inputs": {"pw": "hunter22"},
        "secrets": {"KEY": "key-of-mine"},
        "mocks": {"login": {"returns": {"token": "to-ken-7", "n": 1}}},
    }
    run = simulate(module, scenario=scenario_of(project, given_))
    text = write_trace(run, module)
    assert not [s for s in ("hunter22", "to-ken-7", "key-of-mine") if s in text]
    replayed(text, HUSHED)
