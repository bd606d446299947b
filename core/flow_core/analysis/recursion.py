"""Pipelines that call one another in a circle."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flow_core.analysis.cycles import cycles
from flow_core.places import Place

if TYPE_CHECKING:
    from flow_core.module import Module


def recursions(module: "Module") -> Iterator[list[Place]]:
    """The circles of calls through a module's file, each as its calls, from that of the file on."""
    calls = _reachable_calls(module)
    if not any(module.file in callees for callees in calls.values()):
        return
    for circle in cycles(calls):  # those through the first file come first
        if circle[0] != module.file:
            return
        following = (*circle[1:], circle[0])
        yield [calls[file][callee] for file, callee in zip(circle, following, strict=True)]


def _reachable_calls(module: "Module") -> dict[str, dict[str, Place]]:
    """For each file that is called from a module, directly or not, its calls of other files."""
    found: dict[str, dict[str, Place]] = {}
    pending = [module]
    while pending:
        caller = pending.pop()
        if caller.file in found:
            continue
        found[caller.file] = {}
        for path in caller.calls:
            callee = caller.resolved(path).module
            if callee is not None and callee.is_pipeline:
                place = Place((*path, "uses"), file=caller.file)
                found[caller.file].setdefault(callee.file, place)
                pending.append(callee)
    return found
