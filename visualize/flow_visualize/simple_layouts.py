"""Layouts without layers: on a circle, in a grid, and by forces. Arrows are straight."""

import math
from collections.abc import Sequence

from flow_visualize.geometry import Box, Direction, Link, Placement, Point, Route

GAP = 40.0
ROUNDS = 150
GRAVITY = 0.25
"""How much the middle pulls, next to an arrow."""
MOST_FORCED = 400
"""Things whose forces on each other are worth the time; more of them stand in a grid."""

Sizes = Sequence[tuple[float, float]]


def grid(sizes: Sizes, links: Sequence[Link], direction: Direction) -> Placement:
    """Rows (or columns, from top to bottom) of equal cells, in the order of the file."""
    columns = max(1, math.ceil(math.sqrt(len(sizes))))
    wide = max((width for width, _ in sizes), default=0) + GAP
    high = max((height for _, height in sizes), default=0) + GAP
    cells = [divmod(index, columns) for index in range(len(sizes))]
    if direction == "TB":
        cells = [(column, row) for row, column in cells]
    centres = [((column + 0.5) * wide, (row + 0.5) * high) for row, column in cells]
    return _finished(sizes, links, centres)


def circular(sizes: Sizes, links: Sequence[Link], direction: Direction) -> Placement:
    """A circle, large enough for all, clockwise in the order of the file."""
    del direction
    if len(sizes) == 1:
        return _finished(sizes, links, [(0.0, 0.0)])
    spans = [math.hypot(*size) + GAP for size in sizes]
    whole = sum(spans)
    radius = max(whole / (2 * math.pi), max(spans, default=0) * 0.6)
    centres: list[Point] = []
    passed = -spans[0] / 2 if spans else 0.0
    for span in spans:
        angle = 2 * math.pi * (passed + span / 2) / whole - math.pi / 2
        centres.append((radius * math.cos(angle), radius * math.sin(angle)))
        passed += span
    return _finished(sizes, links, _apart(sizes, centres))


def force(sizes: Sizes, links: Sequence[Link], direction: Direction) -> Placement:
    """After Fruchterman and Reingold (1991), from a circle, with no lots drawn."""
    if len(sizes) > MOST_FORCED:
        return grid(sizes, links, direction)
    count = max(1, len(sizes))
    ideal = sum(max(size) for size in sizes) / count + GAP
    places = [
        [ideal * math.sqrt(index + 0.5) * turn(2.4 * index) for turn in (math.cos, math.sin)]
        for index in range(len(sizes))
    ]
    for step in range(ROUNDS):
        heat = ideal * (1 - step / ROUNDS) * 0.3
        _push(places, links, ideal, heat)
    return _finished(sizes, links, _apart(sizes, [(x, y) for x, y in places]))


def _push(places: list[list[float]], links: Sequence[Link], ideal: float, heat: float) -> None:
    """One round: all push each other away, arrows and the middle pull, heat bounds the moves."""
    moves = [[0.0, 0.0] for _ in places]
    for one in range(len(places)):
        for other in range(one):
            _draw_together(places, moves, one, other, -ideal)
    for link in links:
        _draw_together(places, moves, link.source, link.target, ideal)
    for place, move in zip(places, moves, strict=True):
        weight = math.hypot(*place) / ideal * GRAVITY
        x, y = move[0] - place[0] * weight, move[1] - place[1] * weight
        length = math.hypot(x, y) or 1
        place[0] += x / length * min(length, heat)
        place[1] += y / length * min(length, heat)


def _draw_together(
    places: list[list[float]], moves: list[list[float]], one: int, other: int, ideal: float
) -> None:
    """Move two towards each other, or away where the ideal distance is negative."""
    x = places[other][0] - places[one][0]
    y = places[other][1] - places[one][1]
    distance = math.hypot(x, y) or 0.01
    share = distance / ideal if ideal > 0 else -((ideal / distance) ** 2)
    for axis, way in enumerate((x, y)):
        moves[one][axis] += way * share
        moves[other][axis] -= way * share


def _apart(sizes: Sizes, centres: Sequence[Point]) -> list[Point]:
    """Centres moved until no two boxes overlap: pushed aside, and what is left over by scaling."""
    places = [list(centre) for centre in centres]
    pairs = [(one, other) for one in range(len(places)) for other in range(one)]
    for _ in range(ROUNDS):
        moved = [pair for pair in pairs if _push_aside(sizes, places, *pair)]
        if not moved:
            break
    return _scaled(sizes, [(x, y) for x, y in places])


def _push_aside(sizes: Sizes, places: list[list[float]], one: int, other: int) -> bool:
    """Move two boxes apart along the axis that needs less; tells whether they were too near."""
    lacks = [
        (sizes[one][axis] + sizes[other][axis]) / 2
        + GAP / 2
        - abs(places[one][axis] - places[other][axis])
        for axis in (0, 1)
    ]
    if min(lacks) <= 0.01:  # noqa: PLR2004 - as good as nothing
        return False
    axis = 0 if lacks[0] < lacks[1] else 1
    way = lacks[axis] / 2 * (1 if places[one][axis] >= places[other][axis] else -1)
    places[one][axis] += way
    places[other][axis] -= way
    return True


def _scaled(sizes: Sizes, centres: Sequence[Point]) -> list[Point]:
    """Centres so far from each other that no two boxes overlap."""
    scale = 1.0
    for one, (x, y) in enumerate(centres):
        for other in range(one):
            across = abs(x - centres[other][0]) or 0.01
            along = abs(y - centres[other][1]) or 0.01
            wide = (sizes[one][0] + sizes[other][0]) / 2 + 1
            high = (sizes[one][1] + sizes[other][1]) / 2 + 1
            scale = max(scale, min(wide / across, high / along))
    return [(x * scale, y * scale) for x, y in centres]


def _finished(sizes: Sizes, links: Sequence[Link], centres: Sequence[Point]) -> Placement:
    """Boxes around their centres, moved to the corner, and straight arrows between them."""
    boxes = [
        Box(x - width / 2, y - height / 2, width, height)
        for (x, y), (width, height) in zip(centres, sizes, strict=True)
    ]
    left = min((box.x for box in boxes), default=0)
    top = min((box.y for box in boxes), default=0)
    moved = [
        Box(round(b.x - left, 1), round(b.y - top, 1), round(b.width, 1), round(b.height, 1))
        for b in boxes
    ]
    routes = [_straight(moved[link.source], moved[link.target], link.label) for link in links]
    width = max((box.right for box in moved), default=0)
    return Placement(
        tuple(moved), tuple(routes), width, max((box.bottom for box in moved), default=0)
    )


def _straight(source: Box, target: Box, label: tuple[float, float] | None) -> Route:
    start, end = _border(source, target.middle), _border(target, source.middle)
    if source == target:
        x, y = source.right, source.middle[1]
        start, end = (x, y + 6), (x, y - 6)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    box = None
    if label:
        box = Box(round(middle[0] - label[0] / 2, 1), round(middle[1] - label[1] / 2, 1), *label)
    return Route((start, end), box, bends=False)


def _border(box: Box, towards: Point) -> Point:
    """Where the way from the middle of a box to a point leaves it."""
    x, y = box.middle
    across, along = towards[0] - x, towards[1] - y
    scale = min(
        box.width / 2 / abs(across) if across else math.inf,
        box.height / 2 / abs(along) if along else math.inf,
        1.0,
    )
    return round(x + across * scale, 1), round(y + along * scale, 1)
