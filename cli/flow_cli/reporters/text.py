"""The report for people: what is wrong, where exactly, why, and how to mend it."""

from flow_cli.report import Report, count
from flow_cli.terminal import paint, painter
from flow_core.finding_text import Desk, finding_lines


def render(report: Report) -> str:
    """Every finding with excerpts of the text, then a summary."""
    desk = Desk(report.sources, report.name, painter(report.color))
    parts = [
        "".join(f"{line}\n" for line in finding_lines(each, desk)) for each in report.diagnostics
    ]
    return "\n".join([*parts, f"{summary(report)}\n"])


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
