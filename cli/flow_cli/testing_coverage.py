"""Coverage in `flow test`: what is asked for, and the reports of what all processes collected."""

import os
import sys
from typing import TYPE_CHECKING

from flow_cli.errors import UserError
from flow_cli.options import TestFormat
from flow_cli.terminal import write

if TYPE_CHECKING:
    from flow_cli.testing_report import Results
    from flow_testing.coverage.options import Wanted


def wanted_coverage(only: list[str], reports: list[str], fail_under: float | None) -> "Wanted":
    """What the options ask for.

    Raises:
        UserError: one can't be understood.
    """
    from flow_testing.coverage.options import NoPipelineError, OptionError, wanted

    try:
        return wanted(only, reports, fail_under, os.getcwd())
    except NoPipelineError as error:
        hint = f"to run only those tests: `flow test {error.word} --cov`"
        raise UserError(f"`--cov-only {error.word}` chooses no pipeline", hint) from None
    except OptionError as error:
        raise UserError(str(error)) from None


def report_coverage(results: "Results", wanted: "Wanted", format_: TestFormat) -> bool:
    """Make the reports; whether as much is covered as was asked for.

    Where standard output is for programs, the terminal's reports go to standard error.

    Raises:
        UserError: a report can't be written.
    """
    from flow_testing.coverage.collect import Collector
    from flow_testing.coverage.reporting import ReportError, report

    collector = Collector(results.order.base)
    for each in results.files:
        if each.coverage is not None:
            collector.add(each.coverage)
    stream = sys.stdout if format_ == "text" else sys.stderr
    try:
        tests = [each.file for each in results.files]
        return report(collector, wanted, lambda text: write(f"\n{text}", stream), tests)
    except ReportError as error:
        raise UserError(f"no report of coverage: {error}") from error
