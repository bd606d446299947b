"""What sweeps of faults have found, for people."""

from collections.abc import Iterator

from flow_cli.report import count
from flow_cli.testing_report import Results
from flow_core.printable import escape
from flow_testing.cases import FileResult


def text(results: Results) -> str:
    """The report: a line for each pipeline, then each finding with the run that shows it."""
    lines = [
        f"{escape(results.name(each.file))}: {_found(each, results)}" for each in results.files
    ]
    parts = ["".join(f"{line}\n" for line in lines)]
    for each in results.files:
        parts += _details(each)
    findings = sum(_findings(each) for each in results.files)
    pipelines = count(len(results.files), "pipeline")
    told = f"{_findings_text(findings, results)} in {pipelines} ({results.seconds * 1000:.0f} ms)\n"
    return "\n".join([*parts, told])


def _findings(found: FileResult) -> int:
    return len(found.problems) + sum(len(case.failures) for case in found.cases)


def _found(found: FileResult, results: Results) -> str:
    """``318 runs in 2 worlds, no findings``."""
    if found.problems:
        return results.order.paint("can't be run", "error")
    swept, *_ = found.cases
    return f"{swept.name}, {_findings_text(_findings(found), results)}"


def _findings_text(number: int, results: Results) -> str:
    paint = results.order.paint
    return paint(count(number, "finding"), "error") if number else paint("no findings", "help")


def _details(found: FileResult) -> Iterator[str]:
    if found.problems:
        yield found.told
    for case in found.cases:
        if not case.passed:
            yield "\n".join(part for part in (case.told, case.timeline) if part)
