"""JSON for programs: a documented, versioned model.

Lines and columns count from 1, in code points, as offsets do from 0; ends are exclusive. A change
that could break a reader raises ``version``; new keys may appear within a version.
"""

import json
from collections import Counter
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from flow_cli.report import Report
from flow_core.diagnostics import Diagnostic, Fix, Safety, Severity
from flow_core.places import Span

Level: TypeAlias = Literal["error", "warning", "info", "hint"]

SEVERITIES: dict[Severity, Level] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
    Severity.HINT: "hint",
}


class Model(BaseModel):
    """The base of the model's parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(Model):
    """A position in a file."""

    line: int = Field(ge=1)
    column: int = Field(ge=1)
    offset: int = Field(ge=0)


class Location(Model):
    """A range of a file."""

    file: str = Field(description="relative to the working folder, or absolute when outside of it")
    start: Point
    end: Point


class Related(Model):
    """Where else to look, and why."""

    location: Location
    message: str


class TextEdit(Model):
    """Replace the range by ``text``."""

    location: Location
    text: str


class SuggestedFix(Model):
    """A mend. ``safe`` and ``unsafe`` ones can be applied, ``display`` ones are only shown."""

    title: str
    safety: Safety
    edits: list[TextEdit]


class Finding(Model):
    """One finding."""

    code: str
    name: str
    severity: Level
    message: str
    location: Location
    help: str
    tags: list[str]
    related: list[Related]
    fix: SuggestedFix | None


class RuleCount(Model):
    """How often a rule was broken."""

    code: str
    name: str
    count: int


class Summary(Model):
    """How the run went; ``failed`` tells that the exit code is 1."""

    files: int
    errors: int
    warnings: int
    infos: int
    hints: int
    fixable: int
    fixed: int
    failed: bool
    rules: list[RuleCount]


class Output(Model):
    """What `flow validate --format json` writes."""

    version: Literal[1] = 1
    diagnostics: list[Finding]
    summary: Summary


def render(report: Report) -> str:
    """The report as a JSON document."""
    found = [_finding(each, report) for each in report.diagnostics]
    output = Output(diagnostics=found, summary=_summary(report))
    # Not model_dump_json: a file name that is no UTF-8 has lone surrogates, which that refuses.
    return json.dumps(output.model_dump(), indent=2) + "\n"


def _finding(diagnostic: Diagnostic, report: Report) -> Finding:
    return Finding(
        code=diagnostic.code,
        name=diagnostic.name,
        severity=SEVERITIES[diagnostic.severity],
        message=diagnostic.message,
        location=_location(diagnostic.file, diagnostic.span, report),
        help=diagnostic.help,
        tags=list(diagnostic.tags),
        related=[
            Related(location=_location(note.file, note.span, report), message=note.message)
            for note in diagnostic.notes
        ],
        fix=_fix(diagnostic.fix, report),
    )


def _fix(fix: Fix | None, report: Report) -> SuggestedFix | None:
    if fix is None:
        return None
    edits = [
        TextEdit(location=_location(edit.file, edit.span, report), text=edit.text)
        for edit in fix.edits
    ]
    return SuggestedFix(title=fix.title, safety=fix.safety, edits=edits)


def _location(file: str, span: Span, report: Report) -> Location:
    start, end = report.sources[file].range(span)
    return Location(
        file=report.name(file),
        start=Point(line=start.line, column=start.column, offset=span.start),
        end=Point(line=end.line, column=end.column, offset=span.end),
    )


def _summary(report: Report) -> Summary:
    counts = report.counts
    rules = Counter((each.code, each.name) for each in report.diagnostics)
    return Summary(
        files=len(report.files),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        hints=counts[Severity.HINT],
        fixable=report.fixable,
        fixed=report.fixed,
        failed=report.failed,
        rules=[
            RuleCount(code=code, name=name, count=count)
            for (code, name), count in sorted(rules.items())
        ],
    )
