"""What the tests of pictures share: modules from texts, and what must hold for every drawing."""

from pathlib import Path

from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings, load
from flow_visualize.boxes import LABEL_SIZE
from flow_visualize.geometry import Box, Drawing
from flow_visualize.picture import Picture, children
from flow_visualize.text_size import text_width

FILE = "/project/file.flow.yaml"


def module_of(text: str) -> Module:
    """The module of a text."""
    module = Project(Settings("/project"), {FILE: text}.get).module(FILE)
    assert module is not None
    return module


def module_of_file(file: Path) -> Module:
    """The module of a file."""
    module = Project(load(file.parent)).module(str(file))
    assert module is not None
    return module


def check_drawing(picture: Picture, drawing: Drawing) -> None:
    """Boxes beside each other do not overlap, each is inside of its own, and texts fit."""
    whole = Box(0, 0, drawing.width + 0.2, drawing.height + 0.2)
    for parent, nodes in children(picture.nodes).items():
        around = _grown(drawing.boxes[parent]) if parent else whole
        boxes = [drawing.boxes[node.id] for node in nodes]
        assert all(map(around.holds, boxes)), parent
        for index, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[:index]), nodes[index].id
    for node in picture.nodes:
        face, box = drawing.faces[node.id], drawing.boxes[node.id]
        for line in face.lines:
            width = text_width(line.text, line.size, bold=line.style == "title")
            assert width + 10 <= box.width + 0.2
            assert line.y <= face.height
    check_arrows(picture, drawing)


def check_arrows(picture: Picture, drawing: Drawing) -> None:
    """Each arrow begins and ends at its boxes, and its words fit in their own."""
    for edge, route, label in zip(picture.edges, drawing.routes, drawing.labels, strict=True):
        if edge.source != edge.target:
            assert _grown(drawing.boxes[edge.source]).holds(Box(*route.points[0], 0, 0))
            assert _grown(drawing.boxes[edge.target]).holds(Box(*route.points[-1], 0, 0))
        if label and route.label:
            assert all(text_width(line, LABEL_SIZE) <= route.label.width for line in label.lines)


def _grown(box: Box) -> Box:
    return Box(box.x - 0.2, box.y - 0.2, box.width + 0.4, box.height + 0.4)


def check_ways(picture: Picture, drawing: Drawing) -> None:
    """In layers arrows go round boxes, and words stand beside boxes and other words."""
    inside, parents = children(picture.nodes), {n.id: n.parent for n in picture.nodes}
    words: dict[str, list[Box]] = {}
    for edge, route in zip(picture.edges, drawing.routes, strict=True):
        level = parents[edge.source]
        ends = (edge.source, edge.target)
        others = [drawing.boxes[n.id] for n in inside[level] if n.id not in ends]
        pairs = zip(route.points[::2], route.points[1::2], strict=True)
        straight = [_between(one, other) for one, other in pairs if route.bends]
        assert not any(way.overlaps(box) for way in straight for box in others), ends
        if route.label:
            beside = [drawing.boxes[node.id] for node in inside[level]] + words.get(level, [])
            assert not any(_grown(box).overlaps(_shrunk(route.label)) for box in beside), ends
            words.setdefault(level, []).append(route.label)


def _between(one: tuple[float, float], other: tuple[float, float]) -> Box:
    """The box around a line, as wide as the line."""
    left, top = min(one[0], other[0]) - 0.5, min(one[1], other[1])
    return Box(left, top, abs(one[0] - other[0]) + 1, abs(one[1] - other[1]))


def _shrunk(box: Box) -> Box:
    return Box(box.x + 0.4, box.y + 0.4, box.width - 0.8, box.height - 0.8)
