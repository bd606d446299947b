"""The state of a run: plain data that is JSON at any moment.

Everything that is alive has a number; numbers are given in the order of events, so the same events
give the same state. Scopes hold steps, steps hold activations (elements), activations hold tasks;
a task makes the attempts of one call. The plan of each is found again by numbers and paths.
"""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from flow_core.kernel.events import Error

if TYPE_CHECKING:
    from flow_core.diagnostics import Json
else:
    Json = Any  # msgspec decodes no alias that holds itself

Order: TypeAlias = tuple[int, ...]
"""A place in the order of R-instant-2: for each level a position, an index and an iteration."""

Site: TypeAlias = tuple[int, int, int, bool]
"""Which call of a step is meant: its scope, its position, the handler (-1: none), and whether it is
the compensation of that."""

Write: TypeAlias = tuple[int, str, Json]
"""A write to state: the iteration, the channel and the value."""

Phase: TypeAlias = Literal["steps", "compensating", "finally", "ended"]


class Step(msgspec.Struct):
    """A step of a scope. ``status`` is "" until it settles; ``held`` counts what it waits for.

    ``started`` tells that an attempt has been made, ``halted`` that a failing run lets nothing
    further start in it (R-failing-1), ``closed`` that an element failed and `fail_fast` holds,
    ``stopped`` that something was left to start when it was halted or cancelled.
    """

    status: Literal["", "succeeded", "failed", "skipped", "cancelled"] = ""
    held: int = 0
    active: bool = False
    started: bool = False
    halted: bool = False
    closed: bool = False
    stopped: bool = False
    reason: str = ""
    outputs: Json = None
    error: Error | None = None
    attempts: int = 0
    iterations: int = 0
    waits: list[tuple[int, int, int, int]] = []
    recovered: bool = False
    items: list[Json] | None = None
    next: int = 0
    live: dict[int, int] = {}
    results: dict[int, Json] = {}
    failures: dict[int, Error] = {}
    writes: dict[int, list[Write]] = {}


class Activation(msgspec.Struct):
    """One element of a step, or the step itself; ``index`` is -1 without `for_each`.

    ``outer`` tells that it stands for the whole step, whose `when` or `for_each` failed. ``task``
    is 0 in a repeat delay, which ends at ``due``. ``error`` is what a handler handles.
    """

    id: int
    scope: int
    step: int
    index: int
    path: str
    key: str
    order: Order
    iteration: int = 0
    item: Json = None
    task: int = 0
    due: int | None = None
    started: bool = False
    error: Error | None = None
    previous: Json = None
    collected: list[Json] = []
    writes: list[Write] = []
    outer: bool = False


TaskPhase: TypeAlias = Literal["ready", "running", "delay"]


class Task(msgspec.Struct):
    """The attempts of one call. ``owner`` is its activation; 0 of a compensation.

    ``call`` leads through switches to the call that was chosen. ``extra`` are the names that only
    this call sees. ``child`` is the scope of a composite attempt, and ``closing`` why that is being
    stopped. ``since`` is when the attempt became ready, ``ends`` and ``last`` are the deadlines of
    the attempt and of all attempts, ``due`` is the end of a delay or of a wait. ``change`` is the
    state of the breaker that let the attempt through. ``undoing`` is the scope that compensates.
    ``charged`` tells that attempts cost something, ``payers`` are the scopes whose budgets pay.
    """

    id: int
    owner: int
    site: Site
    call: tuple[int, ...]
    path: str
    key: str
    order: Order
    inputs: dict[str, Json] = {}
    extra: dict[str, Json] = {}
    slots: tuple[str, ...] = ()
    charged: bool = False
    payers: tuple[int, ...] = ()
    phase: TaskPhase = "ready"
    attempt: int = 0
    attempt_id: int = 0
    since: int = 0
    holds: bool = False
    ends: int | None = None
    last: int | None = None
    due: int | None = None
    waited: int = 0
    child: int = 0
    closing: str = ""
    final: bool = False
    refused: bool = False
    probe: bool = False
    change: int = 0
    cost: float = 0
    undoing: int = 0
    earlier: list[Write] = []
    error: Error | None = None


