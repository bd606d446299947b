"""A scenario of a run that has happened: its inputs, what its attempts did, and what came of it.

Secrets, and what a run did not know, are not in it. Where a value is needed all the same, an
example of its type stands for it, and `Recorded.remarks` say so.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.durations import show_duration
from flow_core.expr.times import Timestamp
from flow_core.kernel import Kernel
from flow_core.kernel.events import Cancel, Failed, Pause, Resume, StepResult, Succeeded
from flow_core.markers import has_unknown
from flow_core.model.pipeline import Pipeline
from flow_core.model.read_scenario import read_step_path
from flow_core.plan.find import without_indices
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.driver import Batch
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.outcomes import Result
from flow_core.simulate.run import Run
from flow_core.simulate.secrets import HIDDEN
from flow_core.simulate.trace import Attempt, Trace, attempts_of, replay
from flow_core.types import admits_null, deref
from flow_core.types.example import example
from flow_core.types.kinds import ObjectType, Type

MOST_DIGITS = 15
"""Digits behind the point of a cost that can be written in full."""


class Recording(msgspec.Struct, frozen=True):
    """A run that has happened, without its secrets: what it got, what happened, how it ended."""

    plan: PipelinePlan
    inputs: Mapping[str, Json]
    attempts: tuple[Attempt, ...]
    kernel: Kernel


class Recorded(msgspec.Struct, frozen=True):
    """What a scenario gives a run, as the language writes it, and ``remarks`` for people."""

    scenario: dict[str, Json]
    remarks: tuple[str, ...] = ()


def recording_of(run: Run) -> Recording:
    """The recording of a run.

    Raises:
        SimulationError: nobody can write a scenario of it.
    """
    state = run.kernel.state
    first = Kernel(
        run.plan, dict(run.inputs), state.seed, start=state.start, scheduled_at=state.scheduled_at
    )
    attempts = tuple(
        msgspec.structs.replace(each, result=_without_secrets(run, each))
        for each in attempts_of(first, run.batches)
    )
    inputs = run.secrets.recorded_inputs(run.inputs)
    return _accepted(Recording(run.plan, inputs, attempts, run.kernel), run.batches)


def _without_secrets(run: Run, attempt: Attempt) -> Result:
    event = attempt.result.event
    recorded = event and run.secrets.recorded(event)
    return msgspec.structs.replace(attempt.result, event=recorded)


def recording_of_trace(trace: Trace, plan: PipelinePlan) -> Recording:
    """The recording of the run that a trace is of.

    Raises:
        SimulationError: the trace is of another pipeline, or nobody can write a scenario of it.
    """
    replayed = replay(trace, plan)
    attempts = tuple(attempts_of(replayed.kernel_at(0), trace.batches))
    kernel = replayed.kernel_at(len(trace.batches))
    inputs = trace.header.inputs
    return _accepted(Recording(replayed.plan, inputs, attempts, kernel), trace.batches)


def _accepted(recording: Recording, batches: Iterable[Batch]) -> Recording:
    """A recording, if a scenario can say what it says."""
    outside = {type(event) for batch in batches for event in batch.events}
    if not outside.isdisjoint((Cancel, Pause, Resume)):
        raise SimulationError("the run was cancelled or paused, which no scenario can say")
    if recording.kernel.outcome is None:
        raise SimulationError("the run has not ended, so there is nothing to expect")
    return recording


# What is given


StandIn: TypeAlias = Callable[[Type, str], Json]
"""A value of a type, for what has this name."""


def plainest(type_: Type, _name: str) -> Json:
    """The plainest value of a type."""
    return example(type_)


def given(recording: Recording, pipeline: Pipeline, stand_in: StandIn = plainest) -> Recorded:
    """The inputs, seed, start and mocks of a scenario that goes as a recorded run did.

    ``stand_in`` gives what stands for values that are needed and not known.
    """
    remarks: list[str] = []
    state = recording.kernel.state
    scenario: dict[str, Json] = {
        "inputs": dict(_inputs(recording, pipeline, remarks, stand_in)),
        "seed": state.seed,
        "start": None if state.start is None else str(Timestamp(state.start)),
        "mocks": _mocks(recording, remarks, stand_in),
    }
    if state.scheduled_at is not None:
        remarks.append("the time that the run was scheduled at is left out")
    return Recorded(_named(scenario), tuple(dict.fromkeys(remarks)))


def _named(values: dict[str, Json]) -> dict[str, Json]:
    """Those of the values that say something."""
    return {key: value for key, value in values.items() if value not in (None, {})}


def _inputs(
    recording: Recording, pipeline: Pipeline, remarks: list[str], stand_in: StandIn
) -> Iterator[tuple[str, Json]]:
    for name, value in recording.inputs.items():
        port = recording.plan.inputs[name]
        if not port.secret and not _is_hidden(value):
            yield name, value
        elif port.required and port.default is msgspec.UNSET:
            yield name, stand_in(pipeline.inputs[name].type, name)
            remarks.append(f"the input `{name}` is secret or not known: an example stands for it")
        else:
            remarks.append(f"the input `{name}` is secret or not known, and left out")


def _is_hidden(value: Json) -> bool:
    """Whether a part of a value is not known, or was a secret."""
    return has_unknown(value) or HIDDEN in msgspec.json.encode(value).decode()


def _mocks(recording: Recording, remarks: list[str], stand_in: StandIn) -> dict[str, Json]:
    """What the effects did, by path; what all elements of a step did alike, once."""
    found: dict[str, list[Json]] = {}
    for each in recording.attempts:
        is_pure = not each.leaf.target.effect and not each.leaf.waits
        if each.start.until is None and not is_pure:
            found.setdefault(_key(each), []).append(_mock(each, remarks, stand_in))
    together: dict[str, list[list[Json]]] = {}
    for key, mocks in found.items():
        together.setdefault(without_indices(key), []).append(mocks)
    alike = {key for key, all_ in together.items() if all(mocks == all_[0] for mocks in all_)}
    return {
        without_indices(key) if without_indices(key) in alike else key: _shortest(mocks)
        for key, mocks in found.items()
    }


def _key(attempt: Attempt) -> str:
    """The key of a mock: the step, or where that has no path, the component."""
    path = attempt.start.path
    return path if read_step_path(path) else attempt.leaf.target.name


def _mock(attempt: Attempt, remarks: list[str], stand_in: StandIn) -> Json:
    event, leaf = attempt.result.event, attempt.leaf
    if event is None:
        return {"hang": True}
    takes = attempt.result.takes
    timed = {"takes": show_duration(takes)} if takes != (leaf.target.p50 or 0) else {}
    if isinstance(event, Failed):
        return {"fail": _error(event, leaf.target.errors), **timed}
    returns = dict(_returns(attempt, event, remarks, stand_in))
    return {"returns": returns, **timed}


def _error(event: Failed, declared: frozenset[str] | None) -> str:
    """The name of an error as its callers see it."""
    return event.name if declared is None or event.name in declared else "unexpected"


def _returns(
    attempt: Attempt, event: Succeeded, remarks: list[str], stand_in: StandIn
) -> Iterator[tuple[str, Json]]:
    type_ = deref(attempt.leaf.type)
    fields = type_.fields if isinstance(type_, ObjectType) else {}
    for name, value in event.outputs.items():
        if not _is_hidden(value):
            yield name, value
        elif name in fields and not admits_null(fields[name].type):
            yield name, stand_in(fields[name].type, name)
            remarks.append(f"{_output(attempt, name)} is not known: an example stands for it")
        else:
            remarks.append(f"{_output(attempt, name)} is not known, and left out")


def _output(attempt: Attempt, name: str) -> str:
    return f"the output `{name}` of `{attempt.start.path}`"


def _shortest(mocks: list[Json]) -> Json:
    """One mock for all attempts where they are alike."""
    return mocks[0] if all(mock == mocks[0] for mock in mocks) else list(mocks)


# What is expected


def expected(run: Run, recording: Recording) -> dict[str, Json]:
    """What is to be expected of a run that goes as a recorded one did."""
    outcome = run.outcome
    assert outcome is not None  # noqa: S101 - a recorded run has ended
    known = (recording.kernel.outcome or outcome).outputs or {}
    outputs = {
        name: value
        for name, value in (outcome.outputs or {}).items()
        if name in known and not _is_hidden(known[name])
    }
    found: dict[str, Json] = {
        "status": outcome.status,
        "ran": list[Json](run.path),
        "steps": dict(_steps(run)),
        "outputs": outputs,
        "error": outcome.error.name if outcome.error and outcome.status != "succeeded" else None,
        "compensated": outcome.compensated or None,
        "elapsed": show_duration(outcome.elapsed),
        "cost": _cost(outcome.cost),
    }
    return {key: _tidy(value) for key, value in _named(found).items()}


def _tidy(data: Json) -> Json:
    """Data in which whole numbers are written as such."""
    if isinstance(data, dict):
        return {key: _tidy(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_tidy(item) for item in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _steps(run: Run) -> Iterator[tuple[str, Json]]:
    """Steps that were tried again, went round, were saved or failed."""
    for path in run.rows:
        step = run.step(path)
        found = dict(_step(step)) if step else {}
        if found:
            yield path, found


def _step(step: StepResult) -> Iterator[tuple[str, Json]]:
    if step.attempts > 1:
        yield "attempts", step.attempts
    if step.iterations > 1:
        yield "iterations", step.iterations
    if step.waits:
        yield "waits", [show_duration(wait) for wait in step.waits]
    if step.recovered:
        yield "recovered", True
    if step.status == "failed" and step.error:
        yield "error", step.error.name


def _cost(cost: float) -> Json:
    """A cost; one that has too many digits to be written in full is a limit."""
    digits = repr(cost).partition(".")[2]
    if not cost:
        return None
    is_short = len(digits) <= MOST_DIGITS and "e" not in digits
    return cost if is_short else f"<= {(math.floor(cost * 1e6) + 1) / 1e6:.6f}"
