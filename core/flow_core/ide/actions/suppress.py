"""Silence a finding where it is, with a place for the reason."""

from collections.abc import Iterator

from flow_core.diagnostics import Diagnostic, Edit, Patch
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.request import Request, patched
from flow_core.ide.pieces import kind_of_module
from flow_core.language.keys import keys_for
from flow_core.module import Module
from flow_core.places import Path, Place, Span, show_path
from flow_core.suppress import COMMENT, KEY
from flow_core.syntax.nodes import Mapping, Scalar, data

REASON = "why"
"""What stands for the reason until somebody writes one."""

_NEVER = ("FL0",)
"""Codes of what is wrong with the text itself: a suppression could not even be read for sure."""


def actions(request: Request) -> Iterator[Action]:
    """For each code found here: a comment on the line, a key in the mapping around."""
    for code, found in {found.code: found for found in request.here}.items():
        if not code.startswith(_NEVER):
            yield from _by_comment(request.module, found)
            yield from _by_key(request.module, found)


def _by_comment(module: Module, found: Diagnostic) -> Iterator[Action]:
    if module.document.kind == "json":
        return
    edit = _comment(module, found)
    if edit is not None:
        yield Action(f"Ignore {found.code} on this line", "quickfix", (edit,), mends=(found,))


def _comment(module: Module, found: Diagnostic) -> Edit | None:
    """At the end of the line, else on a line of its own above; None where neither is free."""
    lines, text = module.document.lines, module.document.text
    line = lines.line(found.span.start)
    start = lines.starts[line]
    end = start + len(text[start:].split("\n", 1)[0].rstrip("\r"))
    there = [c for c in module.document.comments if start <= c.span.start < end]
    if there and (match := COMMENT.match(there[0].text)):
        at = there[0].span.start + match.end("codes")
        return Edit(module.file, Span(at, at), f", {found.code}")
    mark = f"# flow: ignore[{found.code}] {REASON}"
    if not there and _is_free(module, end):
        return Edit(module.file, Span(end, end), f"  {mark}")
    if not _is_free(module, start):
        return None
    indent = text[start:end][: -len(text[start:end].lstrip())]
    newline = "\r\n" if "\r\n" in text else "\n"
    return Edit(module.file, Span(start, start), f"{indent}{mark}{newline}")


def _is_free(module: Module, offset: int) -> bool:
    """Whether a comment at an offset would not become a part of a text over several lines."""
    document = module.document
    path, part = document.at(offset)
    if part == "key" or not isinstance(document.get(path), Scalar):
        return True
    span = document.locate(Place(path))
    before = document.text[span.start : offset]
    is_header = before.startswith(("|", ">")) and "\n" not in before
    return is_header or not span.start < offset < span.end


def _by_key(module: Module, found: Diagnostic) -> Iterator[Action]:
    path = _mapping_at(module, found.span.start)
    if path is None:
        return
    known = data(module.document.get((*path, KEY)))
    listed = known if isinstance(known, list) else []
    edits = patched(module, Patch("insert", (*path, KEY), [*listed, found.code]))
    where = f"`{show_path(path)}`" if path else "this file"
    yield Action(f"Ignore {found.code} in all of {where}", "quickfix", edits, mends=(found,))


def _mapping_at(module: Module, offset: int) -> Path | None:
    """The nearest mapping around whose keys are the language's, so that this one is no data."""
    path, _ = module.document.at(offset)
    kind = kind_of_module(module)
    for length in range(len(path), -1, -1):
        around = path[:length]
        if keys_for(around, kind) and isinstance(module.document.get(around), Mapping):
            return around
    return None
