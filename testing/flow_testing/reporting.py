"""What a failing test shows of its runs, and how comparisons of durations are told."""

from flow_core.durations import show_duration
from flow_core.simulate.run_text import render
from flow_testing.amounts import Duration, microseconds_of
from flow_testing.recording import recent

TITLE = "What happened in the run"


def sections() -> list[tuple[str, str]]:
    """The timelines of the last runs of a test, each with a title."""
    runs = [make() for make in recent]
    distinct = {id(run.kernel): run for run in runs}
    return [
        (f"{TITLE} of {run.plan.name}", render(run, show_data=True)) for run in distinct.values()
    ]


def compared(operator: str, left: object, right: object) -> list[str] | None:
    """How a comparison of a duration failed; None for one of something else."""
    if not isinstance(left, Duration) or not isinstance(right, str):
        return None
    apart = left.microseconds - microseconds_of(right)
    side = "more" if apart > 0 else "less"
    return [f"{left!r} {operator} {right}", f"it is {show_duration(abs(apart))} {side} than that"]
