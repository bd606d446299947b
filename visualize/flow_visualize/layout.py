"""Laying out a whole picture: each box with insides on its own, from the innermost out.

Arrows only lead between boxes that have the same box around them, so a box whose insides are placed
is to those around it a box like others.
"""

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from flow_visualize.boxes import PADDING, TITLE_GAP, Face, LabelText, face, label
from flow_visualize.geometry import Box, Direction, Drawing, Link, Placement, Route
from flow_visualize.layered import layered
from flow_visualize.picture import Edge, Node, Picture, children, levels
from flow_visualize.simple_layouts import circular, force, grid

Layout: TypeAlias = Literal["layered", "force", "circular", "grid"]
MARGIN = 16.0

_SIMPLE: dict[
    str, Callable[[Sequence[tuple[float, float]], Sequence[Link], Direction], Placement]
] = {"circular": circular, "force": force, "grid": grid}


def lay_out(
    picture: Picture,
    layout: Layout = "layered",
    direction: Direction = "LR",
    *,
    ports: bool = False,
    faces: dict[str, Face] | None = None,
) -> Drawing:
    """Place everything. ``faces`` are the sizes of boxes, where they are not those of SVG."""
    if faces is None:
        faces = {node.id: face(node, ports=ports) for node in picture.nodes}
    labels = {id(edge): label(edge.label) if edge.label else None for edge in picture.edges}
    inside, arrows = children(picture.nodes), levels(picture)
    placed: dict[str, tuple[Placement, list[Node], list[Edge]]] = {}
    sizes: dict[str, tuple[float, float]] = {}
    for node in reversed(picture.nodes):
        if node.cluster:
            placed[node.id] = _level(
                inside.get(node.id, []), arrows.get(node.id, []), sizes, labels, layout, direction
            )
            sizes[node.id] = _around(faces[node.id], placed[node.id][0])
        else:
            sizes[node.id] = faces[node.id].width, faces[node.id].height
    placed[""] = _level(inside.get("", []), arrows.get("", []), sizes, labels, layout, direction)
    boxes, routes = _absolute(picture, placed, faces)
    return Drawing(
        boxes,
        tuple(routes[id(edge)] for edge in picture.edges),
        faces,
        tuple(labels[id(edge)] for edge in picture.edges),
        placed[""][0].width + 2 * MARGIN,
        placed[""][0].height + 2 * MARGIN,
        direction,
    )


def _level(  # noqa: PLR0913, PLR0917 - what the placing of one level depends on
    nodes: list[Node],
    edges: list[Edge],
    sizes: dict[str, tuple[float, float]],
    labels: dict[int, LabelText | None],
    layout: Layout,
    direction: Direction,
) -> tuple[Placement, list[Node], list[Edge]]:
    """Place what is directly inside of one box."""
    position = {node.id: index for index, node in enumerate(nodes)}
    links = [
        Link(position[edge.source], position[edge.target], _room(labels[id(edge)]))
        for edge in edges
    ]
    extents = [sizes[node.id] for node in nodes]
    if layout in _SIMPLE:
        return _SIMPLE[layout](extents, links, direction), nodes, edges
    last = [position[node.id] for node in nodes if node.role == "finally"]
    return layered(extents, links, direction, last), nodes, edges


def _room(text: LabelText | None) -> tuple[float, float] | None:
    return (text.width, text.height) if text else None


def _around(heading: Face, inner: Placement) -> tuple[float, float]:
    """The size of a box with insides."""
    width = max(heading.width, inner.width + 2 * PADDING)
    return width, heading.height + inner.height + PADDING + TITLE_GAP - PADDING / 2


def _absolute(
    picture: Picture,
    placed: dict[str, tuple[Placement, list[Node], list[Edge]]],
    faces: dict[str, Face],
) -> tuple[dict[str, Box], dict[int, Route]]:
    """Coordinates in the whole picture, boxes around others first."""
    boxes: dict[str, Box] = {}
    routes: dict[int, Route] = {}
    for name in ("", *(node.id for node in picture.nodes if node.cluster)):
        inner, nodes, edges = placed[name]
        x, y = MARGIN, MARGIN
        if name:
            box = boxes[name]
            x = box.x + (box.width - inner.width) / 2
            y = box.y + faces[name].height + TITLE_GAP - PADDING / 2
        for node, found in zip(nodes, inner.boxes, strict=True):
            boxes[node.id] = found.moved(x, y)
        for edge, route in zip(edges, inner.routes, strict=True):
            routes[id(edge)] = route.moved(x, y)
    return boxes, routes
