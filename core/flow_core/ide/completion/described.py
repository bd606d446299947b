"""The documentation of an item, made when somebody looks at it: what hover would say of it."""

import msgspec

from flow_core.diagnostics import Json
from flow_core.ide.completion.neighbours import neighbour
from flow_core.ide.completion.spot import line_length
from flow_core.ide.cursor import Cursor
from flow_core.ide.describe import describe_component
from flow_core.ide.hover import hover
from flow_core.module import Module
from flow_core.places import Span
from flow_core.syntax import parse


def documentation(cursor: Cursor, data: Json) -> str:
    """The Markdown of an item by its ``data``; the cursor is where it was offered.

    Letters that were typed there since are taken for a part of what the item replaces.
    """
    match data:
        case [int(before), int(after), str(text), int(at), int(length)]:
            typed = max(line_length(cursor) - length, -after)
            span = Span(cursor.offset - before, cursor.offset + after + typed)
            return _accepted(cursor, span, text, at)
        case [str(file), str(name)]:
            return _elsewhere(cursor, file, name)
        case _:
            return ""


def _accepted(cursor: Cursor, span: Span, text: str, at: int) -> str:
    """What hover says at a place of a text that takes that of a range."""
    module, before = cursor.module, cursor.module.document.text
    document = parse(before[: span.start] + text + before[span.end :], module.document.kind)
    there = Module(module.file, document, module.project)
    found = hover(msgspec.structs.replace(cursor, module=there, offset=span.start + at))
    return found.markdown if found else ""


def _elsewhere(cursor: Cursor, file: str, name: str) -> str:
    """A component of a file that is not imported yet."""
    found = neighbour(cursor.module.project, file)
    component = found.components.get(name) if found else None
    return describe_component(component) if component else ""
