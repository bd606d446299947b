"""What holds of every run, whatever the pipeline and whatever goes wrong."""

from collections import Counter
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.kernel import Kernel
from flow_core.kernel.events import Cancel, Event, Note, Pause, Resume
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate import Run, simulate
from flow_core.simulate.driver import Driver
from flow_core.simulate.run import sources
from flow_testing.random_pipelines import Faults, pipelines, plan_of

RUNS = settings(max_examples=150, deadline=None)
seeds = st.integers(0, 2**16)


def run(plan: PipelinePlan, seed: int, events: Any = ()) -> Run:
    return simulate(plan, {"flag": True}, seed=seed, source=Faults(seed), events=events, most=5000)


def notes(found: Run) -> list[Note]:
    """What happened, pauses aside."""
    return [note for note in found.notes if note.what not in ("pause", "resume")]


@RUNS
@given(pipelines(), seeds)
def test_every_run_ends(data: Any, seed: int) -> None:
    found = run(plan_of(data), seed)
    assert found.outcome is not None, found.waiting
    state = found.kernel.state
    assert not state.tasks
    assert not state.activations
    assert not state.running
    assert all(limit.used == 0 for limit in state.limits.values())
    assert all(step.status for step in found.kernel.root.steps)


@RUNS
@given(pipelines(), seeds)
def test_one_seed_gives_one_trace(data: Any, seed: int) -> None:
    plan = plan_of(data)
    assert run(plan, seed).batches == run(plan, seed).batches


@RUNS
@given(pipelines(), seeds)
def test_no_step_starts_before_what_it_waits_for(data: Any, seed: int) -> None:
    plan = plan_of(data)
    settled: dict[str, str] = {}
    for note in run(plan, seed).notes:
        if note.what in ("settled", "skipped"):
            status = "skipped" if note.what == "skipped" else note.how
            settled[note.path] = "succeeded" if status == "recovered" else status
        name = note.path.partition("/")[0].partition("[")[0].partition("!")[0]
        if note.what == "started" and name in plan.graph.names:
            step = plan.graph.steps[plan.graph.names[name]]
            for dependency in step.dependencies:
                target = plan.graph.steps[dependency.step].name
                assert settled.get(target) in dependency.statuses, (note, settled)


@RUNS
@given(pipelines(), seeds)
def test_a_limit_is_never_exceeded(data: Any, seed: int) -> None:
    plan = plan_of(data)
    most = plan.max_parallel or 10**6
    found = run(plan, seed)
    waiting = {n.path for n in found.notes if _is_wait(data, n.path)}
    active: Counter[str] = Counter()
    for note in found.notes:
        exempt = note.composite or "!compensate" in note.path or note.path in waiting
        if note.what == "started" and not exempt:
            active[note.path] += 1
        elif note.what == "ended" and not exempt:
            active[note.path] -= 1
        assert active.total() <= most, note


def _is_wait(data: Any, path: str) -> bool:
    """Whether the step at a path is a `std.wait`."""
    name = path.rpartition("/")[2].partition("[")[0].partition("!")[0]
    return '"std.wait"' in _step_text(data, name) and "!catch" not in path


def _step_text(data: Any, name: str) -> str:
    found = _find(data["steps"], name) or data.get("finally", {}).get(name, {})
    return msgspec.json.encode(found.get("uses", "")).decode()


def _find(steps: dict[str, Any], name: str) -> Any:
    for key, step in steps.items():
        if key == name:
            return step
        inner = _find(step.get("steps", {}), name)
        if inner:
            return inner
    return None


@RUNS
@given(pipelines(), seeds)
def test_compensations_run_once_and_in_reverse(data: Any, seed: int) -> None:
    found = run(plan_of(data), seed)
    registered: list[str] = []
    started: Counter[str] = Counter()
    for note in found.notes:
        if note.what == "registered":
            registered.append(note.path)
        elif note.what == "compensating":
            started[note.path] += 1
            assert started[note.path] <= registered.count(note.path)
    outside = [path for path in registered if "/" not in path]
    undone = [n.path for n in found.notes if n.what == "compensating" and "/" not in n.path]
    failing = any(n.what in ("failing", "budget") and not n.path for n in found.notes)
    assert undone == (outside[::-1] if failing else [])


@RUNS
@given(pipelines(), seeds)
def test_a_pause_of_no_length_changes_nothing(data: Any, seed: int) -> None:
    plan = plan_of(data)
    plain = run(plan, seed)
    for batch in plain.batches:
        events: list[tuple[int, Event]] = [(batch.at, Pause()), (batch.at, Resume())]
        assert notes(run(plan, seed, events)) == notes(plain)


@RUNS
@given(pipelines(), seeds, st.integers(0, 12))
def test_a_cancelled_run_ends_cleanly(data: Any, seed: int, seconds: int) -> None:
    plan = plan_of(data)
    at = seconds * 1_000_000
    found = run(plan, seed, [(at, Cancel())])
    assert found.outcome is not None
    late = [n for n in found.notes if n.at > at and n.what == "started"]
    finals = {step.name for step in plan.graph.steps[plan.graph.finals :]}
    if found.status == "cancelled":
        assert all("!compensate" in n.path or n.path.partition("/")[0] in finals for n in late)


@RUNS
@given(pipelines(), seeds)
def test_a_state_that_went_through_json_goes_on_the_same(data: Any, seed: int) -> None:
    plan = plan_of(data)

    kernel = Kernel(plan, {"flag": True}, seed)
    driver = Driver(kernel, sources([Faults(seed)], signalled=False))
    now: int | None = 0
    while now is not None:
        driver.instant(now)
        driver.kernel = Kernel.restore(plan, driver.kernel.snapshot())
        now = driver.next()
    assert [batch.notes for batch in driver.batches] == [b.notes for b in run(plan, seed).batches]
