"""Faults: what goes wrong at which attempt, on top of whatever else says how attempts end."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start
from flow_core.plan.find import find_calls, find_step
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.outcomes import Result, Source, built_in, estimated

Kind: TypeAlias = Literal["error", "timeout", "slow"]
"""Kinds of faults: an attempt fails with an error, hangs until a timeout cuts it, or takes long."""

HANGS, SLOW = "hang", "slow"
KINDS: tuple[Kind, ...] = ("error", "timeout")
_SLOWER = 10
_TEXT = re.compile(r"(?P<path>[^=#]+)(?:#(?P<attempt>[1-9]\d*))?=(?P<how>[A-Za-z_]\w*)")


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing that goes wrong.

    ``path`` is that of an activation (R-name-3, in full: ``pick[0]``, ``ship!compensate``);
    ``attempt`` counts its attempts from 1, across iterations and across retries of enclosing
    calls, as the mocks of a list do; 0 means each of them. ``how`` is the name of an error,
    ``hang``, or ``slow``.
    """

    path: str
    attempt: int
    how: str

    @classmethod
    def read(cls, text: str) -> "Fault":
        """The fault that a text such as ``charge#2=GatewayError`` stands for.

        >>> print(Fault.read("charge#2=GatewayError"))
        `charge` attempt 2 fails with GatewayError
        >>> print(Fault.read("charge=hang"))
        each attempt of `charge` hangs

        Raises:
            SimulationError: it is none.
        """
        __tracebackhide__ = True  # pytest shows the line of a test that is wrong, and none here
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            help_ = "write `step#2=Error`, or `step=hang` for each attempt"
            raise SimulationError(f"`{text}` is no fault", None, help_)
        return cls(match["path"], int(match["attempt"] or 0), match["how"])

    @property
    def id(self) -> str:
        """The short text, which `read` understands."""
        number = f"#{self.attempt}" if self.attempt else ""
        return f"{self.path}{number}={self.how}"

    def __str__(self) -> str:
        which = f"`{self.path}` attempt {self.attempt}" if self.attempt else ""
        what = {HANGS: "hangs", SLOW: "is slow"}.get(self.how, f"fails with {self.how}")
        return f"{which or f'each attempt of `{self.path}`'} {what}"


class FaultPlan(msgspec.Struct, frozen=True, order=True):
    """Faults that happen in one run, in the order in which they were thought of."""

    faults: tuple[Fault, ...] = ()

    @classmethod
    def read(cls, text: str) -> "FaultPlan":
        """The plan of faults separated by ``+``; "" and "none" mean that nothing goes wrong.

        Raises:
            SimulationError: a part is no fault.
        """
        __tracebackhide__ = True  # as above
        if text.strip() in ("", "none"):
            return cls()
        return cls(tuple(map(Fault.read, text.split("+"))))

    @property
    def id(self) -> str:
        """The short text: ``charge#1=hang+charge#2=CardDeclined``."""
        return "+".join(fault.id for fault in self.faults) or "none"

    def __str__(self) -> str:
        return ", ".join(map(str, self.faults)) or "nothing goes wrong"

    def __repr__(self) -> str:
        return f"FaultPlan.read({self.id!r})"

    def __len__(self) -> int:
        return len(self.faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)


class FaultSource:
    """A source that applies a plan; what no fault meets ends as ``inner`` says, if that does.

    ``applied`` are the faults that have met an attempt, with the attempts that they met.
    """

    def __init__(self, faults: Iterable[Fault], inner: Source | None = None) -> None:
        self._faults: dict[tuple[str, int], Fault] = {}
        for fault in faults:
            self._faults.setdefault((fault.path, fault.attempt), fault)
        self._inner = inner
        self._made: Counter[str] = Counter()
        self.applied: list[tuple[Fault, int]] = []

    def __call__(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        """How an attempt ends."""
        self._made[start.path] += 1
        number = self._made[start.path]
        each = self._faults.get((start.path, 0))
        fault = self._faults.get((start.path, number), each)
        if fault is None:
            return self._undisturbed(start, leaf, kernel)
        self.applied.append((fault, number))
        if fault.how == HANGS:
            return Result(0, None)
        if fault.how == SLOW:
            return self._slow(start, leaf, kernel)
        event = Failed(start.id, fault.how, "as the fault plan says")
        return Result(leaf.target.p50 or 0, event)

    def _undisturbed(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        return self._inner(start, leaf, kernel) if self._inner else None

    def _slow(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result:
        """The end that it has anyway, after the time that the slowest attempts need."""
        found = self._undisturbed(start, leaf, kernel)
        found = found or built_in(start, leaf, kernel) or estimated(start, leaf, kernel)
        return Result(max(leaf.target.p95 or found.takes * _SLOWER, found.takes), found.event)


def check_faults(plan: PipelinePlan, faults: Iterable[Fault]) -> None:
    """See that each fault is one of a step, handler or compensation of the pipeline.

    Raises:
        SimulationError: there is no such step, or its component raises no such error.
    """
    for fault in faults:
        step = find_step(plan, fault.path)
        calls = find_calls(step, fault.path) if step else []
        leaves = [call for call in calls if isinstance(call, Leaf)]
        if not leaves:
            known = ", ".join(f"`{name}`" for name in plan.graph.names)
            help_ = f"its steps: {known}; a path leads through groups: `ship/book`"
            raise SimulationError(
                f"`{plan.name}` has no call at `{fault.path}` that could go wrong", None, help_
            )
        _check_error(fault, leaves)


def _check_error(fault: Fault, leaves: list[Leaf]) -> None:
    if fault.how in (HANGS, SLOW, "unexpected", "timeout", "circuit_open"):
        return
    if any(leaf.target.errors is None or fault.how in leaf.target.errors for leaf in leaves):
        return
    known = sorted({name for leaf in leaves for name in leaf.target.errors or ()})
    names = " and ".join(f"`{leaf.target.name}`" for leaf in leaves)
    help_ = f"it declares {', '.join(known) or 'none'}; besides there are `unexpected` and `hang`"
    raise SimulationError(f"{names} never raises {fault.how} (`{fault.id}`)", None, help_)


def possible(leaf: Leaf, each: Collection[Kind], *, bounded: bool) -> Iterator[str]:
    """What can go wrong in an attempt: the errors that its component declares, and `unexpected`.

    It can hang where it is ``bounded``: some timeout ends that. What waits for a signal can only
    lack one, and what has no effect runs for real.
    """
    if not leaf.target.effect:
        return
    if "error" in each and not leaf.waits:
        yield from sorted(leaf.target.errors or ())
        yield "unexpected"
    if "timeout" in each and bounded:
        yield HANGS
    if "slow" in each and (leaf.target.p50 or leaf.target.p95):
        yield SLOW


def is_bounded(start: Start, kernel: Kernel) -> bool:
    """Whether some timeout ends a running attempt that hangs."""
    state = kernel.state
    task = state.tasks[state.running[start.id]]
    while task.ends is None and task.last is None:
        scope = state.scopes[task.site[0]]
        if task.undoing or not scope.task or scope.exempt:
            return False
        task = state.tasks[scope.task]
    return True
