"""Facts as people read them in a review, on one line."""

import json
from typing import Any

from flow_core.components.signature import Estimate
from flow_core.durations import show_duration
from flow_core.model import pipeline as m
from flow_core.model.show import show_value
from flow_core.types import Type, show, to_schema
from flow_core.types.kinds import NULL, NumberType, StringType, UnionType

_MOST = 160


def show_data(data: Any) -> str:
    """JSON data, cut where it is long."""
    return cut(json.dumps(data, ensure_ascii=False))


def cut(text: str) -> str:
    """A text that is not longer than a line."""
    text = " ".join(text.split())
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def show_expression(value: m.Value) -> str:
    """A value that may hold expressions."""
    return cut(show_value(value))


def show_type(type_: Type) -> str:
    """A type in shorthand, with the values that an enum allows.

    >>> show_type(StringType(enum=("eu", "us")))
    'string of "eu", "us"'
    """
    members = (
        [each for each in type_.members if each != NULL]
        if isinstance(type_, UnionType)
        else [type_]
    )
    enum = (
        members[0].enum
        if len(members) == 1 and isinstance(members[0], StringType | NumberType)
        else None
    )
    if enum is None:
        return cut(show(type_))
    return cut(
        show(type_) + " of " + ", ".join(json.dumps(each, ensure_ascii=False) for each in enum)
    )


def show_schema(type_: Type) -> str:
    """A type in full, for two that look alike in shorthand."""
    return cut(json.dumps(to_schema(type_), ensure_ascii=False))


def show_call(call: m.Call | None) -> str:
    """What a call calls."""
    match call:
        case m.Uses(target=target):
            return f"uses {target}"
        case m.Group(steps=steps):
            return f"a group of {len(steps)} steps"
        case m.Switch(branches=branches):
            return f"a switch with {len(branches)} branches"
        case m.Give(value=value):
            return f"value {show_expression(value)}"
        case m.Skip():
            return "skip"
        case None:
            return "nothing"


def show_step(step: m.Step) -> str:
    """A step in a few words."""
    when = f", when {show_expression(step.when)}" if step.when is not None else ""
    return cut(show_call(step.call) + when)


def show_handler(handler: m.Handler) -> str:
    """A handler in a few words."""
    caught = "[" + ", ".join(handler.errors) + "]" if handler.errors is not None else "any error"
    when = f" when {show_expression(handler.when)}" if handler.when is not None else ""
    return cut(f"{caught}{when}: {show_call(handler.call)}")


def show_branch(found: m.Branch) -> str:
    """A branch of a switch in a few words."""
    when = f"when {show_expression(found.when)}" if found.when is not None else "otherwise"
    return cut(f"{when}: {show_call(found.call)}")


def show_retry(retry: m.Retry) -> str:
    """A retry policy in a few words."""
    return f"{retry.max_attempts} attempts, {show_duration(retry.delay)} apart, {retry.backoff}"


def show_estimate(found: Estimate) -> str:
    """An estimate in a few words."""
    parts = [f"p50 {show_duration(found.p50)}"] if found.p50 is not None else []
    parts += [f"p95 {show_duration(found.p95)}"] if found.p95 is not None else []
    parts += [f"cost {found.cost:g}"] if found.cost is not None else []
    parts += [f"failure rate {found.failure_rate:g}"] if found.failure_rate is not None else []
    return ", ".join(parts)
