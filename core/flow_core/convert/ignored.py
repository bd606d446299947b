"""Suppression comments of YAML as keys of the mappings they speak of."""

import re

from flow_core.places import Path
from flow_core.suppress import COMMENT
from flow_core.syntax.comments import Comment
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Mapping

_BEFORE_KEY = re.compile(r"[ \t]*(?:-[ \t]+)*")
_EMPTY_LINES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")


def ignored(document: Document) -> tuple[dict[Path, list[str]], int]:
    """The codes that comments ignore, by the path of the nearest mapping; how many comments do."""
    found: dict[Path, list[str]] = {}
    count = 0
    for comment in document.comments:
        match = COMMENT.match(comment.text)
        if match is None:
            continue
        count += 1
        codes = found.setdefault(_mapping_at(document, comment), [])
        words = (code.strip() for code in match["codes"].split(","))
        codes += [code for code in words if code and code not in codes]
    return found, count


def _mapping_at(document: Document, comment: Comment) -> Path:
    """The mapping that starts on the line a comment speaks of, else the one that line is in."""
    text = document.text
    start = text.rfind("\n", 0, comment.span.start) + 1
    if not text[start : comment.span.start].strip():
        space = _EMPTY_LINES.match(text, start)
        start = start if space is None else space.end()
    dashes = _BEFORE_KEY.match(text, start)
    path, _ = document.at(start if dashes is None else dashes.end())
    while path and not isinstance(document.get(path), Mapping):
        path = path[:-1]
    return path
