"""What a test looks at after a run: how it went, its steps, and the calls that it made."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flow_core.analysis.tested import Unknown
from flow_core.kernel.events import Error, Failed, Note, Succeeded
from flow_core.plan.find import without_indices
from flow_core.simulate.run import Run
from flow_core.simulate.run_text import render
from flow_core.simulate.scenarios import Subject
from flow_testing.amounts import Duration
from flow_testing.errors import FlowTestError, told
from flow_testing.given import text
from flow_testing.locating import line_of
from flow_testing.snapshots import Snapshots
from flow_testing.step_runs import Call, StepRun, result_of

if TYPE_CHECKING:
    from os import PathLike


class Ran(list[str]):
    """Names of steps, in the order in which they ended; ``lines`` say where each stands."""

    def __init__(self, names: list[str], subject: Subject) -> None:
        super().__init__(names)
        self._subject = subject

    def line(self, name: str) -> str:
        """The line of a step, "" of one that is not there."""
        return line_of(self._subject, name)


class SimulatedRun:
    """A run in virtual time."""

    def __init__(self, run: Run, subject: Subject, snapshots: Snapshots | None = None) -> None:
        self._run = run
        self._subject = subject
        self._snapshots = snapshots

    def __repr__(self) -> str:
        error = self.error
        told = f" with {error.name}" if error else ""
        if error and error.step:
            told += f" at `{error.step}` ({line_of(self._subject, error.step)})"
        return f"<run of {self._run.plan.name}: {self.status}{told} after {self.elapsed}>"

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
        return Ran(self._run.path, self._subject)

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
    def notes(self) -> tuple[Note, ...]:
        """Everything that happened, in order."""
        return self._run.notes

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
        target = self._subject.names.step(text(path, "name of a step"))
        if isinstance(target, Unknown):
            raise _unknown(target)
        row = self._run.rows.get(path)
        result = self._run.step(path) or result_of(row)
        return StepRun(path, line_of(self._subject, path), result, row)

    def calls(self, what: str) -> list[Call]:
        """The attempts that a step or a component made, in order.

        Raises:
            FlowTestError: there is no such step or component.
        """
        __tracebackhide__ = True
        target = self._subject.names.mocked(text(what, "name of a step or component"))
        if isinstance(target, Unknown):
            raise _unknown(target)
        return list(self._calls(what))

    def _calls(self, what: str) -> Iterator[Call]:
        ends = {
            event.id: event
            for batch in self._run.batches
            for event in batch.events
            if isinstance(event, Succeeded | Failed)
        }
        for at, start in self._run.starts:
            if _is_of(what, start.path, start.component):
                end = ends.get(start.id)
                yield Call(
                    start.path,
                    start.component,
                    start.attempt,
                    Duration(at),
                    start.inputs,
                    end.outputs if isinstance(end, Succeeded) else None,
                    end.name if isinstance(end, Failed) else "",
                )

    def match_snapshot(self, name: str = "") -> None:
        """Hold what happened against the snapshot of this test.

        Raises:
            FlowTestError: the run was not made by the `flow` fixture.
            SnapshotError: something else happened.
        """
        __tracebackhide__ = True
        if self._snapshots is None:
            raise FlowTestError("only runs of the `flow` fixture have snapshots", "ask for `flow`")
        self._snapshots.match(self.timeline, text(name, "name of a snapshot"))


def _is_of(what: str, path: str, component: str) -> bool:
    plain = without_indices(path)
    return what in (path, plain, component) or plain.endswith(f"/{what}")


def _unknown(target: Unknown) -> FlowTestError:
    help_ = f"did you mean `{target.meant}`?" if target.meant else target.help
    return FlowTestError(target.message, help_)
