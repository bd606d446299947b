"""What a test looks at after a run: how it went, its steps, and the calls that it made."""

from collections.abc import Callable
from functools import wraps
from os import PathLike
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import msgspec

from flow_core.analysis.tested import StepTarget, Unknown
from flow_core.check import span_of
from flow_core.diagnostics import Json
from flow_core.kernel.events import Error, Failed, StepResult, Succeeded
from flow_core.places import Place
from flow_core.plan.find import without_indices
from flow_core.printable import shown_name
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.live import Live, SignalRefused
from flow_core.simulate.run import Begun, Run
from flow_core.simulate.run_text import render
from flow_core.simulate.scenarios import Subject
from flow_core.simulate.timeline import Row
from flow_testing.amounts import Duration, Length, microseconds_of
from flow_testing.errors import FlowTestError
from flow_testing.recording import recent, record
from flow_testing.snapshots import Snapshots

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Call(msgspec.Struct, frozen=True):
    """An attempt of a call. ``at`` is when it began; one that was cut has no ``outputs``."""

    path: str
    component: str
    attempt: int
    at: Duration
    inputs: dict[str, Any]
    outputs: dict[str, Any] | None = None
    error: str = ""


class StepRun:
    """How a step went, or one element of it."""

    def __init__(self, path: str, where: str, result: StepResult, row: Row | None) -> None:
        self.path = path
        self.where = where
        self._result = result
        self._row = row

    def __repr__(self) -> str:
        shown = f"step {self.path}: {self.status}, {self.attempts} attempts"
        return f"<{shown}{f' ({self.error.name})' if self.error else ''}, {self.where}>"

    @property
    def status(self) -> str:
        """How it ended: succeeded, failed, skipped or cancelled; "running" if it did not."""
        is_open = self._row is not None and self._row.end is None and self._row.start is not None
        return "running" if is_open and self._result.status == "skipped" else self._result.status

    @property
    def reason(self) -> str:
        """Why it was skipped."""
        return self._result.reason

    @property
    def attempts(self) -> int:
        """How many attempts were made, over all elements and iterations."""
        return self._result.attempts

    @property
    def iterations(self) -> int:
        """How many iterations of `repeat` were made."""
        return self._result.iterations

    @property
    def waits(self) -> list[Duration]:
        """The waits between attempts, in order."""
        return [Duration(wait) for wait in self._result.waits]

    @property
    def recovered(self) -> bool:
        """Whether a handler of `catch` saved it."""
        return self._result.recovered

    @property
    def outputs(self) -> Any:
        """Its outputs; null where it did not succeed."""
        return self._result.outputs

    @property
    def error(self) -> Error | None:
        """Its error."""
        return self._result.error

    @property
    def started(self) -> Duration | None:
        """When it began, since the start of the run."""
        return None if self._row is None or self._row.start is None else Duration(self._row.start)

    @property
    def elapsed(self) -> Duration | None:
        """How long it took."""
        row = self._row
        if row is None or row.start is None or row.end is None:
            return None
        return Duration(row.end - row.start)


class SimulatedRun:
    """A run in virtual time."""

    def __init__(self, run: Run, subject: Subject, snapshots: Snapshots | None = None) -> None:
        self._run = run
        self._subject = subject
        self._snapshots = snapshots

    def __repr__(self) -> str:
        error = f" with {self.error.name} at `{self.error.step}`" if self.error else ""
        return f"<run of {self._run.plan.name}: {self.status}{error} after {self.elapsed}>"

    @property
    def core(self) -> Run:
        """The run as the simulator knows it."""
        return self._run

    @property
    def status(self) -> str:
        """How it ended: succeeded, failed, cancelled, budget_exceeded; "waiting" if it did not."""
        return self._run.status

    @property
    def succeeded(self) -> bool:
        """Whether it ended well."""
        return self.status == "succeeded"

    @property
    def failed(self) -> bool:
        """Whether it ended with an error."""
        return self.status == "failed"

    @property
    def terminated(self) -> bool:
        """Whether it ended at all."""
        return self._run.outcome is not None

    @property
    def compensated(self) -> bool:
        """Whether compensations ran and none failed."""
        return bool(self._run.outcome and self._run.outcome.compensated)

    @property
    def error(self) -> Error | None:
        """Its error."""
        return self._run.error

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs of the pipeline; nothing where it did not succeed."""
        return self._run.outputs or {}

    @property
    def state(self) -> dict[str, Any]:
        """The channels of state, as they are now."""
        return self._run.kernel.channels()

    @property
    def path(self) -> list[str]:
        """The pipeline's own steps that succeeded or failed, in the order in which they ended."""
        return self._run.path

    @property
    def elapsed(self) -> Duration:
        """How long it took, in virtual time."""
        return Duration(self._run.elapsed)

    @property
    def cost(self) -> float:
        """What all attempts together cost."""
        return self._run.cost

    @property
    def waiting(self) -> list[str]:
        """The paths of the attempts that go on."""
        return self._run.waiting

    @property
    def timeline(self) -> str:
        """What happened, as `flow dry-run` shows it."""
        return render(self._run, show_data=True)

    def save_scenario(self, path: "str | PathLike[str]", name: str = "found by a test") -> None:
        """Add a scenario to a file (``tests/found.flowtest.yaml``) that makes this run again.

        Raises:
            FlowTestError: the file is for another pipeline, or has a scenario of that name.
        """
        __tracebackhide__ = True
        from flow_testing.keeping import save_scenario

        told(save_scenario)(self._run, Path(path), name)

    def step(self, path: str) -> StepRun:
        """How a step went: ``charge``, one inside of others ``onboard/create``, ``pick[0]``.

        Raises:
            FlowTestError: there is no such step.
        """
        __tracebackhide__ = True
        where = self._where(path)
        row = self._run.rows.get(path)
        result = self._run.step(path) or _result_of(row)
        return StepRun(path, where, result, row)

    def calls(self, what: str) -> list[Call]:
        """The attempts that a step or a component made, in order.

        Raises:
            FlowTestError: there is no such step or component.
        """
        __tracebackhide__ = True
        target = self._subject.names.mocked(what)
        if isinstance(target, Unknown):
            raise _unknown(target)
        ends = {
            event.id: event
            for batch in self._run.batches
            for event in batch.events
            if isinstance(event, Succeeded | Failed)
        }
        return [
            Call(
                start.path,
                start.component,
                start.attempt,
                Duration(at),
                start.inputs,
                event.outputs if isinstance(event := ends.get(start.id), Succeeded) else None,
                event.name if isinstance(event, Failed) else "",
            )
            for at, start in self._run.starts
            if _is_of(what, start.path, start.component)
        ]

    def match_snapshot(self, name: str = "") -> None:
        """Hold what happened against the snapshot of this test.

        Raises:
            FlowTestError: the run was not made by the `flow` fixture.
            SnapshotError: something else happened.
        """
        __tracebackhide__ = True
        if self._snapshots is None:
            raise FlowTestError("only runs of the `flow` fixture have snapshots", "ask for `flow`")
        self._snapshots.match(self.timeline, name)

    def _where(self, path: str) -> str:
        """The line at which a step stands.

        Raises:
            FlowTestError: there is no such step.
        """
        __tracebackhide__ = True
        target = self._subject.names.step(path)
        if isinstance(target, Unknown):
            raise _unknown(target)
        if not isinstance(target, StepTarget):
            return "?"
        module = target.module
        start = span_of(module, Place(target.step.path, "key")).start
        line = module.document.lines.line(start) + 1
        return f"{shown_name(module.file, str(Path.cwd()))}:{line}"


