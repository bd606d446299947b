"""The pipeline as a frozen value: what a file says, with names still unresolved.

The same value comes from YAML, from JSON and from the Python builder. Durations are microseconds.
Nothing here knows where in a text it stands: each part is found again by its path. What a file says
wrongly (a list where a duration belongs) is absent here and is the shape checker's to report.
Values that can't be in a cycle are passed by the garbage collector (``gc=False``). Those that hold
types, or what holds them, can: a reference to a named type knows the module that declares it, which
knows its pipeline.
"""

from typing import Literal, TypeAlias

import msgspec

from flow_core.components.signature import Estimate, Port
from flow_core.diagnostics import Json
from flow_core.expr.ast import Ast
from flow_core.places import Path
from flow_core.types.kinds import Type

Status: TypeAlias = Literal["succeeded", "failed", "skipped", "cancelled"]
SETTLED: tuple[Status, ...] = ("succeeded", "failed", "skipped", "cancelled")


class Constant(msgspec.Struct, frozen=True, gc=False):
    """Plain data without an expression in it."""

    data: Json


class Expression(msgspec.Struct, frozen=True, gc=False):
    """One ``${{ … }}``; as a value, a string that is nothing else, so that it keeps its type.

    ``start`` is where ``source`` begins in the scalar's decoded text.
    """

    source: str
    tree: Ast
    start: int = 0


class Interpolation(msgspec.Struct, frozen=True, gc=False):
    """A string that mixes text and expressions."""

    parts: tuple[str | Expression, ...]


class ListValue(msgspec.Struct, frozen=True, gc=False):
    """A list in which at least one item holds an expression."""

    items: "tuple[Value, ...]"


class MapValue(msgspec.Struct, frozen=True, gc=False):
    """A mapping in which at least one value holds an expression."""

    entries: "dict[str, Value]"


Value: TypeAlias = Constant | Expression | Interpolation | ListValue | MapValue


class Uses(msgspec.Struct, frozen=True, gc=False):
    """A call of a component: ``alias.name``, ``std.name``, ``name`` or ``./path``."""

    target: str
    range: str = ""
    arguments: dict[str, Value] = {}


class Output(msgspec.Struct, frozen=True):
    """An output of a pipeline or group; ``path`` leads to its value, ``type`` only if declared."""

    path: Path
    value: Value | None
    type: Type | None = None
    description: str = ""


class Group(msgspec.Struct, frozen=True):
    """An inline group of steps."""

    steps: "dict[str, Step]"
    outputs: dict[str, Output] = {}


class Branch(msgspec.Struct, frozen=True):
    """One branch of a switch; no ``when`` means otherwise."""

    call: "Call | None"
    when: Value | None = None


class Switch(msgspec.Struct, frozen=True):
    """First match wins."""

    branches: tuple[Branch, ...]


class Give(msgspec.Struct, frozen=True, gc=False):
    """``value:`` in a branch or handler: outputs without a call."""

    value: Value


class Skip(msgspec.Struct, frozen=True, gc=False):
    """``skip: true`` in a branch or handler."""


Call: TypeAlias = Uses | Group | Switch | Give | Skip


Backoff: TypeAlias = Literal["fixed", "linear", "exponential"]


class Retry(msgspec.Struct, frozen=True, gc=False):
    """``max_attempts`` includes the first; ``errors`` None means any that can be retried."""

    max_attempts: int
    delay: int = 0
    backoff: Backoff = "fixed"
    factor: float = 2
    max_delay: int | None = None
    max_duration: int | None = None
    jitter: float = 0
    errors: tuple[str, ...] | None = None
    when: Value | None = None


class Repeat(msgspec.Struct, frozen=True, gc=False):
    """Again until ``until`` holds."""

    until: Value | None
    max_iterations: int
    delay: int = 0
    collect: bool = False


class Handler(msgspec.Struct, frozen=True):
    """A ``catch`` entry or a ``compensate``: a call with its own timeout and retry."""

    call: Call | None
    errors: tuple[str, ...] | None = None
    when: Value | None = None
    timeout: int | None = None
    retry: Retry | None = None
    compensate: "Handler | None" = None


class Concurrency(msgspec.Struct, frozen=True, gc=False):
    """A limit shared by all that name the same group."""

    group: Value | None
    limit: int


class Step(msgspec.Struct, frozen=True):
    """One step; ``path`` leads to it from the root of its file.

    ``without`` names the keys that are null: those of ``defaults`` that do not apply.
    """

    name: str
    path: Path
    call: Call | None = None
    depends_on: dict[str, tuple[Status, ...]] = {}
    when: Value | None = None
    for_each: Value | None = None
    max_parallel: int | None = None
    fail_fast: bool | None = None
    repeat: Repeat | None = None
    timeout: int | None = None
    retry: Retry | None = None
    catch: tuple[Handler, ...] = ()
    compensate: Handler | None = None
    set: dict[str, Value] = {}
    returns: dict[str, Type] | None = None
    concurrency: Concurrency | None = None
    estimate: Estimate | None = None
    description: str = ""
    metadata: dict[str, Json] = {}
    without: tuple[str, ...] = ()


Reducer: TypeAlias = Literal["append", "merge", "last", "sum", "min", "max"]


class Channel(msgspec.Struct, frozen=True):
    """A channel of ``state``."""

    type: Type
    reduce: Reducer = "last"
    default: "Json | msgspec.UnsetType" = msgspec.UNSET
    description: str = ""


class Import(msgspec.Struct, frozen=True, gc=False):
    """``alias: target``; a path or ``python:module``."""

    target: str


class Defaults(msgspec.Struct, frozen=True, gc=False):
    """What applies to the leaf calls of a file."""

    timeout: int | None = None
    retry: Retry | None = None


class Budget(msgspec.Struct, frozen=True, gc=False):
    """Bounds of a whole run."""

    duration: int | None = None
    cost: float | None = None
    attempts: int | None = None


Overlap: TypeAlias = Literal["skip", "queue", "cancel_running"]


class Schedule(msgspec.Struct, frozen=True, gc=False):
    """A cron entry."""

    cron: str
    timezone: str = "UTC"
    overlap: Overlap = "skip"
    inputs: dict[str, Json] = {}


class Pipeline(msgspec.Struct, frozen=True):
    """A file's pipeline, library or both. ``finally_`` is the key ``finally``."""

    name: str = ""
    version: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    metadata: dict[str, Json] = {}
    imports: dict[str, Import] = {}
    types: dict[str, Type] = {}
    inputs: dict[str, Port] = {}
    outputs: dict[str, Output] = {}
    secrets: tuple[str, ...] = ()
    errors: tuple[str, ...] | None = None
    state: dict[str, Channel] = {}
    defaults: Defaults = Defaults()
    max_parallel: int | None = None
    budget: Budget = Budget()
    schedule: tuple[Schedule, ...] = ()
    steps: dict[str, Step] = {}
    finally_: dict[str, Step] = {}
