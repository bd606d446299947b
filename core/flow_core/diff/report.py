"""A comparison as plain data, for reports in JSON."""

from collections.abc import Callable
from typing import Any

from flow_core.diff.change import IMPACTS, Change, Diff
from flow_core.diff.simulated import Delta, Figures
from flow_core.places import Place
from flow_core.simulate.sampling import Spread

Locate = Callable[[Place | None], dict[str, Any] | None]
"""A place as data: file, line and column."""


def change_data(change: Change, old: Locate, new: Locate) -> dict[str, Any]:
    """One change; ``old`` and ``new`` find its places."""
    return {
        "impact": change.impact,
        "kind": change.kind,
        "subject": change.subject,
        "before": change.before or None,
        "after": change.after or None,
        "why": change.why,
        "notes": list(change.notes),
        "old": old(change.old),
        "new": new(change.new),
    }


def counts(diff: Diff) -> dict[str, int]:
    """How many changes there are of each class."""
    impacts = [change.impact for change in diff.changes]
    return {impact: impacts.count(impact) for impact in IMPACTS}


def delta_data(delta: Delta) -> dict[str, Any]:
    """The simulated delta. Durations in microseconds."""
    return {
        "omitted": delta.omitted or None,
        "old": _figures(delta.old),
        "new": _figures(delta.new),
        "unreachable": list(delta.unreachable),
        "reachable": list(delta.reachable),
    }


def _figures(found: Figures | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "duration_us": _spread(found.duration),
        "cost": _spread(found.cost),
        "failure_probability": round(found.failure_probability, 4),
        "critical_path": list(found.critical_path),
    }


def _spread(found: Spread) -> dict[str, float]:
    return {"p50": found.p50, "p90": found.p90}
