"""The results of `flow test` as text, JSON, JUnit XML and annotations of GitHub."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from flow_cli.files import read_lossless
from flow_cli.report import Report, count
from flow_cli.reporters import github, junit
from flow_core.diagnostics import Diagnostic
from flow_core.excerpt import Source
from flow_core.finding_text import named_files
from flow_core.printable import escape, shown_name
from flow_testing.cases import CaseResult, FileResult, Order


class Results(msgspec.Struct, frozen=True):
    """What came of a run. ``stopped`` tells that it ended with its first failure."""

    files: tuple[FileResult, ...]
    order: Order
    stopped: bool = False
    seconds: float = 0

    @property
    def failed(self) -> int:
        """How many scenarios failed, and files that have none."""
        return sum(each.failed for each in self.files)

    @property
    def passed(self) -> int:
        """How many scenarios passed."""
        return sum(case.passed for each in self.files for case in each.cases)

    @property
    def not_run(self) -> int:
        """How many were not tried at all."""
        return sum(bool(case.not_run) for each in self.files for case in each.cases)

    def name(self, file: str) -> str:
        """A file's name as people see it."""
        return shown_name(file, self.order.base)


def render(report: Results, format_: str) -> str:
    """A report in the format of that name."""
    formats = {"text": _text, "json": _json, "junit": _junit, "github": _github}
    return formats[format_](report)


# Text


def _text(report: Results) -> str:
    lines = [_file_line(each, report) for each in report.files]
    parts = ["".join(f"{line}\n" for line in lines)]
    for each in report.files:
        parts += _details(each, report)
    return "\n".join([*parts, f"{_summary(report)}\n"])


def _file_line(found: FileResult, report: Results) -> str:
    return f"{escape(report.name(found.file))}: {_counts(found, report)}"


def _counts(found: FileResult, report: Results) -> str:
    passed = sum(case.passed for case in found.cases)
    return _numbers(passed, found.failed, report)


def _numbers(passed: int, failed: int, report: Results) -> str:
    parts = [f"{passed} passed"] if passed or not failed else []
    paint = report.order.paint
    if failed:
        parts.append(paint(f"{failed} failed", "error"))
    return ", ".join(parts) if failed else paint(parts[0], "help")


def _details(found: FileResult, report: Results) -> Iterator[str]:
    """What people have to read of a file: failures, and timelines where they are wanted.

    What keeps several scenarios from running in the same way is told once.
    """
    name = report.name(found.file)
    if found.problems:
        yield f"{_title('FAILED', name, report)}\n{found.told}"
    told: dict[str, list[CaseResult]] = {}
    for case in found.cases:
        if not case.passed and not case.timeline:
            told.setdefault(case.told, []).append(case)
        elif case.timeline:
            word = "PASSED" if case.passed else "FAILED"
            text = "\n".join(part for part in (case.told, case.timeline) if part)
            yield f"{_title(word, f'{name}::{case.name}', report)}\n{text}"
    for text, cases in told.items():
        titles = (_title("FAILED", f"{name}::{case.name}", report) for case in cases)
        yield "".join(f"{title}\n" for title in titles) + text


def _title(word: str, name: str, report: Results) -> str:
    style = "error" if word == "FAILED" else "help"
    return f"{report.order.paint(word, style)} {report.order.paint(escape(name), 'bold')}"


def _summary(report: Results) -> str:
    files = count(len(report.files), "file")
    stopped = ", stopped at the first failure" if report.stopped else ""
    time = f"({report.seconds * 1000:.0f} ms)"
    return f"{_numbers(report.passed, report.failed, report)} in {files}{stopped} {time}"


# JSON


def _json(report: Results) -> str:
    sources = _sources(report)
    data = {
        "version": 1,
        "passed": report.passed,
        "failed": report.failed,
        "not_run": report.not_run,
        "stopped": report.stopped,
        "seconds": round(report.seconds, 3),
        "files": [_file_data(each, report, sources) for each in report.files],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _file_data(found: FileResult, report: Results, sources: dict[str, Source]) -> dict[str, Any]:
    return {
        "file": report.name(found.file),
        "problems": [_failure_data(each, report, sources) for each in found.problems],
        "scenarios": [_case_data(case, found.file, report, sources) for case in found.cases],
    }


def _case_data(
    case: CaseResult, file: str, report: Results, sources: dict[str, Source]
) -> dict[str, Any]:
    return {
        "name": case.name,
        "line": sources[file].position(case.span.start).line,
        "passed": None if case.not_run else case.passed,
        "status": case.status or None,
        "reason": case.not_run or None,
        "elapsed": case.elapsed,
        "cost": case.cost,
        "seconds": round(case.seconds, 6),
        "failures": [_failure_data(each, report, sources) for each in case.failures],
        "timeline": case.timeline,
    }


def _failure_data(found: Diagnostic, report: Results, sources: dict[str, Source]) -> dict[str, Any]:
    at = sources[found.file].position(found.span.start)
    return {
        "file": report.name(found.file),
        "line": at.line,
        "column": at.column,
        "code": found.code,
        "message": found.message,
        "help": found.help,
    }


# JUnit and GitHub


def _junit(report: Results) -> str:
    """A suite for each file, a case for each scenario."""
    root = ET.Element("testsuites", name="flow test", time=f"{report.seconds:.3f}", errors="0")
    root.set("tests", str(report.passed + report.failed + report.not_run))
    root.set("failures", str(report.failed))
    sources = _sources(report)
    root.extend(_suite(each, report, sources) for each in report.files)
    return junit.document(root)


def _suite(found: FileResult, report: Results, sources: dict[str, Source]) -> ET.Element:
    name = junit.clean(report.name(found.file))
    tests = len(found.cases) + bool(found.problems)
    seconds = sum(case.seconds for case in found.cases)
    suite = ET.Element("testsuite", name=name, tests=str(tests), failures=str(found.failed))
    skipped = str(sum(bool(case.not_run) for case in found.cases))
    suite.attrib |= {"errors": "0", "skipped": skipped, "time": f"{seconds:.3f}"}
    if found.problems:
        case = ET.SubElement(suite, "testcase", classname=name, name="scenarios", time="0")
        _add_failure(case, found.problems, found.told)
    for each in found.cases:
        case = ET.SubElement(suite, "testcase", classname=name, name=junit.clean(each.name))
        line = sources[found.file].position(each.span.start).line
        case.attrib |= {"time": f"{each.seconds:.3f}", "file": name, "line": str(line)}
        if each.not_run:
            ET.SubElement(case, "skipped", message=junit.clean(each.not_run))
        elif not each.passed:
            _add_failure(case, each.failures, f"{each.told}\n{each.timeline}")
    return suite


def _add_failure(case: ET.Element, found: tuple[Diagnostic, ...], text: str) -> None:
    message = junit.clean(found[0].message)
    ET.SubElement(case, "failure", type="failure", message=message).text = junit.clean(text)


def _github(report: Results) -> str:
    """A command for each failure, which shows it beside its line."""
    found = tuple(_failures(report))
    files = tuple(each.file for each in report.files)
    return github.render(Report(files, found, _sources(report), report.order.base))


def _failures(report: Results) -> Iterator[Diagnostic]:
    for each in report.files:
        yield from each.problems
        for case in each.cases:
            yield from case.failures


def _sources(report: Results) -> dict[str, Source]:
    """The texts of all files that are named."""
    files = {*named_files(_failures(report)), *(each.file for each in report.files)}
    return {file: Source(read_lossless(file) or "") for file in sorted(files)}
