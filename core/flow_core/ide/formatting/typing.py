"""Formatting while typing: where the next line starts, where a dash belongs, braces that close.

The line in the making is seldom sound, so this looks at lines more than at the tree.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Edit
from flow_core.ide.formatting.typed_line import TypedLine
from flow_core.ide.levels import level_at
from flow_core.ide.pieces import kind_of_module
from flow_core.language.shapes import ListOf
from flow_core.module import Module
from flow_core.syntax import Document, Mapping, Scalar, Sequence
from flow_core.syntax.nodes import follow
from flow_core.syntax.problems import edit

TRIGGERS = ("\n", "-", "{")
"""The characters after which there may be something to do."""

_INDENT = 2
_DASH = len("- ")
_OPENING = "${{"
_FAR = 500
"""Lines above that are looked at for a list."""


def on_type(module: Module, offset: int, character: str) -> list[Edit]:
    """What to change once a character was typed before an offset."""
    match character:
        case "\n":
            return list(_on_newline(module, offset))
        case "-":
            return list(_on_dash(module.document, offset))
        case "{":
            return list(_on_brace(module.document, offset))
        case _:
            return []


def _line(document: Document, number: int) -> str:
    """The text of a line without its end."""
    start, end = document.lines.starts[number], document.lines.offset(number + 1, 0)
    return document.text[start:end].rstrip("\r\n")


def _indented(document: Document, number: int, start: str) -> Iterator[Edit]:
    """A blank line that starts in another way."""
    before = _line(document, number)
    blank = before[: len(before) - len(before.lstrip(" \t"))]
    if blank != start:
        at = document.lines.starts[number]
        yield edit(at, at + len(blank), start)


# A new line


def _on_newline(module: Module, offset: int) -> Iterator[Edit]:
    document = module.document
    number = document.lines.line(offset)
    if not number or _line(document, number).strip():
        return
    above = TypedLine(_line(document, number - 1))
    if document.kind == "json":
        deeper = _INDENT if above.text.rstrip().endswith(("{", "[")) else 0
        yield from _indented(document, number, " " * (above.indent + deeper))
    elif above.is_empty_item:
        yield edit(document.lines.starts[number - 1], document.lines.starts[number], "")
        yield from _indented(document, number, " " * _around(document, number - 1, above.indent))
    elif not above.is_unfinished and not _is_inside(document, number - 1):
        start = _start(module, number - 1, above)
        if start is not None:
            yield from _indented(document, number, start)


def _start(module: Module, number: int, above: TypedLine) -> str | None:
    """How the line below another one starts; None where that can't be told."""
    if above.is_item and not above.has_key:
        return " " * (above.column - _DASH) + "- "
    if above.is_open:
        dash = "- " if not above.value and _takes_list(module, number, above) else ""
        return " " * (above.column + _INDENT) + dash
    return " " * above.column if above.has_key else None


def _takes_list(module: Module, number: int, line: TypedLine) -> bool:
    """Whether nothing but a list may stand under the key on a line."""
    document = module.document
    path, _ = document.at(document.lines.starts[number] + line.column)
    level = level_at(path, kind_of_module(module))
    is_key = level.key is not None and level.key.name == line.key
    return is_key and all(isinstance(shape, ListOf) for shape in level.shapes)


def _is_inside(document: Document, number: int) -> bool:
    """Whether a line lies in brackets or in a text over several lines, with the one below."""
    start = document.lines.starts[number]
    end = document.lines.offset(number + 1, 0) - 1
    path, _ = document.at(end)
    for length in range(len(path) + 1):
        located, depth = document.reach(path[:length])
        if located is None or depth < length:
            return False
        node, origin = follow(located.node), located.origin
        goes_on = node.start + origin < end < node.end + origin
        if isinstance(node, Mapping | Sequence) and node.flow and goes_on:
            return True
        if isinstance(node, Scalar) and node.style != "plain" and node.start + origin < start:
            return True
    return False


def _around(document: Document, number: int, column: int) -> int:
    """The column of the nearest line above that stands further left."""
    for above in range(number - 1, max(number - _FAR, -1), -1):
        line = TypedLine(_line(document, above))
        if not line.is_blank and line.indent < column:
            return line.column
    return 0


# A dash


def _on_dash(document: Document, offset: int) -> Iterator[Edit]:
    """A dash alone on its line goes where the items of its list are."""
    number = document.lines.line(offset)
    here = _line(document, number)
    if document.kind == "json" or here.strip() != "-":
        return
    wanted = _dash_column(document, number, here.index("-"))
    yield from _indented(document, number, " " * wanted)


def _dash_column(document: Document, number: int, column: int) -> int:
    is_next = True
    for above in range(number - 1, max(number - _FAR, -1), -1):
        line = TypedLine(_line(document, above))
        if line.is_blank:
            continue
        if is_next and line.is_open and not line.value and line.column == column:
            return column + _INDENT
        is_next = False
        if line.is_item and column in {line.column, line.column - _DASH}:
            return line.column - _DASH
        if line.indent < column:
            break
    return column


# Braces


def _on_brace(document: Document, offset: int) -> Iterator[Edit]:
    """Braces that open an expression get those that close it, as far as they are missing."""
    number, column = document.lines.position(offset)
    line = _line(document, number)
    before, rest = line[:column], line[column:]
    if not before.endswith(_OPENING) or before.endswith(f"${_OPENING}"):
        return
    if "}}" not in rest.partition(_OPENING)[0]:
        yield edit(offset, offset, "}" if rest.startswith("}") else " }}")
