"""Values of a run against the types of their ports (R-type-6): quick where they fit.

A check gives the value as the port takes it: whole numbers become ints where an integer is wanted,
all numbers become doubles where a number is; where nothing changes it gives the value itself. What
is only known after the run (see `flow_core.markers`) fits everywhere.
"""

from collections.abc import Callable
from typing import TypeAlias

from flow_core.diagnostics import Json
from flow_core.markers import is_unknown
from flow_core.places import Path
from flow_core.types.kinds import Type
from flow_core.types.literals import literal_problems
from flow_core.types.quick import Compiler
from flow_core.types.quick_scalars import Refused
from flow_core.types.show import show

Check: TypeAlias = Callable[[Json], Json]
"""Gives a value as its port takes it, or raises `Misfit`."""


class Misfit(Exception):  # noqa: N818 - it becomes a `type_error` of the step
    """Why a value does not fit."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def port_check(type_: Type) -> Check:
    """The check of a type; it is made when it is first needed.

    >>> from flow_core.types.kinds import INTEGER, ListType
    >>> check = port_check(ListType(INTEGER))
    >>> check([1, 2.0])
    [1, 2]
    >>> check([1, "2"])
    Traceback (most recent call last):
    flow_core.types.runtime.Misfit: [1]: `"2"` is a string, and integer is expected
    """
    quick = Compiler().later(lambda: type_)

    def check(data: Json) -> Json:
        try:
            return quick(data, {})
        except Refused:
            raise Misfit(_why(data, type_)) from None
        except RecursionError:
            raise Misfit("the value is nested too deeply") from None

    return check


def _why(data: Json, type_: Type) -> str:
    """The first problem that is not about something unknown."""
    for problem in literal_problems(data, type_):
        if not _in_unknown(data, problem.path):
            return problem.text
    return f"the value does not fit {show(type_)}"


def _in_unknown(data: Json, path: Path) -> bool:
    """Whether a path leads to a marker or into one."""
    for step in path:
        if is_unknown(data):
            return True
        if isinstance(data, list) and isinstance(step, int):
            data = data[step]
        elif isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
    return is_unknown(data)
