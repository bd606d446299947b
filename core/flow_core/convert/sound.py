"""The door of conversions: documents without syntax problems."""

from typing import Literal

from flow_core.syntax.document import Document
from flow_core.syntax.parse import parse


def sound(text: str, kind: Literal["yaml", "json"]) -> Document:
    """The document of a text; `ValueError` names the line of the first problem there is."""
    document = parse(text, kind)
    for problem in document.problems:
        line = document.lines.line(problem.span.start) + 1
        raise ValueError(f"line {line}: {problem.message}")
    return document