class Registration(msgspec.Struct):
    """A compensation that is to run if the scope that has it does not succeed.

    ``earlier`` are the writes of its own step that it sees.
    """

    number: int
    site: Site
    call: tuple[int, ...]
    path: str
    key: str
    order: Order
    inputs: dict[str, Json] = {}
    extra: dict[str, Json] = {}
    earlier: list[Write] = []


class Scope(msgspec.Struct):
    """An attempt of a pipeline or group; ``task`` is the one that made it, 0 for the run itself.

    ``site`` and ``call`` lead to its plan. ``file`` is the scope of the pipeline that it is part
    of. ``verdict`` is what its status will be, "" as long as nothing speaks against success.
    ``left`` counts steps of this phase that have not settled. ``exempt`` tells that it is part of a
    compensation, ``uncharged`` that no budget counts it. ``slots`` are those that each leaf attempt
    inside takes, ``payers`` the scopes whose budgets it counts against.
    """

    id: int
    task: int
    file: int
    site: Site
    call: tuple[int, ...]
    path: str
    short: str
    key: str
    order: Order
    steps: list[Step]
    inputs: dict[str, Json] = {}
    extra: dict[str, Json] = {}
    earlier: list[Write] = []
    owner: int = 0
    group: bool = False
    phase: Phase = "steps"
    verdict: Literal["", "failed", "cancelled", "budget_exceeded"] = ""
    left: int = 0
    errors: list[Error] = []
    outputs: dict[str, Json] = {}
    registrations: list[Registration] = []
    compensations: int = 0
    uncompensated: int = 0
    undoing: int = 0
    exempt: bool = False
    uncharged: bool = False
    slots: tuple[str, ...] = ()
    payers: tuple[int, ...] = ()
    began: int = 0
    paused: int = 0
    attempts: int = 0
    cost: float = 0


BreakerState: TypeAlias = Literal["closed", "open", "half_open"]


class Breaker(msgspec.Struct):
    """A breaker. ``change`` counts its changes of state; ``until`` is when it is half-open."""

    state: BreakerState = "closed"
    failures: int = 0
    until: int = 0
    probes: int = 0
    change: int = 0


class Limit(msgspec.Struct):
    """Slots: how many there are and how many are taken."""

    limit: int
    used: int = 0


Timer: TypeAlias = tuple[int, int, Order, int]
"""When, of which kind (`DELAY`, `TIMEOUT`, `LAST`, `PAUSE` between iterations), where in the
order, and the task or activation."""

DELAY, PAUSE, TIMEOUT, LAST = range(4)


class State(msgspec.Struct):
    """Everything that a kernel knows but its plan.

    ``running`` leads from attempts of leaf calls to their tasks, ``ready`` from sets of slots to
    the tasks that queue for them; ``ready_now`` are those that need none. The lists that begin with
    ``due`` are what is to be done at this instant (R-instant-1); ``again`` tells that a budget has
    stopped what was being done, so that this instant goes on once the driver has had its turn.
    """

    seed: int | None
    run: str = "run"
    start: int | None = None
    scheduled_at: str | None = None
    now: int = 0
    numbers: int = 0
    scopes: dict[int, Scope] = {}
    activations: dict[int, Activation] = {}
    tasks: dict[int, Task] = {}
    running: dict[int, int] = {}
    timers: list[Timer] = []
    ready: dict[str, list[tuple[int, Order, int]]] = {}
    ready_now: list[tuple[int, Order, int]] = []
    slots: dict[str, tuple[str, ...]] = {}
    again: bool = False
    due_cuts: list[tuple[Order, int, int]] = []
    due_steps: list[tuple[Order, int, int]] = []
    due_composites: list[tuple[Order, int]] = []
    breakers: dict[str, Breaker] = {}
    limits: dict[str, Limit] = {}
    signals: dict[str, dict[str, Json]] = {}
    assumed: dict[str, bool] = {}
    paused_at: int | None = None
    paused: int = 0
    cancels: int = 0
    attempts: int = 0
    cost: float = 0
    ended: int | None = None


__all__ = [
    "DELAY",
    "LAST",
    "PAUSE",
    "TIMEOUT",
    "Activation",
    "Breaker",
    "BreakerState",
    "Limit",
    "Order",
    "Phase",
    "Registration",
    "Scope",
    "Site",
    "State",
    "Step",
    "Task",
    "Timer",
    "Write",
]
