"""How a step of a run went, and the calls that it made, as a test looks at them."""

from typing import Any

import msgspec

from flow_core.kernel.events import Error, StepResult
from flow_core.simulate.timeline import Row
from flow_core.types.show import count
from flow_testing.amounts import Duration


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
        error = f" ({self.error.name})" if self.error else ""
        attempts = count(self.attempts, "attempt")
        return f"<step {self.path}: {self.status}{error}, {attempts}, {self.where}>"

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
    def ended(self) -> Duration | None:
        """When it ended, since the start of the run."""
        return None if self._row is None or self._row.end is None else Duration(self._row.end)

    @property
    def elapsed(self) -> Duration | None:
        """How long it took."""
        started, ended = self.started, self.ended
        if started is None or ended is None:
            return None
        return Duration(ended.microseconds - started.microseconds)


def result_of(row: Row | None) -> StepResult:
    """How something went of which only the timeline knows: an element, a handler."""
    if row is None:
        return StepResult("skipped", "never reached")
    status = row.status if row.status in ("succeeded", "failed", "cancelled") else "skipped"
    return StepResult(status, row.detail, attempts=len(row.attempts))  # type: ignore[arg-type]
