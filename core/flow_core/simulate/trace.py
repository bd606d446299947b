"""Traces: a run as a file of JSON lines that can be stepped through, compared, and run again.

The first line says what was run; each further line is an instant: the events that the kernel got,
and what happened. The values of secret ports are not in it: when it is replayed they are not known.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from flow_core.expr.times import Timestamp
from flow_core.kernel import Kernel
from flow_core.kernel.events import Cut, Failed, Note, Signal, Start, Succeeded
from flow_core.plan.formula import EvaluationFailed
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.driver import Batch
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.outcomes import Result
from flow_core.simulate.run import Run
from flow_core.simulate.stand_ins import with_stand_ins

if TYPE_CHECKING:
    from flow_core.diagnostics import Json
    from flow_core.module import Module
else:
    Json = Any  # msgspec decodes no alias that holds itself

VERSION = 2
"""Grows whenever what happens is told in another way: older traces would seem to differ."""


class Header(msgspec.Struct, frozen=True):
    """What a trace is of.

    ``digest`` is that of the texts of the pipeline and all it calls; ``mocked`` are the keys of the
    mocks, since a group or pipeline that is mocked is one attempt.
    """

    flow_trace: int
    pipeline: str
    digest: str
    inputs: dict[str, Json]
    version: str = ""
    seed: int | None = None
    start: int | None = None
    scheduled_at: str | None = None
    file: str = ""
    mocked: tuple[str, ...] = ()


class Trace(msgspec.Struct, frozen=True):
    """A recorded run."""

    header: Header
    batches: tuple[Batch, ...]

    @property
    def notes(self) -> Iterator[Note]:
        """Everything that happened."""
        return (note for batch in self.batches for note in batch.notes)


def digest_of(module: "Module") -> str:
    """The digest of a pipeline's file and of those of all pipelines that it calls."""
    from flow_core.analysis.tested import UnderTest

    found = sha256()
    for each in sorted(UnderTest(module).modules, key=lambda module: module.file):
        found.update(each.document.text.encode(errors="surrogateescape") + b"\0")
    return found.hexdigest()[:16]


def write_trace(run: Run, module: "Module") -> str:
    """The text of a trace file."""
    import os

    state = run.kernel.state
    header = Header(
        VERSION,
        run.plan.name,
        digest_of(module),
        run.secrets.recorded_inputs(run.inputs),
        run.plan.version,
        state.seed,
        state.start,
        state.scheduled_at,
        os.path.relpath(module.file, module.project.settings.root).replace(os.sep, "/"),
        run.mocked,
    )
    lines = [header, *(_recorded(run, batch) for batch in run.batches)]
    return "".join(msgspec.json.encode(line).decode() + "\n" for line in lines)


def _recorded(run: Run, batch: Batch) -> Batch:
    """An instant without its secrets."""
    events = tuple(run.secrets.recorded(event) for event in batch.events)
    return msgspec.structs.replace(batch, events=events)


def read_trace(text: str, name: str) -> Trace:
    """A trace from its text; ``name`` is the file's, for messages.

    Raises:
        SimulationError: it is no trace, or one of another version of the format.
    """
    head, *rest = text.removesuffix("\n").split("\n")  # texts may hold other ends of lines
    try:
        header = msgspec.json.decode(head, type=Header)
    except (msgspec.DecodeError, RecursionError) as error:
        message = f"`{name}` is no trace: line 1: {error}"
        raise SimulationError(message, None, "record one: `flow dry-run … --trace FILE`") from None
    if header.flow_trace != VERSION:
        message = f"`{name}` is a trace of version {header.flow_trace}, and {VERSION} is expected"
        raise SimulationError(message, None, "record it again")
    batches: list[Batch] = []
    for number, line in enumerate(rest, 2):
        try:
            batches.append(msgspec.json.decode(line, type=Batch))
        except (msgspec.DecodeError, RecursionError) as error:
            raise SimulationError(f"`{name}`: line {number}: {error}", None, "") from None
    return Trace(header, tuple(batches))


