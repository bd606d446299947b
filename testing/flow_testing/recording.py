"""Who wants to know of the runs that tests make: coverage, above all.

Whatever simulates for a test calls `record` once for each run; nobody needs to know who listens.
"""

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_core.simulate import Run

listeners: "list[Callable[[Run], None]]" = []
"""Called with each run."""

recent: "deque[Callable[[], Run]]" = deque(maxlen=3)
"""The last runs of the test that is running, for the report if it fails."""


def record(run: "Run") -> None:
    """Tell those who listen of a run."""
    recent.append(lambda: run)
    for listener in listeners:
        listener(run)
