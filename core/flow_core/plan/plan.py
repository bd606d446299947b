"""The parts of a plan. All are frozen; steps are named by their position in their graph."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from flow_core.components.signature import Breaker, Kind
from flow_core.diagnostics import Json
from flow_core.model.pipeline import Budget, Reducer, Retry, Schedule, Status
from flow_core.places import Path
from flow_core.plan.formula import Formula
from flow_core.types import Type

PortCheck: TypeAlias = Callable[[Json], Json]
"""Gives a value as its port takes it, or raises `flow_core.types.runtime.Misfit`."""


class PortPlan(msgspec.Struct, frozen=True):
    """An input or output at run time."""

    name: str
    check: PortCheck
    required: bool = True
    default: "Json | msgspec.UnsetType" = msgspec.UNSET
    secret: bool = False


class RetryPlan(msgspec.Struct, frozen=True):
    """A retry policy and its condition."""

    policy: Retry
    when: Formula | None = None


class BreakerPlan(msgspec.Struct, frozen=True):
    """A breaker and the component that it belongs to."""

    key: str
    breaker: Breaker


class Policy(msgspec.Struct, frozen=True):
    """What governs the attempts of a call: a timeout in microseconds, and a retry.

    ``inherited`` names what the file's defaults gave.
    """

    timeout: int | None = None
    retry: RetryPlan | None = None
    inherited: tuple[str, ...] = ()


Waiting: TypeAlias = Literal["", "timer", "signal"]
"""What a built-in waits for instead of working."""


class Target(msgspec.Struct, frozen=True):
    """A component as a call names it: what an attempt of it does, costs and may raise.

    ``errors`` None means that any may be raised.
    """

    name: str
    kind: Kind
    effect: bool = True
    errors: frozenset[str] | None = frozenset()
    p50: int | None = None
    p95: int | None = None
    cost: float = 0
    failure_rate: float = 0
    file: str = ""


class Leaf(msgspec.Struct, frozen=True):
    """A call that does something itself: it takes slots, and budgets count it.

    ``secret`` are the outputs that are marked so.
    """

    path: Path
    target: Target
    arguments: tuple[tuple[str, Formula], ...]
    inputs: dict[str, PortPlan]
    outputs: dict[str, PortPlan]
    type: Type
    policy: Policy = Policy()
    breaker: BreakerPlan | None = None
    waits: Waiting = ""
    secret: frozenset[str] = frozenset()


class SubPipeline(msgspec.Struct, frozen=True):
    """A call of a pipeline."""

    path: Path
    target: Target
    arguments: tuple[tuple[str, Formula], ...]
    pipeline: "PipelinePlan"
    type: Type
    policy: Policy = Policy()
    breaker: BreakerPlan | None = None


class OutputPlan(msgspec.Struct, frozen=True):
    """An output of a pipeline or group; ``check`` only where its type is declared."""

    name: str
    formula: Formula
    check: PortCheck | None = None


class GroupCall(msgspec.Struct, frozen=True):
    """A group of steps."""

    path: Path
    graph: "GraphPlan"
    outputs: tuple[OutputPlan, ...]
    type: Type
    policy: Policy = Policy()


class BranchPlan(msgspec.Struct, frozen=True):
    """A branch of a switch; no ``when`` means otherwise."""

    when: Formula | None
    call: "CallPlan"


class Choice(msgspec.Struct, frozen=True):
    """A switch."""

    path: Path
    branches: tuple[BranchPlan, ...]


class GiveValue(msgspec.Struct, frozen=True):
    """Outputs without a call."""

    path: Path
    formula: Formula


class SkipIt(msgspec.Struct, frozen=True):
    """No call: the step is skipped."""


CallPlan: TypeAlias = Leaf | SubPipeline | GroupCall | Choice | GiveValue | SkipIt
Attempted: TypeAlias = Leaf | SubPipeline | GroupCall
"""The calls that are attempted, with all that follows from it."""


class HandlerPlan(msgspec.Struct, frozen=True):
    """A handler of ``catch``, or a compensation; ``check`` is for what a handler gives."""

    call: CallPlan
    errors: frozenset[str] | None = None
    when: Formula | None = None
    compensate: "HandlerPlan | None" = None


class RepeatPlan(msgspec.Struct, frozen=True):
    """Again until a condition holds."""

    until: Formula
    max_iterations: int
    delay: int = 0
    collect: bool = False


class ConcurrencyPlan(msgspec.Struct, frozen=True):
    """A limit; ``own`` names it where no group is given."""

    limit: int
    own: str
    group: Formula | None = None


class WritePlan(msgspec.Struct, frozen=True):
    """A write to a channel."""

    channel: str
    formula: Formula
    check: PortCheck


class Dependency(msgspec.Struct, frozen=True, gc=False):
    """A step that another one waits for, and the statuses that it asks for."""

    step: int
    statuses: tuple[Status, ...]


class StepPlan(msgspec.Struct, frozen=True):
    """A step.

    ``outer`` are conditions on steps that have settled before (of ``steps``, for one in
    ``finally``); ``item`` is the type of an element, ``result`` that of one activation's outputs,
    ``type`` that of the outputs as others see them; ``recovers`` checks what a handler gives.
    ``only_fails`` tells a step that is there to fail the run.
    """

    name: str
    path: Path
    call: CallPlan
    type: Type
    result: Type
    dependencies: tuple[Dependency, ...] = ()
    outer: tuple[Dependency, ...] = ()
    tolerant: bool = False
    when: Formula | None = None
    for_each: Formula | None = None
    item: Type | None = None
    max_parallel: int | None = None
    fail_fast: bool = True
    repeat: RepeatPlan | None = None
    catch: tuple[HandlerPlan, ...] = ()
    recovers: PortCheck | None = None
    compensate: HandlerPlan | None = None
    writes: tuple[WritePlan, ...] = ()
    concurrency: ConcurrencyPlan | None = None
    only_fails: bool = False


class GraphPlan(msgspec.Struct, frozen=True):
    """The steps of a pipeline or of a group, in the order of the file; those of ``finally`` last.

    ``finals`` is the position of the first step of ``finally``. ``dependents`` are the steps that
    wait for each; ``order`` is the topological order that always takes the first declared of the
    steps that could come next (R-state-3).
    """

    steps: tuple[StepPlan, ...]
    names: dict[str, int]
    dependents: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]
    finals: int


class ChannelPlan(msgspec.Struct, frozen=True):
    """A channel of state; ``check`` is that of a whole value."""

    name: str
    type: Type
    reduce: Reducer = "last"
    default: "Json | msgspec.UnsetType" = msgspec.UNSET


class PipelinePlan(msgspec.Struct, frozen=True):
    """A pipeline, with everything that it calls. ``file`` is absolute."""

    name: str
    file: str
    inputs: dict[str, PortPlan]
    input_type: Type
    outputs: tuple[OutputPlan, ...]
    graph: GraphPlan
    channels: dict[str, ChannelPlan] = {}
    secrets: tuple[str, ...] = ()
    max_parallel: int | None = None
    budget: Budget = Budget()
    schedule: tuple[Schedule, ...] = ()
    version: str = ""
