"""A run driven in pieces is the run that `simulate` makes at once."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulating import module_of

from flow_core.kernel.events import Cancel, Signal
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate import Run, simulate
from flow_core.simulate.live import Live, SignalRefused
from flow_core.simulate.run import begin, plan_of
from flow_testing import random_pipelines

SECOND = 1_000_000
slices = st.lists(st.integers(0, 7_500_000), max_size=8)
seeds = st.integers(0, 2**16)


def live_random(plan: PipelinePlan, seed: int) -> Live:
    source = random_pipelines.Faults(seed)
    return Live(begin(plan, {"flag": True}, seed=seed, asked=(source,), most=5000))


def whole_random(plan: PipelinePlan, seed: int, events: Any = ()) -> Run:
    source = random_pipelines.Faults(seed)
    return simulate(plan, {"flag": True}, seed=seed, source=source, events=events, most=5000)


@settings(max_examples=80, deadline=None)
@given(random_pipelines.pipelines(), seeds, slices)
def test_pieces_of_time_make_the_same_run(data: Any, seed: int, times: list[int]) -> None:
    plan = random_pipelines.plan_of(data)
    live = live_random(plan, seed)
    for time in times:
        live.advance(time)
    live.drain()
    whole = whole_random(plan, seed)
    assert live.run.batches == whole.batches
    assert live.run.outcome == whole.outcome


@settings(max_examples=80, deadline=None)
@given(random_pipelines.pipelines(), seeds, st.integers(0, 9))
def test_a_cancel_between_two_instants_makes_the_same_run(
    data: Any, seed: int, second: int
) -> None:
    """But for jitter, random pipelines act at whole seconds."""
    plan = random_pipelines.plan_of(data)
    at = second * SECOND + SECOND // 2
    live = live_random(plan, seed)
    live.advance(at)
    if not live.ended:
        live.cancel()
    live.drain()
    assert live.run.outcome == whole_random(plan, seed, [(at, Cancel())]).outcome


GATE = """\
steps:
  before: {uses: k.slow}
  gate: {uses: std.approval, with: {message: Go on?}, depends_on: [before], timeout: 1h}
  after: {uses: k.quick, depends_on: [gate]}
"""


def at_the_gate() -> Live:
    return Live(begin(plan_of(module_of(GATE)), {}, asked=(lambda *_: None,), signalled=True))


def test_a_run_stands_still_until_time_passes() -> None:
    live = at_the_gate()
    assert live.run.waiting == ["before"]
    live.advance(5 * SECOND - 1)
    assert (live.run.waiting, live.now) == (["before"], 5 * SECOND - 1)
    live.advance(1)
    assert (live.run.waiting, live.ended) == (["gate"], False)


def test_a_signal_comes_at_the_time_of_the_run() -> None:
    live = at_the_gate()
    live.advance(600 * SECOND)
    live.signal("gate", {"decision": "approve"})
    live.drain()
    assert live.run.succeeded
    assert live.run.elapsed == 601 * SECOND
    events = [(600 * SECOND, Signal("gate", {"decision": "approve"}))]
    whole = simulate(module_of(GATE), events=events)
    assert live.run.outcome == whole.outcome


def test_a_wait_that_nobody_answers_ends_with_its_timeout() -> None:
    live = at_the_gate()
    live.drain()
    assert (live.run.status, live.now) == ("failed", 3605 * SECOND)


@pytest.mark.parametrize(
    ("path", "data", "why"),
    [
        ("gate", {"decision": "perhaps"}, "'perhaps' is not among approve, reject"),
        ("gaet", {}, "there is no such step"),
        ("before", {}, "the step has settled"),
    ],
)
def test_a_signal_that_nobody_can_take_is_refused(path: str, data: Any, why: str) -> None:
    live = at_the_gate()
    live.advance(60 * SECOND)
    with pytest.raises(SignalRefused, match=why):
        live.signal(path, data)
    assert live.run.waiting == ["gate"]


def test_a_run_that_was_looked_at_stays_what_it_was() -> None:
    live = at_the_gate()
    early = live.run
    assert early.elapsed == 0
    live.advance(60 * SECOND)
    assert (live.run.elapsed, live.run.path) == (5 * SECOND, ["before"])