def _is_of(what: str, path: str, component: str) -> bool:
    plain = without_indices(path)
    return what in (path, plain, component) or plain.endswith(f"/{what}")


def _result_of(row: Row | None) -> StepResult:
    """How something went of which only the timeline knows: an element, a handler."""
    if row is None:
        return StepResult("skipped", "never reached")
    status = row.status if row.status in ("succeeded", "failed", "cancelled") else "skipped"
    return StepResult(status, row.detail, attempts=len(row.attempts))  # type: ignore[arg-type]


def _unknown(target: Unknown) -> FlowTestError:
    help_ = f"did you mean `{target.meant}`?" if target.meant else target.help
    return FlowTestError(target.message, help_)


def told(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Let what keeps a run from going on be told as what is wrong with the test."""

    @wraps(function)
    def wrapper(*args: _P.args, **named: _P.kwargs) -> _T:
        __tracebackhide__ = True
        try:
            return function(*args, **named)
        except SimulationError as error:
            raise FlowTestError(error.message, error.help) from None

    return wrapper


class LiveRun(SimulatedRun):
    """A run that goes on when the test says so."""

    def __init__(self, begun: Begun, subject: Subject, snapshots: Snapshots | None = None) -> None:
        self._live = Live(begun)
        super().__init__(self._live.run, subject, snapshots)
        recent.append(lambda: self._run)

    @property
    def now(self) -> Duration:
        """The virtual time since the start of the run."""
        return Duration(self._live.now)

    @told
    def advance(self, by: Length) -> "LiveRun":
        """Let virtual time pass: ``"59m"``.

        Raises:
            FlowTestError: the run has ended, or an effect has no mock.
        """
        __tracebackhide__ = True
        self._refuse_ended("advance")
        self._live.advance(microseconds_of(by))
        return self._looked()

    @told
    def signal(self, path: str, data: "dict[str, Json] | Json" = None) -> "LiveRun":
        """Answer the step that waits at a path: outputs by name, or the decision of an approval.

        Raises:
            FlowTestError: nobody waits there, or the answer does not fit.
        """
        __tracebackhide__ = True
        self._refuse_ended("signal")
        try:
            self._live.signal(path, _answer(data))
        except SignalRefused as why:
            waiting = ", ".join(f"`{each}`" for each in self._live.run.waiting) or "nothing"
            message = f"`{path}` does not take that signal: {why}"
            raise FlowTestError(message, f"what waits now: {waiting}") from None
        return self._looked()

    @told
    def cancel(self) -> "LiveRun":
        """Cancel the run; a second time its cleanup too.

        Raises:
            FlowTestError: the run has ended.
        """
        __tracebackhide__ = True
        self._refuse_ended("cancel")
        self._live.cancel()
        return self._looked()

    @told
    def drain(self) -> "LiveRun":
        """Go on to the end, or to where only a signal helps.

        Raises:
            FlowTestError: an effect has no mock, or the run has no end.
        """
        if not self._live.ended:
            self._live.drain()
        return self._looked()

    def _looked(self) -> "LiveRun":
        """The run as it is now."""
        self._run = self._live.run
        if self._live.ended:
            record(self._run)
        return self

    def _refuse_ended(self, what: str) -> None:
        __tracebackhide__ = True
        if self._live.ended:
            ended = self.status.replace("cancelled", "was cancelled")
            raise FlowTestError(f"the run can't {what} any more: it {ended} at {self.now}")


def _answer(data: "dict[str, Json] | Json") -> dict[str, Json]:
    """The outputs of an answer."""
    if data is None:
        return {}
    return data if isinstance(data, dict) else {"decision": data}
