"""Painting on a picture what is known besides the pipeline: a run, findings, an older version."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from flow_core.diagnostics import Diagnostic, Severity
from flow_core.diff.change import Diff
from flow_core.kernel.events import Note
from flow_core.places import Path
from flow_core.plan.find import without_indices
from flow_core.simulate.critical import critical_path
from flow_core.simulate.run import Run
from flow_core.simulate.timeline import Row, rows
from flow_core.simulate.trace import Replayed
from flow_visualize.picture import Edge, Frame, Mark, Node, Painted, Picture

_GRAVEST = ("failed", "cancelled", "succeeded", "skipped", "")


class Course(msgspec.Struct, frozen=True):
    """A run, simulated or recorded, as far as pictures show it."""

    rows: Mapping[str, Row]
    critical: Sequence[str]
    certainties: Mapping[str, str]
    notes: Sequence[Note]
    elapsed: int
    status: str


def course_of(run: Run) -> Course:
    """The course of a dry run."""
    certainties = {path: str(how) for path, how in run.certainties.items()}
    return Course(run.rows, run.critical_path, certainties, run.notes, run.elapsed, run.status)


def recorded_course(replayed: Replayed) -> Course:
    """The course of a recorded run; nothing of it is uncertain any more."""
    notes = tuple(note for batch in replayed.trace.batches for note in batch.notes)
    kernel = replayed.kernel_at(len(replayed.trace.batches))
    elapsed = kernel.outcome.elapsed if kernel.outcome else kernel.state.now
    found = rows(notes, elapsed)
    critical = critical_path(replayed.plan, found)
    status = kernel.outcome.status if kernel.outcome else "waiting"
    return Course(found, critical, {}, notes, elapsed, status)


def with_course(picture: Picture, course: Course) -> Picture:
    """A picture with a run painted on it: how each step went, when, and the critical path."""
    seen: dict[str, list[Row]] = {}
    for row in course.rows.values():
        seen.setdefault(without_indices(row.path), []).append(row)
    critical = list(dict.fromkeys(map(without_indices, course.critical)))
    slowest = _slowest(picture, seen, critical)
    nodes = tuple(
        _painted(node, seen.get(node.id, []), course, set(critical), slowest)
        for node in picture.nodes
    )
    return msgspec.structs.replace(
        picture,
        nodes=nodes,
        edges=tuple(_critical_edges(picture, critical)),
        frames=tuple(frames(course.notes)),
        elapsed=course.elapsed,
        status=course.status,
    )


def _painted(
    node: Node, found: Sequence[Row], course: Course, critical: set[str], slowest: str
) -> Node:
    if not found:
        return node
    status = min((row.status for row in found), key=_GRAVEST.index)
    starts = [row.start for row in found if row.start is not None]
    ends = [row.end for row in found if row.end is not None and row.start is not None]
    start, end = (min(starts), max(ends)) if starts and ends else (None, None)
    share = 0.0
    if start is not None and end is not None and node.id in critical:
        share = round((end - start) / course.elapsed, 4) if course.elapsed else 0
    attempts = max(sum(len(row.attempts) for row in found), 0)
    painted = msgspec.structs.replace(
        node.painted,
        status=status,
        certainty=course.certainties.get(node.id, ""),
        critical=node.id in critical,
        start=start,
        end=end,
        attempts=attempts,
        elements=sum("[" in row.path.rpartition("/")[2].partition("!")[0] for row in found),
        share=share,
        bottleneck=node.id == slowest,
    )
    return msgspec.structs.replace(node, painted=painted)


def _slowest(picture: Picture, seen: Mapping[str, list[Row]], critical: Iterable[str]) -> str:
    """The step without insides that took the most of the critical path."""
    leaves = {node.id for node in picture.nodes if not node.cluster}
    took = {
        name: sum(row.span[1] - row.span[0] for row in seen.get(name, ()) if row.span)
        for name in critical
        if name in leaves
    }
    slowest = max(took, key=took.__getitem__, default="")
    return slowest if len(took) > 1 and took[slowest] else ""


def _critical_edges(picture: Picture, critical: Sequence[str]) -> Iterator[Edge]:
    """The arrows, those between neighbours on the critical path marked."""
    parents = {node.id: node.parent for node in picture.nodes}
    ways: dict[str, list[str]] = {}
    for name in critical:
        if name in parents:
            ways.setdefault(parents[name], []).append(name)
    pairs = {pair for way in ways.values() for pair in pairwise(way)}
    for edge in picture.edges:
        on_it = (edge.source, edge.target) in pairs
        yield msgspec.structs.replace(edge, critical=True) if on_it else edge


def frames(notes: Iterable[Note]) -> Iterator[Frame]:
    """What changes at each instant of a run."""
    at, changed = 0, dict[str, str]()
    for note in notes:
        if note.at != at and changed:
            yield Frame(at, changed)
            changed = {}
        at = note.at
        status = _status(note)
        if status and note.path:
            changed[without_indices(note.path)] = status
    if changed:
        yield Frame(at, changed)


def _status(note: Note) -> str:
    """The status that a note gives to a box; elements say nothing of the end of their step."""
    last = note.path.rpartition("/")[2]
    match note.what:
        case "started":
            return "running"
        case "skipped":
            return "skipped"
        case "settled":
            return "" if "[" in last.partition("!")[0] else note.how
        case "ended" if "!" in last:
            return "succeeded" if note.how == "ok" else "failed"
        case _:
            return ""


# Findings


def with_findings(picture: Picture, found: Mapping[str, Sequence[Diagnostic]]) -> Picture:
    """A picture with findings at the boxes that they are about; ``found`` by the names of files."""
    marks: dict[str, list[Mark]] = {}
    notes: list[str] = []
    for file, diagnostics in found.items():
        nodes = [node for node in picture.nodes if node.file == file]
        for diagnostic in diagnostics:
            names = about(nodes, diagnostic)
            for name in names:
                marks.setdefault(name, []).append(_mark(diagnostic))
            if not names and len(notes) < MOST_NOTES:
                notes.append(f"{file}: {diagnostic.code} {diagnostic.message}")
    marked = tuple(
        msgspec.structs.replace(node, marks=_both(node.marks, marks.get(node.id, [])))
        for node in picture.nodes
    )
    return msgspec.structs.replace(picture, nodes=marked, notes=(*picture.notes, *notes))


def _both(own: Sequence[Mark], found: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks of a box, each once: what the checker says has a code, and says it better."""
    told = {mark.message for mark in found}
    return (*(mark for mark in own if mark.message not in told), *found)


