"""The graph of a pipeline while it is typed: its picture, and where its boxes are in the text.

What is computed here takes long for a long file, so that it is done in the worker: arguments and
results are plain values.
"""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import msgspec

from flow_core.check import check
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.ide.healing.healed import Healed
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import kind_of
from flow_core.syntax import parse
from flow_visualize.layout import lay_out
from flow_visualize.overlay import about, with_findings
from flow_visualize.picture import Mark, Node, Picture
from flow_visualize.picture_json import picture_data
from flow_visualize.reading import picture_of
from flow_visualize.view import fitting

_MOST_BOXES = 2_500
_MOST_CHECKED = 2_000
"""Steps of another file that is checked for the sake of a picture."""
_STALE = Mark("info", "", "the text is broken here; this is what it said before")


class Graph(msgspec.Struct, frozen=True):
    """A laid out picture as data; by box where it is in the text of the file, and its findings.

    ``stale`` are the boxes that show an older text.
    """

    picture: dict[str, Any]
    spans: dict[str, Span]
    findings: dict[str, list[Diagnostic]]
    stale: list[str]


def graph_of(module: Module, healed: Healed, findings: Iterable[Diagnostic]) -> Graph:
    """The graph of a module whose text was healed, with what was found in the text as it is."""
    picture = picture_of(_module_of(module, healed))
    own = PurePath(module.file).name
    placed = _Placing(module, healed, own)
    picture = msgspec.structs.replace(picture, nodes=tuple(map(placed.node, picture.nodes)))
    found = [each for each in findings if each.severity <= Severity.WARNING]
    picture = with_findings(picture, {own: found, **_of_others(module, picture, own)})
    by_box = _by_box([node for node in picture.nodes if node.file == own], found)
    shown = fitting(picture, _MOST_BOXES)
    names = {node.id for node in shown.nodes}
    return Graph(
        picture_data(shown, lay_out(shown, direction="TB")),
        {name: span for name, span in placed.spans.items() if name in names},
        by_box,
        [name for name in placed.stale if name in names],
    )


def _module_of(module: Module, healed: Healed) -> Module:
    """The module of the healed text."""
    if healed.text == module.document.text:
        return module
    return Module(module.file, parse(healed.text, kind_of(module.file)), module.project)


class _Placing:
    """Finds where the boxes of one file are in its text as it is."""

    def __init__(self, module: Module, healed: Healed, file: str) -> None:
        self._lines = module.document.lines
        self._healed = healed
        self._file = file
        self.spans: dict[str, Span] = {}
        self.stale: dict[str, None] = {}

    def node(self, node: Node) -> Node:
        """A box with its place; boxes around others come first."""
        if node.file != self._file:
            return node
        span, is_stale = self._healed.place(*node.at)
        self.spans[node.id] = span
        at, marks = (span.start, span.end), node.marks
        if is_stale:
            if node.parent in self.stale:
                at = (span.start, span.start)  # what is found there is about the box around it
            else:
                marks = (*marks, _STALE)
            self.stale[node.id] = None
        line = self._lines.line(span.start) + 1
        return msgspec.structs.replace(node, at=at, line=line, marks=marks)


def _of_others(module: Module, picture: Picture, own: str) -> dict[str, list[Diagnostic]]:
    """The errors in the pipelines that are called, by the names of their files."""
    found: dict[str, list[Diagnostic]] = {}
    for name in dict.fromkeys(node.file for node in picture.nodes if node.file):
        file = module.project.resolve(module.file, name)
        other = module.project.module(file) if name != own else None
        if other is not None and len(other.steps) <= _MOST_CHECKED:
            found[name] = [each for each in check(other) if each.severity <= Severity.ERROR]
    return found


def _by_box(nodes: list[Node], found: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    by_box: dict[str, list[Diagnostic]] = {}
    for each in found:
        for name in about(nodes, each):
            by_box.setdefault(name, []).append(each)
    return by_box
