"""The findings of an open document, kept right while it is edited.

At a keystroke the part at hand is checked alone. What only a check of the whole file can tell is
kept from the last one, moved with its lines, until its own line is touched or the next one is done.
"""

from collections.abc import Iterable
from functools import cache

from lsprotocol import types

from flow_core.check import check
from flow_core.diagnostics import Diagnostic, Note
from flow_core.ide.location import Location
from flow_core.rules import all_rules
from flow_lsp.buffer import Splice
from flow_lsp.look import Look

_SEVERITIES = {severity.value: severity for severity in types.DiagnosticSeverity}
_TAGS = {
    "unnecessary": types.DiagnosticTag.Unnecessary,
    "deprecated": types.DiagnosticTag.Deprecated,
}


@cache
def needing_the_whole() -> frozenset[str]:
    """The codes of what only a check of the whole file can tell."""
    return frozenset(rule.RULE.code for rule in all_rules(()) if rule.RULE.whole)


def converted(look: Look, diagnostic: Diagnostic) -> types.Diagnostic:
    """A finding in the client's terms."""
    message = diagnostic.message
    if diagnostic.help:
        message += f"\n{diagnostic.help}"
    return types.Diagnostic(
        range=look.range(diagnostic.span),
        message=message,
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        source="flow",
        tags=[_TAGS[tag] for tag in diagnostic.tags] or None,
        related_information=[_related(look, note) for note in diagnostic.notes] or None,
        data={"name": diagnostic.name},
    )


def _related(look: Look, note: Note) -> types.DiagnosticRelatedInformation:
    location = look.location(Location(note.file, note.span))
    return types.DiagnosticRelatedInformation(location, note.message)


class Findings:
    """The findings of one document, in the client's terms."""

    def __init__(self) -> None:
        self._whole: list[types.Diagnostic] = []
        self._parts: list[types.Diagnostic] = []
        self.shown: list[types.Diagnostic] = []

    def replace(self, look: Look, found: Iterable[Diagnostic]) -> None:
        """Take these for all there are."""
        self._show([converted(look, each) for each in found], [])

    def _show(self, whole: list[types.Diagnostic], parts: list[types.Diagnostic]) -> None:
        self._whole, self._parts = whole, parts
        self.shown = sorted((*whole, *parts), key=_order)

    def moved(self, uri: str, splice: Splice) -> None:
        """Move what stands behind an edit; what it touches goes."""
        last = splice.first + len(splice.removed)
        by = len(splice.added) - len(splice.removed)

        def kept(found: list[types.Diagnostic]) -> list[types.Diagnostic]:
            apart = [
                each
                for each in found
                if each.range.end.line < splice.first or each.range.start.line >= last
            ]
            return [_moved(each, uri, last, by) for each in apart] if by else apart

        self._show(kept(self._whole), kept(self._parts))

    def refresh(self, look: Look) -> None:
        """Check the part that a look is about."""
        if len(look.slice.lines) == len(look.document.buffer.lines):
            self.replace(look, check(look.module))
            return
        focus = look.slice.focus
        found = [converted(look, each) for each in check(look.module, reach="part")]
        here = [each for each in found if each.range.start.line in focus]
        known = set(map(_identity, here))
        needing = needing_the_whole()
        kept = [
            each
            for each in self._whole
            if each.range.start.line not in focus
            or ((look.slice.cut or each.code in needing) and _identity(each) not in known)
        ]
        elsewhere = [each for each in self._parts if each.range.start.line not in focus]
        self._show(kept, [*elsewhere, *here])


def _order(each: types.Diagnostic) -> tuple[int, int, str]:
    return each.range.start.line, each.range.start.character, str(each.code)


def _identity(each: types.Diagnostic) -> tuple[object, str, int]:
    return each.code, each.message, each.range.start.line


def _moved(each: types.Diagnostic, uri: str, last: int, by: int) -> types.Diagnostic:
    related = each.related_information or []
    return types.Diagnostic(
        range=_moved_range(each.range, last, by),
        message=each.message,
        severity=each.severity,
        code=each.code,
        source=each.source,
        tags=each.tags,
        related_information=[_moved_note(note, uri, last, by) for note in related] or None,
        data=each.data,
    )


def _moved_note(
    note: types.DiagnosticRelatedInformation, uri: str, last: int, by: int
) -> types.DiagnosticRelatedInformation:
    if note.location.uri != uri:
        return note
    there = _moved_range(note.location.range, last, by)
    return types.DiagnosticRelatedInformation(types.Location(uri, there), note.message)


def _moved_range(found: types.Range, last: int, by: int) -> types.Range:
    if found.start.line < last:
        return found
    start, end = found.start, found.end
    return types.Range(
        types.Position(start.line + by, start.character),
        types.Position(end.line + by, end.character),
    )