MOST_NOTES = 10
"""Findings below a picture that are about no box of it."""


def about(nodes: Iterable[Node], diagnostic: Diagnostic) -> list[str]:
    """The innermost boxes around a finding: several where a pipeline is called several times."""
    start = diagnostic.span.start
    around = [node for node in nodes if node.at[0] <= start < node.at[1]]
    innermost = max((node.at[0] for node in around), default=-1)
    return [node.id for node in around if node.at[0] == innermost]


_SEVERITIES: dict[Severity, Literal["error", "warning", "info", "hint"]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


def _mark(diagnostic: Diagnostic) -> Mark:
    severity = _SEVERITIES.get(diagnostic.severity, "hint")
    return Mark(severity, diagnostic.code, diagnostic.message)


# Versions


def with_changes(picture: Picture, older: Picture, diff: Diff) -> Picture:
    """A picture with what was added and changed since an older one, and what is gone from it."""
    changes = _by_box(diff)
    removed = {box for box, change in changes.items() if change == "removed"}
    gone = [_changed(node, "removed") for node in older.nodes if _is_in(node.id, removed)]
    names = {node.id for node in gone}
    left = [edge for edge in older.edges if edge.source in names or edge.target in names]
    nodes = [_changed(node, changes.get(node.id, "")) for node in picture.nodes]
    return msgspec.structs.replace(picture, nodes=(*nodes, *gone), edges=(*picture.edges, *left))


def _by_box(diff: Diff) -> dict[str, str]:
    """How each box has changed: as a whole, or in something of it."""
    found: dict[str, str] = {}
    for change in diff.changes:
        place = change.new or change.old
        box, is_whole = _box_of(place.path) if place else ("", False)
        whole = change.kind if is_whole and change.kind in ("added", "removed") else "changed"
        if box and found.get(box) not in ("added", "removed"):
            found[box] = whole
    return found


def _box_of(path: Path) -> tuple[str, bool]:
    """The box of the innermost step on a path, and whether the path leads to all of it."""
    box, rest = "", list(path)
    while rest:
        part = rest.pop(0)
        if part in ("steps", "finally") and rest:
            box = f"{box}/{rest.pop(0)}" if box else str(rest.pop(0))
        elif part == "catch" and rest and isinstance(rest[0], int):
            box += f"!catch[{rest.pop(0)}]"
        elif part == "compensate":
            box += "!compensate"
        elif part == "switch" and rest:
            rest.pop(0)
        else:
            return box, False
    return box, True


def _is_in(box: str, removed: set[str]) -> bool:
    """Whether a box is one of those removed, or inside of one."""
    return any(box == each or box.startswith((f"{each}/", f"{each}!")) for each in removed)


def _changed(node: Node, change: str) -> Node:
    painted: Painted = msgspec.structs.replace(node.painted, change=change)
    return msgspec.structs.replace(node, painted=painted)
