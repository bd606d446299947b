"""One line for each finding: ``file:line:column: CODE severity message``, as editors parse it."""

from collections.abc import Iterator

from flow_cli.report import Report
from flow_cli.terminal import escape, paint


def render(report: Report) -> str:
    """The report as lines."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for each in report.diagnostics:
        at, severity = report.start(each), each.severity.name.lower()
        where = f"{escape(report.name(each.file))}:{at.line}:{at.column}"
        what = paint(f"{each.code} {severity}", severity, report.color)
        yield f"{where}: {what} {escape(each.message)}"
