"""What a failing test shows of its runs, and how comparisons of durations are told."""

from flow_core.durations import show_duration
from flow_core.simulate import samples_text
from flow_core.simulate.run_text import render
from flow_testing.amounts import Duration, microseconds_of
from flow_testing.recording import recent, sampled

TITLE = "What happened in the run"
MANY = "What came of many runs"
KEEP = "Keep this case, for example as tests/found.flowtest.yaml"


def sections() -> list[tuple[str, str]]:
    """The timelines of the last runs of a test, and what many came to, each with a title.

    Of a test that draws its runs by itself the last one, and how to keep it.
    """
    from flow_testing import keeping

    made = list(recent)[-1:] if keeping.is_drawn() else list(recent)
    distinct = {id(run.kernel): run for run in (make() for make in made)}
    found = [
        (f"{TITLE} of {run.plan.name}", render(run, show_data=True)) for run in distinct.values()
    ]
    found += [(MANY, samples_text.render(each)) for each in sampled]
    kept = keeping.case_to_keep()
    return [*found, (KEEP, kept)] if kept else found


def compared(operator: str, left: object, right: object) -> list[str] | None:
    """How a comparison of a duration failed; None for one of something else."""
    if not isinstance(left, Duration) or not isinstance(right, str):
        return None
    apart = left.microseconds - microseconds_of(right)
    side = "more" if apart > 0 else "less"
    return [f"{left!r} {operator} {right}", f"it is {show_duration(abs(apart))} {side} than that"]
