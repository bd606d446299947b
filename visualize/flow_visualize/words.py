"""What a step says of itself, in the few words that a box has room for."""

from collections.abc import Iterable, Iterator

import msgspec

from flow_core.components.signature import Port
from flow_core.durations import show_duration
from flow_core.model.pipeline import (
    Branch,
    Call,
    Give,
    Group,
    Handler,
    Repeat,
    Retry,
    Skip,
    Switch,
    Uses,
    Value,
)
from flow_core.model.show import show_value
from flow_core.types import show
from flow_visualize.picture import PortText

LONGEST = 400
"""Characters of an expression or a type; what is longer is cut."""


def value_words(value: Value | None) -> str:
    """A value as people write it."""
    return "" if value is None else cut(show_value(value))


def cut(text: str) -> str:
    """A text that nobody would read to its end, cut.

    >>> cut("x" * 500)[-3:]
    'xx…'
    """
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def retry_words(retry: Retry | None) -> str:
    """A retry policy.

    >>> retry_words(Retry(4, 500_000, "exponential"))
    '4 attempts, exponential from 500ms'
    """
    if retry is None or retry.max_attempts < 2:  # noqa: PLR2004 - the first is no retry
        return ""
    waits = f", {retry.backoff} from {show_duration(retry.delay)}" if retry.delay else ""
    return f"{retry.max_attempts} attempts{waits}"


def timeout_words(timeout: int | None) -> str:
    """A timeout."""
    return "" if timeout is None else show_duration(timeout)


def repeat_words(repeat: Repeat | None) -> str:
    """A loop."""
    if repeat is None:
        return ""
    until = f"until {value_words(repeat.until)}, " if repeat.until is not None else ""
    return f"{until}at most {repeat.max_iterations} times"


def call_words(call: Call | None) -> str:
    """What is called."""
    match call:
        case Uses(target=target, range=range_):
            return f"{target}@{range_}" if range_ else target
        case Group(steps=steps):
            return "1 step" if len(steps) == 1 else f"{len(steps)} steps"
        case Switch(branches=branches):
            return f"one of {len(branches)}"
        case Give(value=value):
            return value_words(value)
        case Skip() | None:
            return ""


def error_words(handler: Handler) -> str:
    """The errors that a handler is for."""
    return "any error" if handler.errors is None else ", ".join(handler.errors)


def handler_words(handlers: Iterable[Handler]) -> Iterator[str]:
    """Each handler in one line."""
    for handler in handlers:
        yield cut(f"{error_words(handler)} → {call_words(handler.call) or 'skip'}")


def branch_words(branch: Branch) -> str:
    """The condition of a branch."""
    return "otherwise" if branch.when is None else value_words(branch.when)


def port_words(ports: Iterable[Port]) -> tuple[PortText, ...]:
    """Ports with their types."""
    return tuple(
        PortText(port.name, cut(show(port.type)), port.required and port.default is msgspec.UNSET)
        for port in ports
    )
