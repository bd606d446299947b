"""A finding for people: what is wrong, where exactly, why, and how to mend it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from flow_core.diagnostics import Diagnostic, Note
from flow_core.excerpt import Look, Source, draw
from flow_core.places import Span
from flow_core.printable import Paint, escape, plain


class Desk(msgspec.Struct, frozen=True):
    """What it takes to write findings.

    ``sources`` has the text of every file that they name, ``name`` gives a file's name as people
    see it.
    """

    sources: Mapping[str, Source]
    name: Callable[[str], str]
    paint: Paint = plain


def finding_lines(found: Diagnostic, desk: Desk) -> Iterator[str]:
    """The lines of a finding, with excerpts of the texts that it names."""
    severity = found.severity.name.lower()
    look = Look("^", severity, _gutter(found, desk), desk.paint)
    code = f"[{found.code}]" if found.code else ""
    title = desk.paint(f"{severity}{code}", severity)
    yield f"{title}{desk.paint(f': {escape(found.message)}', 'bold')}"
    yield from _place(found.file, found.span, look, desk)
    for note in found.notes:
        yield from _note(note, look, desk)
    yield from _advice(found, look)


def _place(file: str, span: Span, look: Look, desk: Desk) -> Iterator[str]:
    source = desk.sources[file]
    at = source.position(span.start)
    arrow = look.paint(f"{'':{look.gutter}}-->", "info")
    yield f"{arrow} {escape(desk.name(file))}:{at.line}:{at.column}"
    yield from draw(source, span, look)


def _note(note: Note, look: Look, desk: Desk) -> Iterator[str]:
    yield f"{look.paint('note', 'info')}: {escape(note.message)}"
    yield from _place(note.file, note.span, Look("-", "info", look.gutter, look.paint), desk)


def _advice(found: Diagnostic, look: Look) -> Iterator[str]:
    edge = f"{'':{look.gutter}} {look.paint('=', 'info')}"
    if found.help:
        yield f"{edge} {look.paint('help', 'help')}: {escape(found.help)}"
    if found.fix is not None:
        how = {"safe": " (--fix)", "unsafe": " (--unsafe-fixes)", "display": ""}
        title = escape(found.fix.title) + how[found.fix.safety]
        yield f"{edge} {look.paint('fix', 'help')}: {title}"


def _gutter(found: Diagnostic, desk: Desk) -> int:
    """The width of the largest line number among the finding's excerpts."""
    places = [(found.file, found.span), *((n.file, n.span) for n in found.notes)]
    return max(len(str(desk.sources[file].position(span.end).line)) for file, span in places)


def named_files(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Every file that the findings name, their notes and fixes included; sorted."""
    files: set[str] = set()
    for each in diagnostics:
        files.add(each.file)
        files.update(note.file for note in each.notes)
        files.update(edit.file for edit in each.fix.edits) if each.fix else None
    return sorted(files)
