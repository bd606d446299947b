"""The arrows of a picture as SVG."""

import math
from collections.abc import Iterator

from flow_visualize.boxes import LABEL_SIZE, LEADING, LabelText
from flow_visualize.geometry import Direction, Point, Route
from flow_visualize.picture import Edge
from flow_visualize.svg_elements import element, number, text
from flow_visualize.themes import Theme

HEAD = 7.0
"""The length of an arrow's head."""


def arrow(edge: Edge, route: Route, direction: Direction, theme: Theme) -> Iterator[str]:
    """A line and its head."""
    colour = colour_of(edge, theme)
    points = route.points
    tail = _before(points)
    tip = points[-1]
    length = math.hypot(tip[0] - tail[0], tip[1] - tail[1]) or 1
    if route.bends:
        forward = 1 if points[0][direction == "TB"] <= tip[direction == "TB"] else -1
        way = (0.0, float(forward)) if direction == "TB" else (float(forward), 0.0)
    else:
        way = ((tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length)
    yield element(
        "path",
        d=_path(route, way, direction),
        fill="none",
        stroke=colour,
        stroke_width=2.4 if edge.critical or edge.broken else 1.3,
        stroke_dasharray=dashes(edge),
    )
    yield _head(tip, way, colour)


def label(text_: LabelText, edge: Edge, route: Route, theme: Theme, ground: str) -> Iterator[str]:
    """The words at an arrow, on the ground of what is around it."""
    box = route.label
    if box is None:
        return
    yield element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=3, fill=ground)
    top = box.y + (box.height - len(text_.lines) * LABEL_SIZE * LEADING) / 2
    for index, line in enumerate(text_.lines):
        y = top + LABEL_SIZE * (1.1 + index * LEADING)
        colour = colour_of(edge, theme)
        yield text(line, box.middle[0], y, LABEL_SIZE, colour, anchor="middle")


def colour_of(edge: Edge, theme: Theme) -> str:
    """The colour of an arrow and its words."""
    if edge.broken or (edge.kind == "catch" and not edge.status):
        return theme.error
    if edge.critical:
        return theme.critical
    if edge.status in theme.statuses:
        return theme.statuses[edge.status][1]
    return theme.undo if edge.kind == "compensate" else theme.arrow


def dashes(edge: Edge) -> str | None:
    """How the line of an arrow is broken."""
    match edge.kind:
        case "condition" | "catch":
            return "6 4"
        case "compensate":
            return "2 3"
        case _:
            return None


def _before(points: tuple[Point, ...]) -> Point:
    """The last point that is not the tip."""
    return next((point for point in points[-2::-1] if point != points[-1]), points[0])


def _path(route: Route, way: Point, direction: Direction) -> str:
    """Straight through layers, bent between them; it ends inside of the head."""
    points = list(route.points)
    tip = points[-1]
    end = (tip[0] - way[0] * (HEAD - 1), tip[1] - way[1] * (HEAD - 1))
    if points[-2] == tip:
        points[-2] = end
    points[-1] = end
    told = f"M{_at(points[0])}"
    for index in range(1, len(points)):
        one, other = points[index - 1], points[index]
        if one == other:
            continue
        told += _bend(one, other, direction) if route.bends and index % 2 == 0 else f"L{_at(other)}"
    return told


def _bend(one: Point, other: Point, direction: Direction) -> str:
    if direction == "TB":
        middle = (one[1] + other[1]) / 2
        first, second = (one[0], middle), (other[0], middle)
    else:
        middle = (one[0] + other[0]) / 2
        first, second = (middle, one[1]), (middle, other[1])
    return f"C{_at(first)} {_at(second)} {_at(other)}"


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _head(tip: Point, way: Point, colour: str) -> str:
    back = (tip[0] - way[0] * HEAD, tip[1] - way[1] * HEAD)
    side = (-way[1] * HEAD * 0.45, way[0] * HEAD * 0.45)
    corners = (tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    return element("polygon", points=points, fill=colour)
