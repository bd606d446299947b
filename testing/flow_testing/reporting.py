"""What a failing test shows of its runs, and how comparisons of durations and paths are told."""

from collections.abc import Iterator
from typing import cast

from flow_core.durations import show_duration
from flow_core.kernel.events import Error
from flow_core.printable import escape
from flow_core.simulate import samples_text
from flow_core.simulate.run import Run
from flow_core.simulate.run_text import render
from flow_testing.amounts import Duration, microseconds_of
from flow_testing.locating import known_subject, line_of
from flow_testing.recording import recent, sampled
from flow_testing.running import Ran

TITLE = "What happened in the run"
MANY = "What came of many runs"
WIDEST = 2_000
"""Columns of a line, beyond which data is no longer shown."""
KEEP = "Keep this case, for example as tests/found.flowtest.yaml"


def sections() -> list[tuple[str, str]]:
    """The timelines of the last runs of a test, and what many came to, each with a title.

    Of a test that draws its runs by itself the last one, and how to keep it.
    """
    from flow_testing import keeping

    made = list(recent)[-1:] if keeping.is_drawn() else list(recent)
    distinct = {id(run.kernel): run for run in (make() for make in made)}
    found = [
        (
            f"{TITLE} of {run.plan.name}",
            "\n".join([_cut(render(run, show_data=True)), *_places(run)]),
        )
        for run in distinct.values()
        if run.batches
    ]
    found += [(MANY, samples_text.render(each)) for each in sampled]
    kept = keeping.case_to_keep()
    return [*found, (KEEP, kept)] if kept else found


def _cut(text: str) -> str:
    """A text whose lines people can read."""
    lines = text.split("\n")
    return "\n".join(each if len(each) <= WIDEST else f"{each[:WIDEST]} …" for each in lines)


def _places(run: Run) -> Iterator[str]:
    """The lines of the steps that went otherwise than well."""
    subject = known_subject(run.plan.file)
    if subject is None:
        return
    for path, row in run.rows.items():
        is_told = row.status not in ("succeeded", "") and row.detail != "run_failing"
        line = line_of(subject, path) if is_told and "[" not in path else ""
        if line:
            yield f"{line}: {escape(path)} ({row.status})"


def compared(operator: str, left: object, right: object) -> list[str] | None:
    """How a comparison of a duration, a path or an error failed; None of something else."""
    if isinstance(left, Duration) and isinstance(right, str):
        apart = left.microseconds - microseconds_of(right)
        side = "more" if apart > 0 else "less"
        told = f"it is {show_duration(abs(apart))} {side} than that"
        return [f"{left!r} {operator} {right}", told]
    if isinstance(left, Ran) and isinstance(right, list) and operator == "==":
        return _paths(left, cast("list[object]", right))
    if isinstance(left, Error) and isinstance(right, str):
        return [f"{left.name} {operator} {right!r}", "compare `run.error.name`, which is its name"]
    return None


def _paths(ran: Ran, expected: list[object]) -> list[str]:
    """Where the steps that ran part from those that were expected to."""
    told = [f"{list(ran)!r} == {expected!r}"]
    for position in range(max(len(ran), len(expected))):
        found, wanted = ran[position : position + 1], expected[position : position + 1]
        if found != wanted:
            told += [f"ran:      {_named(ran, found)}", f"expected: {_named(ran, wanted)}"]
            break
    return told


def _named(ran: Ran, names: list[str] | list[object]) -> str:
    """A step and its line."""
    if not names:
        return "no further step"
    line = ran.line(str(names[0]))
    return f"`{names[0]}`{f', {line}' if line else ''}"
