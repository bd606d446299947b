"""Scenario files, from nodes; what is malformed is absent, and the shape checker's to report."""

import re
from typing import get_args

import msgspec

from flow_core.durations import parse_duration
from flow_core.fields import (
    duration,
    fields,
    flag,
    integer,
    label,
    metadata,
    named,
    number,
    text,
    texts,
)
from flow_core.language.scenario_keys import PERCENTILES
from flow_core.model import scenario as m
from flow_core.model.pipeline import SETTLED, Status
from flow_core.places import Path
from flow_core.syntax.nodes import Scalar, Sequence, Value, data

_STATUSES: dict[str, Status] = {status: status for status in SETTLED}
_RUN_STATUSES: dict[str, m.RunStatus] = {word: word for word in get_args(m.RunStatus)}
_OPERATORS: dict[str, m.Operator] = {word: word for word in get_args(m.Operator)}
_COMPARISON = re.compile(r"\s*(?P<operator>[<>]=?|[=!]=)?\s*(?P<value>\S+)\s*")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_SEGMENT = re.compile(r"(?P<name>[^/!\[\]]+)(?:\[(?P<index>[0-9]{1,9})\])?")
_BELOW = re.compile(r"catch\[(?P<handler>[0-9]{1,9})\]|compensate")


def read_scenarios(root: Value | None) -> m.ScenarioFile:
    """A whole scenario file."""
    keys = fields(root)
    return m.ScenarioFile(
        text(keys.get("pipeline")),
        {
            name: _scenario(name, fields(node), ("scenarios", name))
            for name, node in named(keys.get("scenarios")).items()
        },
    )


def read_step_path(key: str) -> m.StepPath | None:
    """The step path that a text spells, None where it spells none.

    Which handler or compensation of a step holds a step is told by the step's name already.

    >>> read_step_path("orders[2]/book!catch[0]").below
    ('catch', 0)
    >>> [segment.name for segment in read_step_path("book!compensate/free").segments]
    ['book', 'free']
    """
    parts = [part.partition("!") for part in key.split("/")]
    matches = [_SEGMENT.fullmatch(name) for name, _, _ in parts]
    belows = [_BELOW.fullmatch(below) for _, bang, below in parts if bang]
    if not all(matches) or not all(belows):
        return None
    tail = belows[-1] if parts[-1][1] else None
    segments = tuple(
        m.Segment(match["name"], None if match["index"] is None else int(match["index"]))
        for match in matches
        if match
    )
    return m.StepPath(segments, _below(tail) if tail else ())


def _below(tail: re.Match[str]) -> Path:
    return ("compensate",) if tail["handler"] is None else ("catch", int(tail["handler"]))


def _scenario(name: str, keys: dict[str, Value], path: Path) -> m.Scenario:
    return m.Scenario(
        name=name,
        path=path,
        description=text(keys.get("description")),
        inputs=metadata(keys.get("inputs")),
        secrets={k: text(v) for k, v in named(keys.get("secrets")).items()},
        seed=integer(keys.get("seed")),
        samples=integer(keys.get("samples")),
        start=text(keys.get("start")),
        mocks={
            key: _mocks(key, node, (*path, "mocks", key))
            for key, node in named(keys.get("mocks")).items()
        },
        expect=_expectation(fields(keys.get("expect")), (*path, "expect")),
    )


def _mocks(key: str, node: Value, path: Path) -> m.Mocks:
    if not isinstance(node, Sequence):
        return m.Mocks(key, path, (_mock(fields(node), path),))
    attempts = tuple(_mock(fields(item), (*path, i)) for i, item in enumerate(node.values))
    return m.Mocks(key, path, attempts, each=True)


def _mock(keys: dict[str, Value], path: Path) -> m.Mock:
    return m.Mock(
        path=path,
        returns=data(keys["returns"]) if "returns" in keys else msgspec.UNSET,
        fail=text(keys.get("fail")),
        hang=flag(keys.get("hang")) or False,
        estimated=flag(keys.get("estimated")) or False,
        takes=duration(keys.get("takes")),
        failure_rate=number(keys.get("failure_rate")),
    )


def _expectation(keys: dict[str, Value], path: Path) -> m.Expectation:
    return m.Expectation(
        status=_RUN_STATUSES.get(text(keys.get("status"))),
        ran=texts(keys.get("ran")),
        steps={
            key: _step_expectation(fields(node), (*path, "steps", key))
            for key, node in named(keys.get("steps")).items()
        },
        outputs=metadata(keys.get("outputs")),
        state=metadata(keys.get("state")),
        error=text(keys.get("error")) or None,
        compensated=flag(keys.get("compensated")),
        elapsed=_comparison(keys.get("elapsed")),
        cost=_comparison(keys.get("cost")),
        max_duration=duration(keys.get("max_duration")),
        max_cost=number(keys.get("max_cost")),
        percentiles=_percentiles(fields(keys.get("percentiles")), (*path, "percentiles")),
        success_rate=_comparison(keys.get("success_rate")),
    )


def _percentiles(keys: dict[str, Value], path: Path) -> tuple[m.Limits, ...]:
    found = {name: fields(keys[name]) for name in PERCENTILES if name in keys}
    return tuple(
        m.Limits(
            (*path, name),
            int(name.removeprefix("p")),
            duration(limits.get("duration")),
            number(limits.get("cost")),
        )
        for name, limits in found.items()
    )


def _step_expectation(keys: dict[str, Value], path: Path) -> m.StepExpectation:
    return m.StepExpectation(
        path=path,
        status=_STATUSES.get(text(keys.get("status"))),
        attempts=integer(keys.get("attempts")),
        iterations=integer(keys.get("iterations")),
        waits=_waits(keys.get("waits")),
        recovered=flag(keys.get("recovered")),
        outputs=data(keys["outputs"]) if "outputs" in keys else msgspec.UNSET,
        error=text(keys.get("error")) or None,
    )


def _waits(node: Value | None) -> tuple[int, ...] | None:
    if not isinstance(node, Sequence):
        return None
    return tuple(wait for wait in map(duration, node.values) if wait is not None)


def _comparison(node: Value | None) -> m.Comparison | None:
    match = _COMPARISON.fullmatch(label(node)) if isinstance(node, Scalar) else None
    if match is None:
        return None
    operator = _OPERATORS[match["operator"] or "=="]
    microseconds = parse_duration(match["value"])
    if microseconds is not None:
        return m.Comparison(operator, microseconds, is_duration=True)
    plain = _NUMBER.fullmatch(match["value"])
    return m.Comparison(operator, float(match["value"])) if plain else None
