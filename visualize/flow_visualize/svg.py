"""A picture as SVG: legible by itself, the same bytes for the same picture."""

from collections.abc import Iterator

from flow_visualize import svg_arrows, svg_boxes
from flow_visualize.geometry import Drawing
from flow_visualize.picture import Edge, Picture
from flow_visualize.svg_elements import document, element, text
from flow_visualize.text_size import text_width, wrap
from flow_visualize.themes import THEMES, Theme, ThemeName

MARGIN = 16.0
_TITLE = 18.0
_SMALL = 11.0
_LEGEND: dict[str, str] = {
    "data": "a value flows, or depends_on",
    "condition": "on a condition",
    "catch": "handles an error",
    "compensate": "undoes it if the run fails",
}


def svg(picture: Picture, drawing: Drawing, theme: ThemeName = "light") -> str:
    """The text of an SVG file."""
    colours = THEMES[theme]
    width = max(drawing.width, 320.0)
    head, top = _head(picture, width, colours)
    shift = element(
        "g", "\n".join(_body(picture, drawing, colours)), transform=f"translate(0 {top})"
    )
    foot, height = _foot(picture, width, top + drawing.height, colours)
    told = picture.description or f"The pipeline {picture.name}"
    return document([*head, shift, *foot], (width, height), picture.name, told, colours.paper)


def _head(picture: Picture, width: float, theme: Theme) -> tuple[list[str], int]:
    """The name, the version and the purpose; and where the picture itself begins."""
    version = f" {picture.version}" if picture.version else ""
    parts = [text(picture.name + version, MARGIN, 30, _TITLE, theme.ink, bold=True)]
    y = 34
    for line in wrap(picture.description, width - 2 * MARGIN, 12, 3):
        y += 17
        parts.append(text(line, MARGIN, y, 12, theme.soft))
    return parts, y + 8


def _body(picture: Picture, drawing: Drawing, theme: Theme) -> Iterator[str]:
    """Boxes with insides from the outside in, then arrows, then the other boxes, then words."""
    depths = _depths(picture)
    for node in picture.nodes:
        if node.cluster:
            box, heading = drawing.boxes[node.id], drawing.faces[node.id]
            yield svg_boxes.named(
                node, svg_boxes.cluster(node, box, heading, depths[node.id], theme)
            )
    for edge, route in zip(picture.edges, drawing.routes, strict=True):
        yield from svg_arrows.arrow(edge, route, drawing.direction, theme)
    for node in picture.nodes:
        if not node.cluster:
            inner = svg_boxes.leaf(node, drawing.boxes[node.id], drawing.faces[node.id], theme)
            yield svg_boxes.named(node, inner)
    parents = {node.id: node.parent for node in picture.nodes}
    for edge, route, words in zip(picture.edges, drawing.routes, drawing.labels, strict=True):
        if words is not None:
            depth = depths.get(parents[edge.source], -1)
            ground = theme.paper if depth < 0 else theme.levels[depth % len(theme.levels)]
            yield from svg_arrows.label(words, edge, route, theme, ground)


def _depths(picture: Picture) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in picture.nodes:
        found[node.id] = found[node.parent] + 1 if node.parent else 0
    return found


def _foot(picture: Picture, width: float, top: float, theme: Theme) -> tuple[list[str], float]:
    """What the lines mean, and what is not shown; and where the file ends."""
    parts: list[str] = []
    x, y = MARGIN, top + 6
    for kind in _kinds(picture):
        room = 34 + text_width(_LEGEND[kind], _SMALL) + 18
        if x + room > width and x > MARGIN:
            x, y = MARGIN, y + 17
        parts += _sample(kind, x, y, theme)
        x += room
    y += 12 if parts else 0
    for note in picture.notes:
        for line in wrap(note, width - 2 * MARGIN, _SMALL, 3):
            y += 15
            parts.append(text(line, MARGIN, y, _SMALL, theme.soft))
    return parts, y + 10


def _kinds(picture: Picture) -> Iterator[str]:
    """The kinds of lines that need a word: where there are others than the plain ones."""
    seen = {"data" if e.kind in ("order", "branch") else e.kind for e in picture.edges}
    return (kind for kind in _LEGEND if kind in seen and seen != {"data"})


def _sample(kind: str, x: float, y: float, theme: Theme) -> Iterator[str]:
    sample = Edge("", "", kind)  # type: ignore[arg-type]
    yield element(
        "path",
        d=f"M{x} {y}H{x + 26}",
        stroke=svg_arrows.colour_of(sample, theme),
        stroke_width=1.6,
        stroke_dasharray=svg_arrows.dashes(sample),
    )
    yield text(_LEGEND[kind], x + 32, y + 4, _SMALL, theme.soft)
