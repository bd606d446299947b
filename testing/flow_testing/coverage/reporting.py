"""Reports of what was collected: written to their files, shown on the terminal, held to a limit."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from flow_core.coverage import Sums, add_up
from flow_core.settings import SettingsError
from flow_testing.coverage.collect import Collector, pipelines, projects_of
from flow_testing.coverage.options import Report, Wanted


class ReportError(Exception):
    """There can be no report; the message says why."""


Show = Callable[[str], object]
"""Shows lines of text."""


def report(collector: Collector, wanted: Wanted, show: Show, tests: Iterable[str] = ()) -> bool:
    """Make all reports that are wanted; whether as much is covered as was asked for.

    The projects of the files ``tests`` count beside those in which something was run.

    Raises:
        ReportError: a report can't be written, or not all pipelines can be found.
    """
    try:
        paths = wanted.paths or projects_of((*collector.files, *tests), collector.root)
        sums = add_up(pipelines(paths), collector.coverage, collector.root, wanted.kinds)
        for each in wanted.reports or (Report("term"),):
            _one(each, sums, collector, show)
    except SettingsError as error:
        raise ReportError(str(error)) from error
    except OSError as error:
        where = f"`{error.filename}`: " if error.filename else ""
        raise ReportError(f"{where}{error.strerror}") from error
    return _is_enough(sums, wanted.fail_under, show)


def _one(report: Report, sums: Sums, collector: Collector, show: Show) -> None:
    if report.format.startswith("term"):
        from flow_testing.coverage.terminal import terminal_report

        show(terminal_report(sums, missing=report.format == "term-missing"))
        return
    if report.format == "html":
        from flow_testing.coverage.html import write_html

        file = write_html(sums, Path(report.target))
    else:
        file = Path(report.target)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_text(report, sums, collector), encoding="utf-8")
    show(f"flow coverage: {report.format} written to {_short(file, collector.root)}\n")


def _text(report: Report, sums: Sums, collector: Collector) -> str:
    match report.format:
        case "xml":
            from flow_testing.coverage.cobertura import cobertura_report

            return cobertura_report(sums, collector.root, int(time.time() * 1000))
        case "lcov":
            from flow_testing.coverage.lcov import lcov_report

            return lcov_report(sums)
        case _:
            from flow_testing.coverage.data import json_report

            folder = str(Path(report.target).parent)
            return json_report(sums, collector.coverage.moved(collector.root, folder))


def _short(file: Path, root: str) -> str:
    return str(file.relative_to(root)) if file.is_relative_to(root) else str(file)


def _is_enough(sums: Sums, least: float | None, show: Show) -> bool:
    reached = sums.count.percent
    if not sums.count.total:
        show("flow coverage: nothing to cover was found\n")
        return least is None
    if least is None or reached >= least:
        return True
    show(f"flow coverage: {reached:.1f}% is covered, and at least {least:g}% is asked for\n")
    return False
