"""What `flow visualize` does: read the pipeline, choose what to show, and write the picture."""

import os
from typing import Literal, TypeAlias

import msgspec

from flow_cli.dry_run import load
from flow_cli.errors import CLEAN
from flow_cli.files import write_text
from flow_cli.terminal import write_data
from flow_visualize.geometry import Direction
from flow_visualize.layout import lay_out
from flow_visualize.picture import Picture
from flow_visualize.reading import picture_of
from flow_visualize.themes import ThemeName

Format: TypeAlias = Literal["svg", "png", "pdf", "html", "dot", "mermaid", "json", "ascii"]
_BY_SUFFIX: dict[str, Format] = {
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".html": "html",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".json": "json",
    ".txt": "ascii",
}


class Request(msgspec.Struct, frozen=True):
    """What is asked for."""

    path: str
    format: Format | None = None
    output: str | None = None
    theme: ThemeName = "light"
    direction: Direction = "TB"
    layout: Literal["layered", "force", "circular", "grid", "dot"] = "layered"
    ports: bool = False
    collapse: bool = False
    focus: str | None = None
    depth: int = 1
    filters: tuple[str, ...] = ()
    overlay: Literal["dry-run", "run", "diff", "findings"] | None = None
    inputs: tuple[str, ...] = ()
    scenario: str | None = None
    trace: str | None = None
    against: str | None = None
    timeline: bool = False

    @property
    def wanted(self) -> Format:
        """The format: as said, or as the name of the output says, or SVG."""
        if self.format is not None:
            return self.format
        suffix = os.path.splitext(self.output or "")[1].lower()
        return _BY_SUFFIX.get(suffix, "svg")


def visualize(request: Request) -> int:
    """Draw what the request names, and return the exit code."""
    module = load(request.path)
    picture = picture_of(module)
    _publish(rendered(picture, request), request)
    return CLEAN


def rendered(picture: Picture, request: Request) -> "str | bytes":
    """A picture in the format that is asked for."""
    if request.wanted == "dot":
        from flow_visualize.dot_text import dot_text

        return dot_text(picture, request.direction, request.theme)
    layout = "layered" if request.layout == "dot" else request.layout
    drawing = lay_out(picture, layout, request.direction, ports=request.ports)
    if request.wanted == "json":
        from flow_visualize.picture_json import picture_json

        return picture_json(picture, drawing)
    from flow_visualize.svg import svg

    return svg(picture, drawing, request.theme)


def _publish(content: "str | bytes", request: Request) -> None:
    """Write to a file or to standard output."""
    if isinstance(content, bytes):
        raise NotImplementedError
    if request.output:
        write_text(request.output, content)
    else:
        write_data(content)
