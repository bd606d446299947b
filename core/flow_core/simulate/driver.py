"""The driver of a dry run: a virtual clock, and a heap of what is to come."""

from collections.abc import Sequence
from heapq import heappop, heappush

import msgspec

from flow_core.kernel import Kernel
from flow_core.kernel.events import Command, Cut, Event, Failed, Note, Start, Succeeded
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.outcomes import Source

MOST_EVENTS = 1_000_000
"""After so many attempts a run is taken to have no end."""


class Batch(msgspec.Struct, frozen=True):
    """The events of one instant, as the kernel got them, and what happened then."""

    at: int
    events: tuple[Event, ...]
    notes: tuple[Note, ...]


class Driver:
    """Drives a kernel until its run ends or nothing is left to happen.

    ``result`` says what an attempt does; ``outside`` are events by their times. ``starts`` are the
    attempts that were made and when, ``secret_outputs`` those of each attempt that has any.
    """

    def __init__(
        self,
        kernel: Kernel,
        result: Source,
        outside: Sequence[tuple[int, Event]] = (),
        *,
        most: int = MOST_EVENTS,
    ) -> None:
        self.kernel = kernel
        self.batches: list[Batch] = []
        self.starts: list[tuple[int, Start]] = []
        self.secret_outputs: dict[int, frozenset[str]] = {}
        self._result = result
        self._most = most
        self._sequence = 0
        self._heap: list[tuple[int, int, Event]] = []
        self._cut: set[int] = set()
        for at, event in outside:
            self.send(at, event)

    def send(self, at: int, event: Event) -> None:
        """Let an event come at a time that has not passed."""
        self._sequence += 1
        heappush(self._heap, (at, self._sequence, event))

    def run(self, *, until: int | None = None) -> None:
        """Go on until the run has ended, waits for what nobody sends, or a time is reached.

        A run that was driven before goes on from where it is.

        Raises:
            SimulationError: the run makes more attempts than it may.
        """
        now = self.next() if self.batches else 0
        while now is not None and (until is None or now <= until):
            self.instant(now)
            now = self.next()

    def instant(self, now: int) -> None:
        """Let the kernel handle an instant, and make the attempts that it starts."""
        events = self._due(now)
        for start in self._started(self.kernel.handle(events, now)):
            self._start(start, now)
        self.batches.append(Batch(now, tuple(events), tuple(self.kernel.take_notes())))

    def _started(self, commands: Sequence[Command]) -> list[Start]:
        """The attempts to make, without those that were cut at the same instant."""
        cut = {command.id for command in commands if type(command) is Cut}
        self._cut |= cut
        return [each for each in commands if type(each) is Start and each.id not in cut]

    def next(self) -> int | None:
        """When something happens next; None when nothing will."""
        if self.kernel.state.ended is not None:
            return None
        wake = self.kernel.wake
        if not self._heap:
            return wake
        return self._heap[0][0] if wake is None else min(wake, self._heap[0][0])

    def _due(self, now: int) -> list[Event]:
        events: list[Event] = []
        while self._heap and self._heap[0][0] <= now:
            event = heappop(self._heap)[2]
            if isinstance(event, Succeeded | Failed) and event.id in self._cut:
                self._cut.discard(event.id)
            else:
                events.append(event)
        return events

    def _start(self, start: Start, now: int) -> None:
        self.starts.append((now, start))
        if len(self.starts) > self._most:
            raise self._runaway(start)
        if start.until is not None:
            return
        leaf = self.kernel.leaf(start.id)
        if leaf.secret:
            self.secret_outputs[start.id] = leaf.secret
        result = self._result(start, leaf, self.kernel)
        if result is not None and result.event is not None:
            self.send(now + result.takes, result.event)

    def _runaway(self, start: Start) -> SimulationError:
        message = (
            f"the run makes more than {self._most:,} attempts; the last of them by `{start.path}`"
        )
        help_ = "a `repeat` or `retry` of it may have no end: look at its bounds"
        return SimulationError(message, None, help_, "FL811")
