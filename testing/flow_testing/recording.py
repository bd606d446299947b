"""Who wants to know of the runs that tests make: coverage, above all.

Whatever simulates for a test calls `record` once for each run; nobody needs to know who listens.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_core.simulate import Run

listeners: "list[Callable[[Run], None]]" = []
"""Called with each run."""


def record(run: "Run") -> None:
    """Tell those who listen of a run."""
    for listener in listeners:
        listener(run)
