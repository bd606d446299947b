"""Formatting entries of a JSON text alone, each at the depth at which it stands."""

from collections.abc import Iterator

from flow_core.diagnostics import Edit
from flow_core.ide.formatting.line_diff import line_edits
from flow_core.syntax import Document
from flow_core.syntax.blocks import NESTED
from flow_core.syntax.format import format_text
from flow_core.syntax.nodes import Entry, Mapping

_INDENT = "  "


def json_edits(document: Document, first: int, last: int) -> Iterator[Edit]:
    """The edits that format the entries on some lines that are without a fault."""
    lines = document.lines
    start, end = lines.offset(first, 0), lines.offset(last + 1, 0)
    for entry, depth in _entries(document):
        touched = entry.key.start < max(end, start + 1) and entry.value.end > start
        if touched and not _is_faulty(document, entry):
            yield from _formatted(document.text, entry, depth)


def _entries(document: Document) -> Iterator[tuple[Entry, int]]:
    """The entries that are formatted alone, and how deep they stand."""
    root = document.root
    for entry in root.entries if isinstance(root, Mapping) else ():
        value = entry.value
        if entry.key.text in NESTED and isinstance(value, Mapping) and value.entries:
            yield from ((child, 2) for child in value.entries)
        else:
            yield entry, 1


def _is_faulty(document: Document, entry: Entry) -> bool:
    start, end = entry.key.start, entry.value.end
    return any(start <= problem.span.start <= end for problem in document.problems)


def _formatted(text: str, entry: Entry, depth: int) -> Iterator[Edit]:
    """Format an entry between as many braces as there are around it."""
    start, end = entry.key.start, entry.value.end
    newline = "\r\n" if "\r\n" in text else "\n"
    above, below = (part.replace("\n", newline) for part in _braces(depth))
    formatted = format_text(above + text[start:end] + below, "json")
    if not formatted.startswith(above) or not formatted.endswith(below):
        return
    inner = formatted[len(above) : len(formatted) - len(below)]
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip(" \t"):
        yield from line_edits(text[start:end], inner.lstrip(" "), start)
    else:
        yield from line_edits(text[line:end], inner, line)


def _braces(depth: int) -> tuple[str, str]:
    """The lines above and below something that stands so deep, as the style has them."""
    above, below = "", "\n"
    for level in range(depth):
        name = '"": ' if level else ""
        above += f"{_INDENT * level}{name}{{\n"
        below = f"\n{_INDENT * level}}}{below}"
    return above, below
