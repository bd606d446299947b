"""Placing a picture by Graphviz: what `dot -Tjson` says of a DOT text, as a drawing."""

import json
from collections.abc import Iterator
from typing import Any, cast

from flow_visualize.boxes import face, label
from flow_visualize.geometry import Box, Direction, Drawing, Point, Route
from flow_visualize.picture import Picture

MARGIN = 16.0
_SAMPLES = 8
"""Points of a curve's piece."""


def drawing_from(picture: Picture, answer: str, direction: Direction) -> Drawing:
    """The drawing of a picture by Graphviz's answer to its `dot_text`.

    Raises:
        ValueError: it is no such answer.
    """
    try:
        data = cast("dict[str, Any]", json.loads(answer))
        _, _, width, height = (float(part) for part in data["bb"].split(","))
        boxes = dict(_boxes(data, height))
        edges = {edge["id"]: edge for edge in data.get("edges", [])}
        routes = tuple(_route(edges[f"e{index}"], height) for index in range(len(picture.edges)))
        boxes = {node.id: boxes[node.id] for node in picture.nodes}
    except (KeyError, TypeError) as error:
        raise ValueError(f"Graphviz left out {error}") from error
    return Drawing(
        boxes,
        _sized(picture, routes),
        {node.id: face(node) for node in picture.nodes},
        tuple(label(edge.label) if edge.label else None for edge in picture.edges),
        width + 2 * MARGIN,
        height + 2 * MARGIN,
        direction,
    )


def _boxes(data: dict[str, Any], height: float) -> Iterator[tuple[str, Box]]:
    """Names and boxes; Graphviz counts from the bottom, and sizes of nodes in inches."""
    for entry in data.get("objects", []):
        name = str(entry["name"])
        if "bb" in entry:
            left, low, right, high = (float(part) for part in entry["bb"].split(","))
            box = Box(left + MARGIN, height - high + MARGIN, right - left, high - low)
            yield name.removeprefix("cluster_"), box
        elif "pos" in entry:
            x, y = (float(part) for part in entry["pos"].split(","))
            wide, high = float(entry["width"]) * 72, float(entry["height"]) * 72
            yield name, Box(x - wide / 2 + MARGIN, height - y - high / 2 + MARGIN, wide, high)


def _route(edge: dict[str, Any], height: float) -> Route:
    """A spline as a line of many pieces, from its source to its tip."""
    tip: Point | None = None
    points: list[Point] = []
    for part in edge["pos"].split():
        word = part.removeprefix("e,").removeprefix("s,")
        x, y = (float(number) for number in word.split(","))
        point = (x + MARGIN, height - y + MARGIN)
        if part.startswith("e,"):
            tip = point
        elif not part.startswith("s,"):
            points.append(point)
    line = [points[0]]
    for index in range(0, len(points) - 3, 3):
        line += _curve(points[index : index + 4])
    found = (*line, tip) if tip else tuple(line)
    place = None
    if "lp" in edge:
        x, y = (float(number) for number in edge["lp"].split(","))
        place = Box(x + MARGIN, height - y + MARGIN, 0, 0)
    return Route(tuple((round(x, 1), round(y, 1)) for x, y in found), place, bends=False)


def _curve(points: list[Point]) -> Iterator[Point]:
    """Points on a cubic Bézier curve, without its first."""
    for index in range(1, _SAMPLES + 1):
        t = index / _SAMPLES
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        pairs = list(zip(weights, points, strict=True))
        yield sum(w * p[0] for w, p in pairs), sum(w * p[1] for w, p in pairs)


def _sized(picture: Picture, routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """The ways with boxes for their labels, of the size that we write them in."""
    found: list[Route] = []
    for edge, route in zip(picture.edges, routes, strict=True):
        box = None
        if route.label is not None:
            words = label(edge.label)
            x, y = route.label.x - words.width / 2, route.label.y - words.height / 2
            box = Box(round(x, 1), round(y, 1), words.width, words.height)
        found.append(Route(route.points, box, bends=False))
    return tuple(found)
