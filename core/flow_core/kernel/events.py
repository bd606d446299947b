"""What goes into the kernel and what comes out: small frozen values that are JSON.

Times are microseconds since the run began, costs are in the project's unit.
"""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from flow_core.model.pipeline import Status
from flow_core.model.scenario import RunStatus

if TYPE_CHECKING:
    from flow_core.diagnostics import Json
else:
    Json = Any  # msgspec decodes no alias that holds itself

# In


class Succeeded(msgspec.Struct, frozen=True, tag_field="event", tag="succeeded", gc=False):
    """The attempt ``id`` ended well. ``cost`` is what it reports, if it does."""

    id: int
    outputs: dict[str, Json]
    cost: float | None = None


class Failed(msgspec.Struct, frozen=True, tag_field="event", tag="failed", gc=False):
    """The attempt ``id`` failed; a ``name`` that its component does not declare is unexpected."""

    id: int
    name: str
    message: str = ""
    data: Json = None
    cost: float | None = None


class Signal(msgspec.Struct, frozen=True, tag_field="event", tag="signal"):
    """Somebody answers the step at ``path``; ``data`` are the outputs of its call."""

    path: str
    data: dict[str, Json] = {}


class Cancel(msgspec.Struct, frozen=True, tag_field="event", tag="cancel"):
    """Stop the run; a second one stops the cleanup too."""


class Pause(msgspec.Struct, frozen=True, tag_field="event", tag="pause"):
    """Start no attempt from now on."""


class Resume(msgspec.Struct, frozen=True, tag_field="event", tag="resume"):
    """Start attempts again."""


class Assume(msgspec.Struct, frozen=True, tag_field="event", tag="assume"):
    """How a condition that is only known after the run is to come out (see `Assumed`)."""

    question: str
    answer: bool


Event: TypeAlias = Succeeded | Failed | Signal | Cancel | Pause | Resume | Assume

# Out


class Start(msgspec.Struct, frozen=True, tag_field="command", tag="start", gc=False):
    """Make an attempt of a leaf call.

    ``id`` names the attempt in the events that answer; ``key`` is its idempotency key without the
    run (R-resume-1); ``call`` is the path of the call in ``file``. ``until`` is when a `std.wait`
    ends: the kernel ends it by itself.
    """

    id: int
    path: str
    key: str
    attempt: int
    component: str
    inputs: dict[str, Json]
    until: int | None = None


class Cut(msgspec.Struct, frozen=True, tag_field="command", tag="cut", gc=False):
    """Stop an attempt; whatever it still reports is ignored."""

    id: int


class Refuse(msgspec.Struct, frozen=True, tag_field="command", tag="refuse"):
    """A signal is refused."""

    path: str
    why: str


Command: TypeAlias = Start | Cut | Refuse

# What happened, for people and tools


class Error(msgspec.Struct, frozen=True, gc=False):
    """An error of a run (R-error-1)."""

    name: str
    message: str = ""
    data: Json = None
    step: str = ""
    attempt: int = 0
    cause: "Error | None" = None


What: TypeAlias = Literal[
    "started",
    "ended",
    "waits",
    "skipped",
    "settled",
    "dropped",
    "caught",
    "iteration",
    "registered",
    "failing",
    "compensating",
    "finally",
    "breaker",
    "decided",
    "assumed",
    "budget",
    "cancel",
    "pause",
    "resume",
    "signal",
    "refused",
    "finished",
]


class Note(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Something happened at ``path``.

    ``how`` says how: of ``ended`` "ok", "cut" or the name of an error; of ``settled`` a status, of
    ``skipped`` the reason; of ``waits`` what for, with ``until``; of ``finally`` the status so far;
    of ``decided``, whose path is that of a condition or a `for_each` (`pay.when`), "true", "false"
    or how many elements. ``since`` is when an attempt was ready to start, if it had to wait for
    slots. ``composite`` tells the attempts of groups and pipelines from those of leaf calls;
    ``asks`` names the question of `Assume` that an assumption answers.
    """

    at: int
    what: What
    path: str
    attempt: int = 0
    how: str = ""
    until: int | None = None
    since: int | None = None
    composite: bool = False
    asks: str = ""
    data: Json = None


class StepResult(msgspec.Struct, frozen=True):
    """How a step went (R-expr-5)."""

    status: Status
    reason: str = ""
    outputs: Json = None
    error: Error | None = None
    attempts: int = 0
    iterations: int = 0
    waits: tuple[int, ...] = ()
    recovered: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """How a run went (R-end)."""

    status: RunStatus
    outputs: dict[str, Json] | None
    error: Error | None
    errors: tuple[Error, ...]
    compensated: bool
    elapsed: int
    cost: float
    attempts: int
