"""The report for people: what is wrong, where exactly, why, and how to mend it."""

from collections.abc import Iterator

from flow_cli.excerpt import Look, draw
from flow_cli.report import Report, count
from flow_cli.terminal import escape, paint
from flow_core.diagnostics import Diagnostic, Note
from flow_core.places import Span


def render(report: Report) -> str:
    """Every finding with excerpts of the text, then a summary."""
    parts = ["".join(f"{line}\n" for line in _finding(each, report)) for each in report.diagnostics]
    return "\n".join([*parts, f"{summary(report)}\n"])


def _finding(diagnostic: Diagnostic, report: Report) -> Iterator[str]:
    severity, color = diagnostic.severity.name.lower(), report.color
    look = Look("^", severity, _gutter(diagnostic, report), color)
    title = paint(f"{severity}[{diagnostic.code}]", severity, color)
    yield f"{title}{paint(f': {escape(diagnostic.message)}', 'bold', color)}"
    yield from _place(diagnostic.file, diagnostic.span, look, report)
    for note in diagnostic.notes:
        yield from _note(note, look, report)
    yield from _advice(diagnostic, look)


def _place(file: str, span: Span, look: Look, report: Report) -> Iterator[str]:
    source = report.sources[file]
    at = source.position(span.start)
    arrow = paint(f"{'':{look.gutter}}-->", "info", look.color)
    yield f"{arrow} {escape(report.name(file))}:{at.line}:{at.column}"
    yield from draw(source, span, look)


def _note(note: Note, look: Look, report: Report) -> Iterator[str]:
    yield f"{paint('note', 'info', look.color)}: {escape(note.message)}"
    yield from _place(note.file, note.span, Look("-", "info", look.gutter, look.color), report)


def _advice(diagnostic: Diagnostic, look: Look) -> Iterator[str]:
    edge = f"{'':{look.gutter}} {paint('=', 'info', look.color)}"
    if diagnostic.help:
        yield f"{edge} {paint('help', 'help', look.color)}: {escape(diagnostic.help)}"
    if diagnostic.fix is not None:
        how = {"safe": " (--fix)", "unsafe": " (--unsafe-fixes)", "display": ""}
        title = escape(diagnostic.fix.title) + how[diagnostic.fix.safety]
        yield f"{edge} {paint('fix', 'help', look.color)}: {title}"


def _gutter(diagnostic: Diagnostic, report: Report) -> int:
    """The width of the largest line number among the finding's excerpts."""
    places = [(diagnostic.file, diagnostic.span), *((n.file, n.span) for n in diagnostic.notes)]
    return max(len(str(report.sources[file].position(span.end).line)) for file, span in places)


def summary(report: Report) -> str:
    """One line (two where something can be fixed) on how the run went.

    >>> summary(Report(("/a", "/b"), (), {}, "/", seconds=0.012))
    'No problems in 2 files (12 ms)'
    """
    time = f" ({report.seconds * 1000:.0f} ms)" if report.seconds else ""
    mended = f"Fixed {count(report.fixed, 'problem')}. " if report.fixed else ""
    if not report.diagnostics:
        return f"{mended}No problems in {count(len(report.files), 'file')}{time}"
    found = ", ".join(
        paint(count(number, severity.name.lower()), severity.name.lower(), report.color)
        for severity, number in sorted(report.counts.items())
    )
    files = len({each.file for each in report.diagnostics})
    text = f"{mended}Found {found} in {count(files, 'file')}{time}"
    fixable = _fixable(report)
    return f"{text}\n{fixable}" if fixable else text


def _fixable(report: Report) -> str:
    """How many findings can be fixed, and by which option; empty where none can."""
    safe, unsafe = report.fixable, report.unsafely_fixable
    if safe and unsafe:
        return f"{safe} fixable with `--fix`, {unsafe} more with `--unsafe-fixes`"
    if unsafe:
        return f"{unsafe} fixable with `--unsafe-fixes`"
    return f"{safe} fixable with `--fix`" if safe else ""
