"""Tidy up the imports: those that nothing uses go, the others stand by the alphabet."""

from collections.abc import Iterator
from itertools import pairwise

from flow_core.check import Selection, check
from flow_core.diagnostics import Edit, Json
from flow_core.fields import fields
from flow_core.fixing import fix_all
from flow_core.ide.actions.action import Action
from flow_core.ide.actions.draft import edits_between, redrafted
from flow_core.ide.actions.request import Request
from flow_core.module import Module
from flow_core.places import Span
from flow_core.rules import unused_import
from flow_core.syntax.document import Document
from flow_core.syntax.nodes import Alias, Mapping
from flow_core.syntax.patch import apply_edits
from flow_core.syntax.siblings import Siblings

ID = "imports"
_PATH = ("imports",)


def actions(request: Request) -> Iterator[Action]:
    """One for the whole file, wherever the range is."""
    if fields(fields(request.module.document.root).get("imports")):
        yield Action("Tidy up the imports", "source.organizeImports", id=ID)


def changes(module: Module, _: Json) -> Iterator[Edit]:
    """Delete what is unused, and sort what is left; groups between blank lines stay groups."""
    old = module.document.text
    texts = {module.file: old}
    selection = Selection(only=(unused_import.RULE.code,))
    fix_all(texts, lambda new: check(redrafted(module, new[module.file]), selection), ("safe",))
    text = texts[module.file]
    document = redrafted(module, text).document
    yield from edits_between(module.file, old, apply_edits(text, _sorted(document)))


def _sorted(document: Document) -> list[Edit]:
    """The edits that sort the entries, each with the comments above it."""
    node = document.get(_PATH)
    if not isinstance(node, Mapping) or any(e.merges or _is_shared(e.value) for e in node.entries):
        return []
    names = [entry.key.text for entry in node.entries]
    siblings = Siblings(document, _PATH)
    pieces = [(name, siblings.extent(index)) for index, name in enumerate(names)]
    return [edit for group in _groups(document.text, pieces) for edit in _in_order(document, group)]


def _is_shared(value: object) -> bool:
    return isinstance(value, Alias) or bool(getattr(value, "anchor", ""))


def _groups(text: str, pieces: list[tuple[str, Span]]) -> Iterator[list[tuple[str, Span]]]:
    """Runs of entries with no blank line and no other comment between them."""
    group = pieces[:1]
    for (_, before), piece in pairwise(pieces):
        gap = text[before.end : piece[1].start]
        if "#" in gap or gap.count("\n") > 1:
            yield group
            group = []
        group.append(piece)
    yield group


def _in_order(document: Document, group: list[tuple[str, Span]]) -> Iterator[Edit]:
    ordered = sorted(group)
    for (_, place), (_, piece) in zip(group, ordered, strict=True):
        if place != piece:
            yield Edit("", place, document.text[piece.start : piece.end])
