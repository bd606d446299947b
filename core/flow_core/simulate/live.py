"""A run that goes on when it is told to, and can be looked at in between."""

from flow_core.diagnostics import Json
from flow_core.kernel.events import Cancel, Event, Signal
from flow_core.simulate.run import Begun, Run


class SignalRefused(Exception):  # noqa: N818 - the run goes on
    """Nobody waits for a signal, or it does not fit; the message says why."""


class Live:
    """A run in the middle; ``now`` is its time in microseconds since it began.

    What it does is what `simulate` does with the same events: it is the same driver, called in
    pieces.
    """

    def __init__(self, begun: Begun) -> None:
        self._begun = begun
        self.now = 0
        self._go(0)

    @property
    def run(self) -> Run:
        """The run as it is now."""
        return self._begun.run()

    @property
    def ended(self) -> bool:
        """Whether the run has ended."""
        return self._begun.driver.kernel.outcome is not None

    def advance(self, by: int) -> None:
        """Let so many microseconds pass.

        Raises:
            SimulationError: an effect has no mock, or the run has no end.
        """
        self.now += by
        self._go(self.now)

    def signal(self, path: str, data: dict[str, Json]) -> None:
        """Answer the step at a path, now.

        Raises:
            SignalRefused: nobody waits for that.
        """
        self._send(Signal(path, data))
        for note in self._begun.driver.batches[-1].notes:
            if note.what == "refused" and note.path == path:
                raise SignalRefused(note.how)

    def cancel(self) -> None:
        """Cancel the run, now; a second time the cleanup too."""
        self._send(Cancel())

    def drain(self) -> None:
        """Go on until the run has ended, or waits for what only a signal ends."""
        self._go(None)
        kernel = self._begun.driver.kernel
        self.now = max(self.now, kernel.state.now)

    def _send(self, event: Event) -> None:
        self._begun.driver.send(self.now, event)
        self._go(self.now)

    def _go(self, until: int | None) -> None:
        self._begun.driver.run(until=until)
