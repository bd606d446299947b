"""Pictures in every format, with the help of other programs and libraries where those are there."""

import json
import shutil
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from flow_cli.errors import UserError
from flow_visualize.layout import lay_out

if TYPE_CHECKING:
    from flow_cli.visualizing import Request
    from flow_visualize.geometry import Drawing
    from flow_visualize.picture import Picture

Format: TypeAlias = Literal["svg", "png", "pdf", "html", "dot", "mermaid", "json", "ascii"]
PATIENCE = 20
"""Seconds that Graphviz may take."""


def rendered(picture: "Picture", request: "Request") -> "str | bytes":
    """A picture in the format that is asked for."""
    match request.wanted:
        case "dot":
            from flow_visualize.dot_text import dot_text

            return dot_text(picture, request.direction, request.theme)
        case "mermaid":
            from flow_visualize.mermaid import mermaid_text

            return mermaid_text(picture, request.direction)
        case "ascii":
            from flow_visualize.ascii import ascii_text

            return ascii_text(picture)
        case "json" | "html":
            return _for_pages(picture, request)
        case "svg" | "png" | "pdf":
            from flow_visualize.svg import svg

            drawing = drawing_of(picture, request)
            return as_format(svg(picture, drawing, request.theme), request.wanted)


def _for_pages(picture: "Picture", request: "Request") -> str:
    from flow_visualize.picture_json import picture_json

    data = picture_json(picture, drawing_of(picture, request))
    if request.wanted == "json":
        return data
    from flow_visualize.page import page

    return page(json.loads(data), title=picture.name)


def drawing_of(picture: "Picture", request: "Request") -> "Drawing":
    """Where everything is; by Graphviz if asked for and at hand, else by our own layout."""
    if request.layout == "dot":
        found = _by_graphviz(picture, request)
        if found is not None:
            return found
    layout = "layered" if request.layout == "dot" else request.layout
    return lay_out(picture, layout, request.direction, ports=request.ports)


def _by_graphviz(picture: "Picture", request: "Request") -> "Drawing | None":
    """The drawing by Graphviz: the program, else the wheel that brings it, else none."""
    from flow_visualize.dot_text import dot_text
    from flow_visualize.graphviz import drawing_from

    text = dot_text(picture, request.direction, request.theme)
    answer = _ask_program(text) or _ask_wheel(text)
    try:
        return drawing_from(picture, answer, request.direction) if answer else None
    except ValueError:
        return None


def _ask_program(text: str) -> str | None:
    program = shutil.which("dot")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the program that the user has installed
            [program, "-Tjson"],
            input=text.encode(errors="replace"),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None


def _ask_wheel(text: str) -> str | None:
    try:
        pygraphviz: Any = import_module("pygraphviz")
        graph = pygraphviz.AGraph(string=text)
        drawn: bytes = graph.draw(format="json", prog="dot")
    except Exception:  # noqa: BLE001 - whatever keeps it from working, there is another layout
        return None
    return drawn.decode(errors="replace")


def as_format(text: str, format_: Format) -> "str | bytes":
    """An SVG text as it is, or as PNG or PDF.

    Raises:
        UserError: what makes those is not installed.
    """
    if format_ == "svg":
        return text
    try:
        cairosvg: Any = import_module("cairosvg")
    except (ImportError, OSError):  # the package, or the library that it needs
        raise UserError(
            f"{format_.upper()} needs CairoSVG, which is not installed",
            "`pip install 'flow-pipelines[pictures]'`, or write SVG",
        ) from None
    if format_ == "png":
        png: bytes = cairosvg.svg2png(bytestring=text.encode(), scale=2)
        return png
    pdf: bytes = cairosvg.svg2pdf(bytestring=text.encode())
    return pdf
