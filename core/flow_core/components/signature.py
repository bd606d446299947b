"""What a component promises: ports, errors, estimate; the same wherever it comes from.

A `Place` in a document is a path. Python source has no paths: there ``path`` is empty, ``file``
is the absolute path of the source, and ``start`` and ``end`` are code points from the start of its
text.
"""

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from flow_core.places import Place
from flow_core.types.kinds import Type

if TYPE_CHECKING:
    from flow_core.diagnostics import Json

Kind: TypeAlias = Literal["python", "shell", "http", "pipeline", "std"]


class Port(msgspec.Struct, frozen=True):
    """A typed input or output. ``place`` is where it is declared.

    ``absent``: this output may be left out, and its ``type`` admits null for that reason alone.
    """

    name: str
    type: Type
    required: bool = True
    default: "Json | msgspec.UnsetType" = msgspec.UNSET
    description: str = ""
    secret: bool = False
    env: str = ""
    absent: bool = False
    place: Place = Place()


class Estimate(msgspec.Struct, frozen=True):
    """What simulation assumes. Times in microseconds, cost in the project's unit."""

    p50: int | None = None
    p95: int | None = None
    cost: float | None = None
    failure_rate: float | None = None


class Breaker(msgspec.Struct, frozen=True):
    """A circuit breaker. ``reset_timeout`` in microseconds; ``errors`` None means any."""

    failure_threshold: int
    reset_timeout: int
    half_open_max: int = 1
    errors: tuple[str, ...] | None = None


class Signature(msgspec.Struct, frozen=True):
    """A component as its callers see it.

    ``errors`` maps each name it can raise to its meaning. ``effect`` is False for those that a
    simulation may run for real. ``deprecated`` says what to use instead. ``target`` is what runs
    it: ``module:function`` for Python, a path for a pipeline, else "".
    """

    name: str
    kind: Kind
    inputs: dict[str, Port]
    outputs: dict[str, Port]
    errors: dict[str, str] = {}
    version: str = ""
    description: str = ""
    estimate: Estimate | None = None
    breaker: Breaker | None = None
    tags: tuple[str, ...] = ()
    deprecated: str = ""
    secrets: tuple[str, ...] = ()
    effect: bool = True
    target: str = ""
    place: Place = Place()
