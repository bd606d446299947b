"""What to keep of a test that failed in a run that nobody wrote: its faults and its scenario."""

from typing import TYPE_CHECKING

from flow_testing.recording import listeners

if TYPE_CHECKING:
    from flow_core.simulate import Run

_last: "list[Run]" = []


def watch() -> None:
    """Remember the runs of this test from now on, as it draws inputs or faults by itself."""
    if _remember not in listeners:
        listeners.append(_remember)


def _remember(run: "Run") -> None:
    _last[:] = [run]


def forget() -> None:
    """A new test begins."""
    _last.clear()
    if _remember in listeners:
        listeners.remove(_remember)


def kept() -> "Run | None":
    """The last run of a test that draws by itself; Hypothesis makes the plainest one last."""
    return _last[0] if _last else None
