"""Coverage of meaning in pytest, with pytest-xdist too: each worker sends what it collected."""

from typing import Any

import pytest

from flow_core.coverage import Coverage
from flow_testing.coverage.collect import Collector
from flow_testing.coverage.options import NoPipelineError, OptionError, Wanted, wanted
from flow_testing.coverage.reporting import ReportError, report

_SENT = "flow_coverage"


def install(config: pytest.Config) -> None:
    """Collect coverage in this run of pytest, as its options say.

    Raises:
        pytest.UsageError: an option can't be understood.
    """
    option = config.option
    folder, least = str(config.invocation_params.dir), option.flow_cov_fail_under
    try:
        found = wanted(option.flow_cov, option.flow_cov_report, least, folder)
    except NoPipelineError as error:
        hint = (
            f"to run only those tests, put them before the option: `pytest {error.word} --flow-cov`"
        )
        message = f"`--flow-cov={error.word}` chooses no pipeline; {hint}"
        raise pytest.UsageError(message) from None
    except OptionError as error:
        raise pytest.UsageError(f"--flow-cov: {error}") from None
    config.pluginmanager.register(CoveragePlugin(config, found), "flow_coverage")


class CoveragePlugin:
    """Collects in this process, and reports if it is the one that the others send to."""

    def __init__(self, config: pytest.Config, wanted: Wanted) -> None:
        self._output: dict[str, Any] | None = getattr(config, "workeroutput", None)
        self._wanted = wanted
        self._collector = Collector(str(config.rootpath))
        self._text: list[str] = []
        self._collector.start()

    def pytest_unconfigure(self) -> None:
        """Listen no more."""
        self._collector.stop()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker of pytest-xdist has collected; one that crashed sent nothing."""
        sent = getattr(node, "workeroutput", {}).get(_SENT)
        if sent is not None:
            self._collector.add(Coverage.from_json(sent.encode()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was collected, or make the reports; too little of it fails the run."""
        if self._output is not None:
            self._output[_SENT] = self._collector.coverage.to_json().decode()
            return
        try:
            enough = report(self._collector, self._wanted, self._text.append)
        except ReportError as error:
            self._text.append(f"flow coverage: no report: {error}\n")
            enough = False
        if not enough and session.exitstatus in (
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the reports."""
        if self._text:
            terminalreporter.section("flow coverage")
            terminalreporter.write("".join(self._text))
