"""A run whose virtual time a test moves."""

from flow_core.diagnostics import Json
from flow_core.plan.find import find_calls, find_step
from flow_core.plan.plan import Leaf
from flow_core.simulate.live import Live, SignalRefused
from flow_core.simulate.run import Begun
from flow_core.simulate.scenarios import Subject
from flow_testing.amounts import Duration, Length, length_of
from flow_testing.errors import FlowTestError, told
from flow_testing.given import see_data
from flow_testing.recording import recent, record
from flow_testing.running import SimulatedRun
from flow_testing.snapshots import Snapshots
from flow_testing.stand_ins import stand_in


class LiveRun(SimulatedRun):
    """A run that goes on when the test says so."""

    def __init__(self, begun: Begun, subject: Subject, snapshots: Snapshots | None = None) -> None:
        self._live = Live(begun)
        self._is_recorded = False
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
        self._live.advance(length_of(by))
        return self._looked()

    @told
    def signal(self, path: str, data: "dict[str, Json] | Json" = None) -> "LiveRun":
        """Answer the step that waits at a path: with outputs by name, a decision, or data.

        Raises:
            FlowTestError: nobody waits there, or the answer does not fit.
        """
        __tracebackhide__ = True
        self._refuse_ended("signal")
        try:
            self._live.signal(path, self._answer(path, data))
        except SignalRefused as why:
            message = f"`{path}` does not take that signal: {why}"
            raise FlowTestError(message, self._waits_now()) from None
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
            self.close()
        return self

    def close(self) -> None:
        """Let those who measure know of the run as far as it has come, once."""
        if not self._is_recorded:
            self._is_recorded = True
            record(self._run)

    def _refuse_ended(self, what: str) -> None:
        __tracebackhide__ = True
        if self._live.ended:
            ended = self.status.replace("cancelled", "was cancelled")
            raise FlowTestError(f"the run can't {what} any more: it {ended} at {self.now}")

    def _answer(self, path: str, data: "dict[str, Json] | Json") -> dict[str, Json]:
        """The outputs of an answer: what is no object is the decision, or the data, of its step."""
        __tracebackhide__ = True
        stand_in(self._subject, path)
        outputs = {name for leaf in self._waiters(path) for name in leaf.outputs}
        if not outputs:
            raise FlowTestError(f"`{path}` never waits for a signal", self._waits_now())
        see_data(data, f"the signal to `{path}`")
        if data is None or isinstance(data, dict):
            return data or {}
        return {"decision" if "decision" in outputs else "data": data}

    def _waiters(self, path: str) -> list[Leaf]:
        """The calls of a step that wait for signals."""
        step = find_step(self._run.plan, path)
        calls = find_calls(step, path) if step else ()
        return [call for call in calls if isinstance(call, Leaf) and call.waits == "signal"]

    def _waits_now(self) -> str:
        waiting = [f"`{each}`" for each in self._live.run.waiting if self._waiters(each)]
        return f"what waits for a signal now: {', '.join(waiting) or 'nothing'}"
