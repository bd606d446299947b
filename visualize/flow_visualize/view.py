"""Choosing what to show of a picture: closed boxes, the neighbourhood of a step, some steps only.

Each of these makes a picture of a picture, so they can follow one another. What is left out is said
in its notes.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from flow_core.analysis.graph import dependencies_first
from flow_visualize.picture import Edge, Node, Picture, children

MOST = 300
"""Boxes that a picture for people may have; above it groups close, then steps are folded."""
MOST_FOLDED = 60
"""Boxes that the steps of one level are folded into."""
CLOSING = ("pipeline", "group")
"""Kinds of boxes that close."""

Wanted = Callable[[Node], bool]


def collapsed(picture: Picture, wanted: Wanted = lambda node: node.kind in CLOSING) -> Picture:
    """A picture with boxes closed; each says how many steps are in it."""
    closing = {node.id for node in picture.nodes if node.cluster and wanted(node)}
    owner: dict[str, str] = {}
    inside: dict[str, int] = dict.fromkeys(closing, 0)
    for node in picture.nodes:
        around = owner.get(node.parent, node.parent if node.parent in closing else "")
        if around:
            owner[node.id] = around
            inside[around] += node.role == "step"
    nodes = tuple(
        msgspec.structs.replace(node, cluster=False, holds=inside[node.id])
        if node.id in closing
        else node
        for node in picture.nodes
        if node.id not in owner
    )
    return _with(picture, nodes)


def fitting(picture: Picture, most: int = MOST) -> Picture:
    """A picture of no more boxes than can be looked at, and a note where it had more."""
    whole = len(picture.nodes)
    if whole <= most:
        return picture
    depths = depth_of(picture.nodes)
    shown = picture
    for depth in sorted(set(depths.values()), reverse=True):
        if len(shown.nodes) <= most:
            break
        shown = collapsed(shown, lambda node, least=depth: depths[node.id] >= least)  # type: ignore[misc]
    if len(shown.nodes) > most:
        shown = folded(shown)
    note = (
        f"{whole:,} boxes are drawn as {len(shown.nodes):,}: groups are closed and steps are "
        "folded; `--focus STEP` shows a part"
    )
    return msgspec.structs.replace(shown, notes=(*shown.notes, note))


def depth_of(nodes: Iterable[Node]) -> dict[str, int]:
    """How many boxes are around each box."""
    found: dict[str, int] = {}
    for node in nodes:
        found[node.id] = found[node.parent] + 1 if node.parent else 0
    return found


def folded(picture: Picture, most: int = MOST_FOLDED) -> Picture:
    """A picture in which the steps of each large level stand together, in the order they run."""
    into: dict[str, str] = {}
    made: dict[str, Node] = {}
    sources = _sources(picture)
    for parent, nodes in children(picture.nodes).items():
        steps = {node.id: node for node in nodes if not node.cluster}
        if len(steps) <= most:
            continue
        graph = {name: [s for s in sources.get(name, ()) if s in steps] for name in steps}
        order = dependencies_first(graph)
        size = math.ceil(len(order) / most)
        for index in range(0, len(order), size):
            run = [steps[name] for name in order[index : index + size]]
            box = _fold(parent, index // size, run)
            made[box.id] = box
            into.update((node.id, box.id) for node in run)
    nodes = [node for node in picture.nodes if node.id not in into]
    moved = (_moved(edge, into) for edge in picture.edges)
    kept = tuple(dict.fromkeys(edge for edge in moved if edge.source != edge.target))
    return msgspec.structs.replace(picture, nodes=(*nodes, *made.values()), edges=kept)


def _moved(edge: Edge, into: Mapping[str, str]) -> Edge:
    """An arrow between the boxes that its steps are folded into; of those all are alike."""
    if edge.source not in into and edge.target not in into:
        return edge
    source, target = (into.get(name, name) for name in (edge.source, edge.target))
    return Edge(source, target, "order", broken=edge.broken)


def _fold(parent: str, index: int, run: list[Node]) -> Node:
    """One box for several steps."""
    marks = [mark for node in run for mark in node.marks]
    first, last = run[0].name, run[-1].name
    return Node(
        id=f"{parent}…{index}",
        name=f"{first} … {last}",
        role="folded",
        kind="steps",
        parent=parent,
        holds=sum(max(node.holds, 1) for node in run),
        marks=tuple(marks[:3]),
    )


def focused(picture: Picture, step: str, depth: int) -> Picture:
    """A step with its insides, what is around it, and what is so many arrows away.

    Raises:
        LookupError: there is no such step, or there are several.
    """
    names = [node.id for node in picture.nodes if node.id == step]
    names = names or [node.id for node in picture.nodes if node.name == step]
    if len(names) != 1:
        raise LookupError(*names)
    kept = _near(picture, names[0], depth)
    parents = {node.id: node.parent for node in picture.nodes}
    around = _around(kept, parents)
    inside: set[str] = set(kept)
    for node in picture.nodes:
        if node.parent in inside:
            inside.add(node.id)
    return _part(picture, inside | around)


def _near(picture: Picture, step: str, depth: int) -> set[str]:
    near: dict[str, set[str]] = {}
    for edge in picture.edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    kept, rim = {step}, {step}
    for _ in range(depth):
        rim = {other for name in rim for other in near.get(name, ())} - kept
        kept |= rim
    return kept


def _around(names: Iterable[str], parents: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        parent = parents[name]
        while parent and parent not in found:
            found.add(parent)
            parent = parents[parent]
    return found


def _part(picture: Picture, kept: Collection[str]) -> Picture:
    left = len(picture.nodes) - len(kept)
    shown = _with(picture, tuple(node for node in picture.nodes if node.id in kept))
    notes = (f"{left:,} boxes are not shown",) if left else ()
    return msgspec.structs.replace(shown, notes=(*picture.notes, *notes))


def filtered(picture: Picture, words: Collection[str]) -> Picture:
    """Only the steps that have one of the values of each key, joined where others lay between.

    Raises:
        ValueError: a word is no `tag:`, `kind:` or `status:`.
    """
    keys: dict[str, set[str]] = {}
    for word in words:
        key, colon, value = word.partition(":")
        if not colon or key not in ("tag", "kind", "status"):
            raise ValueError(word)
        keys.setdefault(key, set()).add(value)
    kept = {node.id for node in picture.nodes if all(_has(node, k, v) for k, v in keys.items())}
    kept |= _around(kept, {node.id: node.parent for node in picture.nodes})
    joined = msgspec.structs.replace(picture, edges=tuple(_bridged(picture, kept)))
    return _part(joined, kept)


def _has(node: Node, key: str, values: set[str]) -> bool:
    if key == "tag":
        return not values.isdisjoint(node.tags)
    if key == "status":
        return node.painted.status in values
    return node.role != "choice" and not values.isdisjoint((node.kind, node.role))


def _bridged(picture: Picture, kept: Collection[str]) -> Iterable[Edge]:
    """The arrows between what is kept, and one where a way leads through what is not."""
    leaving: dict[str, list[Edge]] = {}
    for edge in picture.edges:
        leaving.setdefault(edge.source, []).append(edge)
    for name in (node.id for node in picture.nodes if node.id in kept):
        seen: set[str] = set()
        todo = list(reversed(leaving.get(name, [])))
        while todo:
            edge = todo.pop()
            if edge.target in seen:
                continue
            seen.add(edge.target)
            if edge.target in kept:
                yield edge if edge.source == name else Edge(name, edge.target, "order")
            else:
                todo += leaving.get(edge.target, [])


def _sources(picture: Picture) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in picture.edges:
        found.setdefault(edge.target, []).append(edge.source)
    return found


def _with(picture: Picture, nodes: tuple[Node, ...]) -> Picture:
    """A picture with fewer boxes, and the arrows between those; what lost its insides is closed."""
    names = {node.id for node in nodes}
    filled = {node.parent for node in nodes}
    closed = tuple(
        msgspec.structs.replace(node, cluster=False)
        if node.cluster and node.id not in filled
        else node
        for node in nodes
    )
    edges = tuple(e for e in picture.edges if e.source in names and e.target in names)
    return msgspec.structs.replace(picture, nodes=closed, edges=edges)
