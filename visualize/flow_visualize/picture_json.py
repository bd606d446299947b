"""A picture as JSON: what `flow visualize --format json` prints and the interactive page reads.

The keys, in this order::

    name, version, description, status   texts; status is that of the run, or ""
    direction                            "LR" or "TB"
    size                                 {"width", "height"}, in pixels
    elapsed                              microseconds of the run, or null
    inputs, outputs                      [{"name", "type", "required"}] of the pipeline
    nodes                                boxes without insides
    clusters                             boxes with insides, outer ones first
    edges                                arrows
    notes                                sentences on what is not shown
    frames                               [{"at": microseconds, "statuses": {id: status}}]

A node and a cluster have the keys of `flow_visualize.picture.Node` and

    box      {"x", "y", "width", "height"} from the top left of the picture
    lines    [{"text", "style", "y"}]; y is the base line from the top of the box

``id`` is the step path, ``parent`` the id of the cluster around it or "". ``painted`` is what a run
or comparison says: {"status", "certainty", "critical", "start", "end", "attempts", "elements",
"share", "bottleneck", "failure_rate", "change", "goals", "missed"}. ``marks`` are {"severity",
"code", "message"}.

An edge has {"source", "target", "kind", "label", "broken", "critical", "status"} and

    points      [[x, y], …] from source to target; straight from an even to an odd place, and bent
                from an odd to an even one where "bends" is true
    bends       false where all of it is straight
    label_box   {"x", "y", "width", "height"} or null

In a frame statuses are those that changed at that instant: "running", or how a step ended.
"""

import json
from typing import Any

import msgspec

from flow_visualize.geometry import Box, Drawing
from flow_visualize.picture import Node, Picture


def picture_json(picture: Picture, drawing: Drawing) -> str:
    """A laid out picture as JSON, the same text for the same picture."""
    return json.dumps(picture_data(picture, drawing), indent=1, ensure_ascii=False) + "\n"


def picture_data(picture: Picture, drawing: Drawing) -> dict[str, Any]:
    """A laid out picture as plain data."""
    return {
        "name": picture.name,
        "version": picture.version,
        "description": picture.description,
        "status": picture.status,
        "direction": drawing.direction,
        "size": {"width": drawing.width, "height": drawing.height},
        "elapsed": picture.elapsed,
        "inputs": msgspec.to_builtins(picture.inputs),
        "outputs": msgspec.to_builtins(picture.outputs),
        "nodes": [_node(node, drawing) for node in picture.nodes if not node.cluster],
        "clusters": [_node(node, drawing) for node in picture.nodes if node.cluster],
        "edges": [_edge(picture, drawing, index) for index in range(len(picture.edges))],
        "notes": list(picture.notes),
        "frames": msgspec.to_builtins(picture.frames),
    }


def _node(node: Node, drawing: Drawing) -> dict[str, Any]:
    lines = [
        {"text": line.text, "style": line.style, "y": line.y}
        for line in drawing.faces[node.id].lines
    ]
    return {**msgspec.to_builtins(node), "box": _box(drawing.boxes[node.id]), "lines": lines}


def _edge(picture: Picture, drawing: Drawing, index: int) -> dict[str, Any]:
    route = drawing.routes[index]
    return {
        **msgspec.to_builtins(picture.edges[index]),
        "points": [[_short(x), _short(y)] for x, y in route.points],
        "bends": route.bends,
        "label_box": _box(route.label) if route.label else None,
    }


def _box(box: Box) -> dict[str, float]:
    return {
        "x": _short(box.x),
        "y": _short(box.y),
        "width": _short(box.width),
        "height": _short(box.height),
    }


def _short(value: float) -> float:
    return round(value, 1)