class Replayed(msgspec.Struct, frozen=True):
    """A trace that was run again: the kernel after each instant can be asked for."""

    plan: PipelinePlan
    trace: Trace

    def kernel_at(self, instants: int) -> Kernel:
        """The kernel after so many instants."""
        header = self.trace.header
        kernel = Kernel(
            self.plan,
            dict(header.inputs),
            header.seed,
            start=header.start,
            scheduled_at=header.scheduled_at,
        )
        for batch in self.trace.batches[:instants]:
            kernel.handle(batch.events, batch.at)
        return kernel


def replay(trace: Trace, plan: PipelinePlan) -> Replayed:
    """Run a trace again and see that the same happens.

    Raises:
        SimulationError: something else happens: the pipeline is not what it was.
    """
    replayed = Replayed(with_stand_ins(plan, trace.header.mocked), trace)
    try:
        kernel = replayed.kernel_at(0)
    except EvaluationFailed as reason:
        raise _differs(trace, reason.message) from None
    for number, batch in enumerate(trace.batches, 2):
        kernel.handle(batch.events, batch.at)
        if tuple(kernel.take_notes()) != batch.notes:
            raise _differs(trace, f"line {number} went otherwise")
    return replayed


def _differs(trace: Trace, what: str) -> SimulationError:
    message = f"the trace is of another `{trace.header.pipeline}` than this one: {what}"
    return SimulationError(message, None, "record it again, or check out what was run", "FL812")


class Difference(msgspec.Struct, frozen=True):
    """The first place at which two traces part; a side that has ended has None."""

    position: int
    one: Note | None
    other: Note | None


def first_difference(one: Trace, other: Trace) -> Difference | None:
    """Where two runs part, None where they are the same."""
    left, right = list(one.notes), list(other.notes)
    for position in range(max(len(left), len(right))):
        pair = [side[position] if position < len(side) else None for side in (left, right)]
        if pair[0] != pair[1]:
            return Difference(position, *pair)
    return None


class Attempt(msgspec.Struct, frozen=True):
    """An attempt of a run and how it went; one that was cut hung."""

    start: Start
    leaf: Leaf
    result: Result


def attempts_of(kernel: Kernel, batches: Iterable[Batch]) -> Iterator[Attempt]:
    """The attempts of a run, in the order in which they ended.

    ``kernel`` is that of the run before its first instant, ``batches`` is what happened. What was
    answered by a signal ended well with what the signal said.
    """
    begun: dict[int, tuple[Start, Leaf, int]] = {}
    signals: dict[str, dict[str, Json]] = {}
    for batch in batches:
        for event in batch.events:
            if isinstance(event, Succeeded | Failed) and event.id in begun:
                start, leaf, at = begun.pop(event.id)
                yield Attempt(start, leaf, Result(batch.at - at, event))
            elif isinstance(event, Signal):
                signals[event.path] = event.data
        for command in kernel.handle(batch.events, batch.at):
            if isinstance(command, Start) and command.id in kernel.state.running:
                begun[command.id] = command, kernel.leaf(command.id), batch.at
            elif isinstance(command, Cut) and command.id in begun:
                start, leaf, _ = begun.pop(command.id)
                yield Attempt(start, leaf, Result(0, None))
        yield from _answered(kernel, batch.at, begun, signals)


def _answered(
    kernel: Kernel,
    now: int,
    begun: dict[int, tuple[Start, Leaf, int]],
    signals: dict[str, dict[str, Json]],
) -> Iterator[Attempt]:
    """The attempts that a signal has ended."""
    for number, (start, leaf, at) in list(begun.items()):
        if leaf.waits == "signal" and number not in kernel.state.running:
            del begun[number]
            at_end = str(Timestamp((kernel.state.start or 0) + now))
            said = {"by": "", "at": at_end, "data": None, **signals.get(start.path, {})}
            outputs = {name: value for name, value in said.items() if name in leaf.outputs}
            yield Attempt(start, leaf, Result(now - at, Succeeded(number, outputs)))


def results_of(trace: Trace, plan: PipelinePlan) -> dict[str, list[Result]]:
    """What the attempts at each path did, for `flow_core.simulate.outcomes.History`.

    One that was cut hangs: whatever cut it will do so again.

    Raises:
        SimulationError: the trace is of another pipeline.
    """
    found: dict[str, list[Result]] = {}
    for each in attempts_of(replay(trace, plan).kernel_at(0), trace.batches):
        found.setdefault(each.start.path, []).append(each.result)
    return found
