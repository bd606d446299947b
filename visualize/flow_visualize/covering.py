"""Painting on a picture what the tests of its pipelines cover."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from flow_core.coverage import FileSum, Goal, Sums
from flow_visualize.picture import Edge, Node, Picture


def with_coverage(picture: Picture, found: Mapping[str, FileSum]) -> Picture:
    """A picture with coverage at its boxes and arrows; ``found`` by the names of their files."""
    count = Sums(tuple(found.values())).count
    files = {node.id: found.get(node.file) for node in picture.nodes}
    boxes = {name: _by_box(file.goals) for name, file in found.items()}
    nodes = (
        _painted(node, boxes[node.file].get(_spot(node.id), ()), found[node.file])
        if node.file in found
        else node
        for node in picture.nodes
    )
    notes = [f"covered by tests: {count.covered} of {count.total}, {count.text}"]
    notes += (f"`{name}` has changed since its tests were run" for name in _stale(found))
    return msgspec.structs.replace(
        picture,
        nodes=tuple(nodes),
        edges=tuple(_edge(edge, files.get(edge.target)) for edge in picture.edges),
        notes=(*picture.notes, *notes),
    )


def _stale(found: Mapping[str, FileSum]) -> Iterator[str]:
    return (name for name, file in found.items() if file.stale)


def _spot(box: str) -> str:
    """The step, handler, compensation or branch of a box, as it is called in its file."""
    return box.rpartition("/")[2]


def _by_box(goals: Iterable[Goal]) -> dict[str, list[Goal]]:
    """The goals of each box, but for transitions, which arrows show."""
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        if goal.kind != "transition":
            found.setdefault(_box_of(goal), []).append(goal)
    return found


def _box_of(goal: Goal) -> str:
    """The box of a goal: that of a branch, where it is about its being taken."""
    branch, taken, _ = goal.id.removeprefix(f"{goal.spot}.").partition(":taken")
    return f"{goal.spot}!{branch.replace('.', '!')}" if taken else goal.spot


def _painted(node: Node, goals: Sequence[Goal], file: FileSum) -> Node:
    if not goals:
        return node
    missed = [goal for goal in goals if not file.hits.get(goal.id)]
    painted = msgspec.structs.replace(
        node.painted,
        status=_status(goals, missed),
        goals=(len(goals) - len(missed), len(goals)),
        missed=tuple(goal.lacking for goal in missed),
    )
    return msgspec.structs.replace(node, painted=painted)


def _status(goals: Sequence[Goal], missed: Sequence[Goal]) -> str:
    if not missed:
        return "covered"
    return "missed" if len(missed) == len(goals) else "partly"


def _edge(edge: Edge, file: FileSum | None) -> Edge:
    """An arrow with what is covered of its transitions; what is missed stands at it in words."""
    if file is None:
        return edge
    source, target = _spot(edge.source), _spot(edge.target)
    goals = [goal for goal in file.goals if _is_shown_by(goal, source, target)]
    if not goals:
        return edge
    missed = [goal for goal in goals if not file.hits.get(goal.id)]
    status = _status(goals, missed)
    told = _never(missed, len(goals)) if missed else ""
    label = " · ".join(part for part in (edge.label, told) if part)
    return msgspec.structs.replace(edge, status=status, label=label)


def _is_shown_by(goal: Goal, source: str, target: str) -> bool:
    if goal.kind == "transition":
        return (goal.source, goal.spot) == (source, target)
    return _box_of(goal) == target and goal.id.endswith((":taken", ".taken", ".compensated"))


def _never(missed: Sequence[Goal], of: int) -> str:
    """What did not happen at an arrow: "never", or with which status."""
    if len(missed) == of:
        return "never"
    return "never " + ", ".join(goal.id.rpartition(":")[2] for goal in missed)
