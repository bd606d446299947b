"""What a test gives, seen before it is used: Python holds nobody to the types of a signature."""

from collections.abc import Mapping
from inspect import signature
from typing import Any, cast

from flow_core.simulate.given import no_data
from flow_testing.errors import FlowTestError

ALL = 100
"""Percent."""


def text(value: object, what: str) -> str:
    """A name or a path.

    Raises:
        FlowTestError: it is no text.
    """
    __tracebackhide__ = True
    if not isinstance(value, str):
        raise FlowTestError(f"{value!r} is no {what}", 'write it as a text: `"…"`')
    return value


def by_name(value: object, what: str) -> dict[str, Any]:
    """Values by name.

    Raises:
        FlowTestError: it is no dict of that kind.
    """
    __tracebackhide__ = True
    keys = cast("Mapping[object, object]", value) if isinstance(value, Mapping) else (None,)
    if not all(isinstance(key, str) for key in keys):
        raise FlowTestError(f"{what}: {value!r} is not by name", 'write a dict: `{"name": …}`')
    return dict(cast("Mapping[str, Any]", value))


def number(value: object, what: str, least: int = 0) -> int:
    """An integer.

    Raises:
        FlowTestError: it is none, or too small.
    """
    __tracebackhide__ = True
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise FlowTestError(f"{value!r} is no {what}", f"write an integer from {least} on")
    return value


def percentage(value: object) -> None:
    """See that something is a number from 0 to 100.

    Raises:
        FlowTestError: it is none.
    """
    __tracebackhide__ = True
    if not isinstance(value, int | float) or not 0 <= value <= ALL:
        raise FlowTestError(f"{value!r} is no percentage", f"write a number from 0 to {ALL}")


def see_data(value: object, what: str) -> None:
    """See that something is data that JSON can hold.

    Raises:
        FlowTestError: it is something else, or has such in it.
    """
    __tracebackhide__ = True
    wrong = no_data(value)
    if wrong:
        raise FlowTestError(f"{what}: {wrong}", "Flow's values are those of JSON")


def see_callable(function: object, key: str) -> None:
    """See that a function takes one argument, where Python knows.

    Raises:
        FlowTestError: it takes none, or needs more.
    """
    __tracebackhide__ = True
    try:
        found = signature(cast("Any", function))
    except (TypeError, ValueError):
        return
    try:
        found.bind({})
    except TypeError as error:
        message = f"the function that mocks `{key}` can't be called: {error}"
        help_ = 'it takes all inputs as one dict: `lambda inputs: {"rows": inputs["rows"]}`'
        raise FlowTestError(message, help_) from None
