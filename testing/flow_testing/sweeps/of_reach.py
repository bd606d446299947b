"""What is never reached: handlers and steps."""

from collections.abc import Iterator

from flow_core.plan.find import without_indices
from flow_testing.sweeps.evidence import Evidence, Flaw


def unreached(evidence: Evidence) -> Iterator[Flaw]:
    """FL830: a handler that no fault of the pipeline leads to."""
    if not evidence.is_complete:
        return
    reached = _reached(evidence)
    for path, spot in evidence.spots.items():
        is_handler = spot.role.startswith("catch") and path.count("!") == 1
        if is_handler and path not in reached and path.partition("!")[0] in reached:
            errors = ", ".join(sorted(spot.handler.errors or ())) if spot.handler else ""
            of = f" of {errors}" if errors else ""
            help_ = "see which errors the step raises, and which its `retry` leaves over"
            yield Flaw("FL830", spot.place, f"no fault leads to this handler{of}", help_)


def never_runs(evidence: Evidence) -> Iterator[Flaw]:
    """FL834: a step that ran in none of the worlds, whatever went wrong."""
    if not evidence.is_complete:
        return
    reached = _reached(evidence)
    for path in evidence.steps:
        around = path.rpartition("/")[0]
        if path not in reached and (not around or around in reached):
            message = f"`{path}` runs in none of the runs, with whatever values and faults"
            help_ = "look at its `when` and at what it depends on"
            yield Flaw("FL834", evidence.spots[path].place, message, help_)


def _reached(evidence: Evidence) -> frozenset[str]:
    """The paths, without indices, of steps and handlers that something happened at."""
    found: set[str] = set()
    for _, _, run in evidence.runs():
        for note in run.notes:
            path = without_indices(note.path)
            if note.what == "caught":
                found |= {path, f"{path}!catch[{note.attempt}]"}
            elif note.what == "started" or (note.what == "settled" and note.how != "cancelled"):
                found.add(path)
    return frozenset(found)
