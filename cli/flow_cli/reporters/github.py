"""Workflow commands of GitHub Actions, which shows each finding beside its line.

Escaping as the runner undoes it: ``%``, CR and LF everywhere, ``:`` and ``,`` in properties too
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

from flow_cli.report import Report
from flow_core.diagnostics import Diagnostic, Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(report: Report) -> str:
    """One command for each finding."""
    return "".join(f"{_command(each, report)}\n" for each in report.diagnostics)


def _command(diagnostic: Diagnostic, report: Report) -> str:
    start, end = report.sources[diagnostic.file].range(diagnostic.span)
    properties = {"file": report.name(diagnostic.file), "line": start.line, "endLine": end.line}
    if start.line == end.line:  # the runner refuses columns across lines
        properties |= {"col": start.column, "endColumn": max(end.column - 1, start.column)}
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    shown = ",".join(f"{key}={escape_property(str(value))}" for key, value in properties.items())
    level = LEVELS.get(diagnostic.severity, "notice")
    return f"::{level} {shown}::{escape_data(_message(diagnostic))}"


def _message(diagnostic: Diagnostic) -> str:
    help_ = f"\nhelp: {diagnostic.help}" if diagnostic.help else ""
    return f"{diagnostic.message}{help_}"


def escape_data(text: str) -> str:
    """A message as a command can hold it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """A property's value as a command can hold it."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")
