"""Scenarios as frozen values: runs to simulate, what effects do in them, and what is expected.

Durations are microseconds. Each part is found again by its path, as in `pipeline`.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.model.pipeline import Status
from flow_core.places import Path, show_path

RunStatus: TypeAlias = Literal["succeeded", "failed", "cancelled", "budget_exceeded"]
Operator: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]
MockCall: TypeAlias = Callable[[dict[str, Any]], Any]
"""What a test in Python may give instead of outputs: a function of the attempt's inputs."""


class Mock(msgspec.Struct, frozen=True):
    """What one attempt does: it gives ``returns``, raises ``fail``, hangs, or is as ``estimated``.

    ``takes`` None means what the estimate says; ``failure_rate`` is the share of attempts that
    fail where samples are drawn. ``call`` gives the outputs of a mock that was written in Python.
    """

    path: Path
    returns: "Json | msgspec.UnsetType" = msgspec.UNSET
    fail: str = ""
    hang: bool = False
    estimated: bool = False
    takes: int | None = None
    failure_rate: float | None = None
    call: MockCall | None = None


class Mocks(msgspec.Struct, frozen=True):
    """The mocks under one key. ``each`` tells a list, one for each attempt, from one for all."""

    key: str
    path: Path
    attempts: tuple[Mock, ...]
    each: bool = False


class Comparison(msgspec.Struct, frozen=True):
    """``< 2h`` or ``0.4``. ``is_duration`` tells microseconds from a plain number."""

    operator: Operator
    value: float
    is_duration: bool = False


class StepExpectation(msgspec.Struct, frozen=True):
    """What is expected of one step; None of what is not named."""

    path: Path
    status: Status | None = None
    attempts: int | None = None
    iterations: int | None = None
    waits: tuple[int, ...] | None = None
    recovered: bool | None = None
    outputs: "Json | msgspec.UnsetType" = msgspec.UNSET
    error: str | None = None


class Limits(msgspec.Struct, frozen=True):
    """What ``percent`` of 100 runs stay within."""

    path: Path
    percent: int
    duration: int | None = None
    cost: float | None = None


class Expectation(msgspec.Struct, frozen=True):
    """What is expected of a run; ``steps`` by step path.

    ``percentiles`` and ``success_rate`` are of many runs.
    """

    status: RunStatus | None = None
    ran: tuple[str, ...] | None = None
    steps: dict[str, StepExpectation] = {}
    outputs: dict[str, Json] = {}
    state: dict[str, Json] = {}
    error: str | None = None
    compensated: bool | None = None
    elapsed: Comparison | None = None
    cost: Comparison | None = None
    max_duration: int | None = None
    max_cost: float | None = None
    percentiles: tuple[Limits, ...] = ()
    success_rate: Comparison | None = None


class Scenario(msgspec.Struct, frozen=True):
    """A run to simulate, or ``samples`` many. ``start`` is an RFC 3339 time, "" for any."""

    name: str
    path: Path
    description: str = ""
    inputs: dict[str, Json] = {}
    secrets: dict[str, str] = {}
    seed: int | None = None
    samples: int | None = None
    start: str = ""
    mocks: dict[str, Mocks] = {}
    expect: Expectation = Expectation()

    @property
    def first_seed(self) -> int:
        """The seed of the first of many runs."""
        return self.seed or 0


class ScenarioFile(msgspec.Struct, frozen=True):
    """The scenarios of one pipeline, which ``pipeline`` leads to."""

    pipeline: str = ""
    scenarios: dict[str, Scenario] = {}


class Segment(msgspec.Struct, frozen=True):
    """A step in a step path, and the element of its ``for_each`` that is meant."""

    name: str
    index: int | None = None


class StepPath(msgspec.Struct, frozen=True):
    """An activation from the root of a run: ``orders[2]/ship/book``, ``pick!catch[0]``.

    ``below`` leads from the step to the handler or compensation that is meant.
    """

    segments: tuple[Segment, ...]
    below: Path = ()


def show_step_path(path: StepPath) -> str:
    """Write a step path as people do.

    >>> show_step_path(StepPath((Segment("orders", 2), Segment("book")), ("catch", 0)))
    'orders[2]/book!catch[0]'
    """
    steps = (s.name if s.index is None else f"{s.name}[{s.index}]" for s in path.segments)
    return "/".join(steps) + (f"!{show_path(path.below)}" if path.below else "")
