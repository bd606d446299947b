"""A review for machines: as data for JSON, and as commands of GitHub Actions."""

from typing import Any

from flow_cli.reporters.github import escape_data, escape_property
from flow_cli.review import FileReview, Review, locate, told
from flow_core.diff import Change
from flow_core.diff.report import change_data, counts, delta_data
from flow_core.module import Module
from flow_core.places import Place

_LEVELS = {"breaking": "error", "behaviour": "warning", "cosmetic": "notice"}


def review_data(review: Review) -> dict[str, Any]:
    """The whole review."""
    return {
        "old": review.old,
        "new": review.new,
        "impact": review.impact,
        "summary": review.summary,
        "files": [_file(each) for each in review.files],
    }


def _file(found: FileReview) -> dict[str, Any]:
    pair = found.pair

    def old(place: Place | None) -> dict[str, Any] | None:
        return _place(pair.old, place)

    def new(place: Place | None) -> dict[str, Any] | None:
        return _place(pair.new, place)

    return {
        "old": pair.old_name or None,
        "new": pair.new_name or None,
        "impact": found.diff.impact,
        "counts": counts(found.diff),
        "changes": [change_data(change, old, new) for change in found.diff.changes],
        "simulated": delta_data(found.delta) if found.delta else None,
    }


def _place(module: Module | None, place: Place | None) -> dict[str, Any] | None:
    found = locate(module, place)
    if found is None:
        return None
    file, at = found
    return {"file": file, "line": at.line, "column": at.column}


def github(review: Review) -> str:
    """One workflow command for each change."""
    return "".join(
        f"{_command(each, change)}\n" for each in review.files for change in each.diff.changes
    )


def _command(found: FileReview, change: Change) -> str:
    place = locate(found.pair.new, change.new)
    properties = {"title": f"{change.impact}: {change.kind} {change.subject}"}
    if place is not None:
        file, at = place
        properties = {"file": file, "line": str(at.line), "col": str(at.column), **properties}
    shown = ",".join(f"{key}={escape_property(value)}" for key, value in properties.items())
    message = "\n".join([told(change), change.why, *change.notes])
    return f"::{_LEVELS[change.impact]} {shown}::{escape_data(message)}"
