"""`std.log`, `std.assert` and `std.fail`."""

from flow_core.diagnostics import Json
from flow_core.run.errors import ComponentError


def log(message: str, level: str = "info", data: Json = None) -> dict[str, Json]:  # noqa: ARG001
    """Nothing: the run's record holds the inputs of every attempt, and whoever shows it shows them.

    >>> log("the order is packed")
    {}
    """
    return {}


def check(*, that: bool, message: str = "the assertion does not hold") -> dict[str, Json]:
    """Nothing, if a condition holds.

    Raises:
        ComponentError: `AssertionFailed`, if it does not.
    """
    if not that:
        raise ComponentError("AssertionFailed", message)
    return {}


def fail(message: str, error: str = "Failed", data: Json = None) -> dict[str, Json]:
    """Never anything.

    Raises:
        ComponentError: of the name that is given.
    """
    raise ComponentError(error, message, data)
