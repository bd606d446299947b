"""A run whose virtual time a test moves."""

from flow_core.diagnostics import Json
from flow_core.simulate.live import Live, SignalRefused
from flow_core.simulate.run import Begun
from flow_core.simulate.scenarios import Subject
from flow_testing.amounts import Duration, Length, microseconds_of
from flow_testing.errors import FlowTestError, told
from flow_testing.recording import recent, record
from flow_testing.running import SimulatedRun
from flow_testing.snapshots import Snapshots


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
