"""Who wants to know of the runs that tests make: coverage, above all.

Whatever simulates for a test calls `record` once for each run; nobody needs to know who listens.
"""

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_core.simulate import Run
    from flow_core.simulate.samples import Samples

listeners: "list[Callable[[Run], None]]" = []
"""Called with each run."""

recent: "deque[Callable[[], Run]]" = deque(maxlen=3)
"""The last runs of the test that is running, for the report if it fails."""


sampled: "deque[Samples]" = deque(maxlen=2)
"""What many runs of that test came to, for its report too."""


def record(run: "Run", *, shown: bool = True) -> None:
    """Tell those who listen of a run, which a report may show."""
    if shown:
        recent.append(lambda: run)
    for listener in listeners:
        listener(run)


def forget() -> None:
    """Forget what is only for the report of a test, since another one begins."""
    recent.clear()
    sampled.clear()
