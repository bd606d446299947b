"""The contracts of components as results like those of scenarios: for people and for programs."""

from collections.abc import Iterable, Iterator

from flow_core.check import span_of
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.excerpt import Source
from flow_core.finding_text import Desk, finding_lines, named_files
from flow_core.places import Place, Span
from flow_core.printable import escape, shown_name
from flow_testing.cases import CaseResult, FileResult, Order
from flow_testing.components.contracts import Found, Report, as_test
from flow_testing.components.declared import Declared


def results(reports: Iterable[Report], order: Order) -> tuple[FileResult, ...]:
    """A result for each file that declares components, with a case for each component."""
    cases: dict[str, list[CaseResult]] = {}
    for report in reports:
        file = report.declared.signature.place.file
        cases.setdefault(file, []).append(_case(report, order))
    return tuple(FileResult(file, tuple(cases[file])) for file in sorted(cases))


def _case(report: Report, order: Order) -> CaseResult:
    declared = report.declared
    failures = tuple(_diagnostic(declared, found) for found in report.found)
    return CaseResult(
        name=declared.name,
        span=_span(declared, declared.signature.place.key()),
        failures=failures,
        told="\n".join(_told(report, failures, order)),
        status=report.status,
        not_run="" if failures else report.reason,
        seconds=report.seconds,
    )


def _diagnostic(declared: Declared, found: Found) -> Diagnostic:
    breach = found.breach
    place = breach.place
    file = place.file or declared.signature.place.file
    message = f"`{declared.name}`: {breach.message}"
    kind = f"contract-{breach.kind}"
    return Diagnostic(file, _span(declared, place), "", kind, Severity.ERROR, message, breach.help)


def _span(declared: Declared, place: Place) -> Span:
    """Where a place is; of a component in a file of its own its name."""
    home = declared.project.module(place.file) if place.path else None
    if home is None:
        return place.span or Span(0, 0)
    return span_of(home, place.key() if place.path[-2:-1] == ("components",) else place)


def _told(report: Report, failures: tuple[Diagnostic, ...], order: Order) -> Iterator[str]:
    """Each failure with the lines that it is about, and the test that shows it."""
    project = report.declared.project
    sources = {file: Source(project.text(file) or "") for file in named_files(failures)}
    desk = Desk(sources, lambda file: shown_name(file, order.base), order.paint)
    for failure, found in zip(failures, report.found, strict=True):
        lines = "".join(f"{line}\n" for line in finding_lines(failure, desk))
        yield lines + escape_lines(_shown(report, found))


def escape_lines(text: str) -> str:
    """A text of several lines without what would do something to a terminal."""
    return "".join(f"{escape(line)}\n" for line in text.splitlines())


def _shown(report: Report, found: Found) -> str:
    if found.inputs is None:
        return ""
    whose = f" that {found.source} shows" if found.source else ""
    many = f"with {found.count} of {report.tried} inputs, first with those{whose}:"
    test = as_test(report.declared, found.inputs)
    return "\n".join(["", many, *(f"    {line}".rstrip() for line in test.splitlines())])
