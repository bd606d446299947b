"""A run against what a scenario expects of it (R-mock-4, R-mock-5)."""

import operator
from collections.abc import Callable, Iterator

import msgspec

from flow_core.diagnostics import Json
from flow_core.durations import show_duration
from flow_core.kernel.events import StepResult
from flow_core.model.scenario import Comparison, Expectation, Operator, StepExpectation
from flow_core.places import Path
from flow_core.simulate.run import Run
from flow_core.simulate.samples import Samples, readable


class Unmet(msgspec.Struct, frozen=True):
    """An expectation that a run did not meet; ``path`` leads to it in the scenario file.

    ``expected`` and ``found`` are what is compared, as texts to lay side by side; "" where the
    message says all. ``seed`` is that of the run of many that shows it. ``actual`` is what was
    found as data, and ``limit`` what it was compared with, if that was a number or a duration.
    """

    path: Path
    message: str
    expected: str = ""
    found: str = ""
    seed: int | None = None
    actual: "Json | msgspec.UnsetType" = msgspec.UNSET
    limit: Comparison | None = None


_NOTHING, _SUCCESS = Expectation(), Expectation(status="succeeded")
_OPERATORS: dict[Operator, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_IN_WORDS: dict[Operator, str] = {
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
    "==": "",
    "!=": "another than ",
}


def unmet(run: Run, expected: Expectation, path: Path) -> list[Unmet]:
    """Everything that went otherwise than expected; ``path`` leads to the scenario.

    Where nothing is expected, the run is to succeed.
    """
    if expected == _NOTHING:
        expected = _SUCCESS
    return list(_unmet(run, expected, (*path, "expect")))


def _unmet(run: Run, expected: Expectation, path: Path) -> Iterator[Unmet]:
    outcome = run.outcome
    error = outcome.error.name if outcome and outcome.error else None
    if expected.status is not None:
        yield from _same((*path, "status"), "the run", run.status, expected.status)
    if expected.error is not None:
        yield from _same((*path, "error"), "the error", error, expected.error)
    if expected.ran is not None:
        yield from _same((*path, "ran"), "the steps that ran", [*run.path], [*expected.ran])
    if expected.compensated is not None:
        found = outcome.compensated if outcome else False
        yield from _same((*path, "compensated"), "`compensated`", found, expected.compensated)
    for name, step in expected.steps.items():
        yield from _step(run, name, step)
    outputs = (outcome.outputs if outcome else None) or {}
    yield from _part((*path, "outputs"), "outputs", outputs, expected.outputs)
    if expected.state:
        yield from _part((*path, "state"), "state", run.kernel.channels(), expected.state)
    yield from _measures(run, expected, path)


def _measures(run: Run, expected: Expectation, path: Path) -> Iterator[Unmet]:
    """Duration and cost of one run."""
    most, dearest = _at_most(expected.max_duration, is_duration=True), _at_most(expected.max_cost)
    measured = (
        ("elapsed", "the duration", run.elapsed, expected.elapsed),
        ("cost", "the cost", run.cost, expected.cost),
        ("max_duration", "the duration", run.elapsed, most),
        ("max_cost", "the cost", run.cost, dearest),
    )
    for key, what, found, wanted in measured:
        if wanted is not None:
            yield from _compared((*path, key), what, found, wanted)


def unmet_by_all(found: Samples, expected: Expectation, path: Path) -> list[Unmet]:
    """What many runs together did otherwise than expected; ``path`` leads to the scenario."""
    return list(_unmet_by_all(found, expected, (*path, "expect")))


def _unmet_by_all(found: Samples, expected: Expectation, path: Path) -> Iterator[Unmet]:
    for limits in expected.percentiles:
        measured = (
            ("duration", found.durations, limits.duration, found.longest),
            ("cost", found.costs, limits.cost, found.dearest),
        )
        for key, values, most, seed in measured:
            wanted = _at_most(most, is_duration=key == "duration")
            what, value = f"p{limits.percent} of the {key}", values.at(limits.percent)
            if wanted is not None:
                yield from _compared((*limits.path, key), what, value, wanted, seed)
    if expected.success_rate is not None:
        what, wanted = "the share of the runs that succeed", expected.success_rate
        where, rate = (*path, "success_rate"), found.success_rate
        yield from _compared(where, what, rate, wanted, found.failure)


def _at_most(value: float | None, *, is_duration: bool = False) -> Comparison | None:
    return None if value is None else Comparison("<=", value, is_duration)


def _same(path: Path, what: str, found: Json, expected: Json) -> Iterator[Unmet]:
    if found != expected:
        yield _different(path, what, found, expected)


def _different(path: Path, what: str, found: Json, expected: Json) -> Unmet:
    texts = _shown(expected), _shown(found)
    return Unmet(path, f"{what}: expected {texts[0]}, found {texts[1]}", *texts, None, actual=found)


def _step(run: Run, name: str, expected: StepExpectation) -> Iterator[Unmet]:
    found = run.step(name)
    if found is None:
        yield Unmet(expected.path, f"step `{name}` was never reached")
        return
    values = _values(found)
    for key, value in values.items():
        wanted = getattr(expected, key)
        if wanted is None or wanted is msgspec.UNSET:
            continue
        where = (*expected.path, key)
        if key == "outputs":
            yield from _part(where, f"{name}.outputs", value, wanted)
        elif key == "waits":
            shown: list[Json] = [show_duration(wait) for wait in found.waits]
            yield from _same(where, f"{name}.waits", shown, [show_duration(w) for w in wanted])
        else:
            yield from _same(where, f"{name}.{key}", value, wanted)


def _values(found: StepResult) -> dict[str, Json]:
    return {
        "status": found.status,
        "attempts": found.attempts,
        "iterations": found.iterations,
        "waits": list(found.waits),
        "recovered": found.recovered,
        "outputs": found.outputs,
        "error": found.error.name if found.error else None,
    }


def _part(path: Path, what: str, found: Json, expected: Json) -> Iterator[Unmet]:
    """Only the properties that are named are compared."""
    if isinstance(expected, dict) and (found is None or isinstance(found, dict)):
        found = found or {}  # the outputs of a step that did not succeed are all null
        for key, value in expected.items():
            yield from _part((*path, key), f"{what}.{key}", found.get(key), value)
    elif isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from _part((*path, index), f"{what}[{index}]", one, other)
    elif found != expected:
        yield _different(path, what, found, expected)


def _compared(
    path: Path, what: str, found: float, expected: Comparison, seed: int | None = None
) -> Iterator[Unmet]:
    if _OPERATORS[expected.operator](found, expected.value):
        return
    if expected.is_duration:
        texts = show_duration(int(expected.value)), show_duration(readable(found))
    else:
        texts = f"{expected.value:g}", f"{found:g}"
    limit = f"{_IN_WORDS[expected.operator]}{texts[0]}"
    message = f"{what}: expected {limit}, found {texts[1]}"
    yield Unmet(path, message, limit, texts[1], seed, found, expected)


def _shown(data: object) -> str:
    return msgspec.json.encode(data).decode()
