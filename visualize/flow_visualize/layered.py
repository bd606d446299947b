"""The second half of a layered layout: coordinates, and the ways of the arrows.

``main`` runs along the arrows, ``cross`` along the layers. Between two layers arrows bend; within
one they go straight through a gap that is kept for them, so they never cross a box or a label.
"""

from collections.abc import Iterable, Sequence

from flow_visualize.coordinates import Sizes, centres_of, straighten
from flow_visualize.geometry import Box, Direction, Link, Placement, Point, Route
from flow_visualize.ranks import Layers, arrange

LAYER_GAP = 34.0


def layered(
    sizes: Sequence[tuple[float, float]],
    links: Sequence[Link],
    direction: Direction,
    last: Iterable[int] = (),
) -> Placement:
    """Place things of given widths and heights in layers."""
    layers = arrange(len(sizes), links, last)
    measured = _measure(sizes, links, layers, direction)
    centres = centres_of(layers, measured)
    starts, thick = _bands(layers, measured)
    placed = _Placed(layers, measured, centres, starts, thick)
    boxes = [placed.box(node, direction) for node in range(len(sizes))]
    ports = straighten(layers, measured, centres)
    routes = [placed.route(index, ports, direction) for index in range(len(links))]
    return Placement(tuple(boxes), tuple(routes), *_extent(boxes, routes))


def _measure(
    sizes: Sequence[tuple[float, float]],
    links: Sequence[Link],
    layers: Layers,
    direction: Direction,
) -> Sizes:
    count = max((max(way) for way in layers.ways), default=-1) + 1
    both = [*sizes, *[(0.0, 0.0)] * (max(count, len(sizes)) - len(sizes))]
    for node, index in layers.label_of.items():
        both[node] = links[index].label or (0.0, 0.0)
    across, along = ([w for w, _ in both], [h for _, h in both])
    return Sizes(along, across) if direction == "TB" else Sizes(across, along)


def _bands(layers: Layers, sizes: Sizes) -> tuple[list[float], list[float]]:
    """Where each layer begins, and how thick it is; more room where many arrows bend."""
    busy = [0] * (len(layers.layers) + 1)
    rank = {node: index for index, layer in enumerate(layers.layers) for node in layer}
    for way in layers.ways:
        for node in way[:-1]:
            busy[rank[node]] += 1
    starts: list[float] = []
    thick: list[float] = []
    at = 0.0
    for index, layer in enumerate(layers.layers):
        thick.append(max((sizes.main[node] for node in layer), default=0))
        starts.append(at)
        room = LAYER_GAP + min(busy[index], 24) * 1.5
        if layers.stride == 2:  # noqa: PLR2004 - there are layers for labels
            bare = not thick[-1] if index % 2 else not _has_labels(layers, index + 1)
            room *= 0.5 if bare else 0.65
        at += thick[-1] + room
    return starts, thick


def _has_labels(layers: Layers, index: int) -> bool:
    return index < len(layers.layers) and any(n in layers.label_of for n in layers.layers[index])


class _Placed:
    """All that is known of the coordinates of a level."""

    def __init__(
        self,
        layers: Layers,
        sizes: Sizes,
        centres: list[float],
        starts: list[float],
        thick: list[float],
    ) -> None:
        self.layers = layers
        self.sizes = sizes
        self.centres = centres
        self.rank = {node: index for index, layer in enumerate(layers.layers) for node in layer}
        self.starts = starts
        self.thick = thick

    def _main(self, node: int) -> tuple[float, float]:
        """Where a thing begins and ends: in the middle of its layer."""
        rank, size = self.rank[node], self.sizes.main[node]
        start = self.starts[rank] + (self.thick[rank] - size) / 2
        return start, start + size

    def box(self, node: int, direction: Direction) -> Box:
        """The box of a thing or of a label."""
        start, end = self._main(node)
        cross = self.sizes.cross[node]
        low = self.centres[node] - cross / 2
        if direction == "TB":
            return _rounded(low, start, cross, end - start)
        return _rounded(start, low, end - start, cross)

    def route(self, index: int, ports: dict[tuple[int, int], float], direction: Direction) -> Route:
        """The way of a link."""
        way = self.layers.ways[index]
        if way[0] == way[-1]:
            return self._loop(way[0], direction)
        points = list(self._points(way, index, ports))
        if index in self.layers.turned:
            points.reverse()
        holder = next((n for n in way[1:-1] if self.layers.label_of.get(n) == index), None)
        return Route(
            tuple(_turned(point, direction) for point in points),
            None if holder is None else self.box(holder, direction),
        )

    def _points(
        self, way: Sequence[int], index: int, ports: dict[tuple[int, int], float]
    ) -> Iterable[Point]:
        for position, node in enumerate(way):
            start, end = self._main(node)
            low = self.starts[self.rank[node]]
            high = low + self.thick[self.rank[node]]
            if position == 0:
                cross = ports[node, index * 2 + 1]
                yield from ((end, cross), (high, cross))
            elif position == len(way) - 1:
                cross = ports[node, index * 2]
                yield from ((low, cross), (start, cross))
            elif high > low:
                yield from ((low, self.centres[node]), (high, self.centres[node]))

    def _loop(self, node: int, direction: Direction) -> Route:
        """The way of a link from a thing to itself: beside its far corner."""
        start, end = self._main(node)
        edge = self.centres[node] + self.sizes.cross[node] / 2
        middle = (start + end) / 2
        points = ((middle, edge), (middle, edge + 9), (middle - 12, edge + 9), (middle - 12, edge))
        return Route(tuple(_turned(point, direction) for point in points), None, bends=False)


def _turned(point: Point, direction: Direction) -> Point:
    main, cross = round(point[0], 1), round(point[1], 1)
    return (cross, main) if direction == "TB" else (main, cross)


def _rounded(x: float, y: float, width: float, height: float) -> Box:
    return Box(round(x, 1), round(y, 1), round(width, 1), round(height, 1))


def _extent(boxes: Iterable[Box], routes: Iterable[Route]) -> tuple[float, float]:
    points = [(box.right, box.bottom) for box in boxes]
    points += [point for route in routes for point in route.points]
    points += [(route.label.right, route.label.bottom) for route in routes if route.label]
    width = max((x for x, _ in points), default=0)
    return round(width, 1), round(max((y for _, y in points), default=0), 1)
