"""Scenarios as tests of pytest: a file of them is collected like a module, each is an item."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import (  # pytest offers no other way to say where a failure is
    ExceptionChainRepr,
    ReprEntryNative,
    ReprFileLocation,
    ReprTraceback,
    TerminalRepr,
)

from flow_core.printable import escape
from flow_core.settings import SettingsError
from flow_core.simulate.scenarios import NamedScenario, ScenarioResult, Suite
from flow_testing.failures import failure_text, findings_text
from flow_testing.recording import record
from flow_testing.suites import Suites
from flow_testing.updating import update_file

_SUITES = pytest.StashKey[Suites]()


class ScenarioError(Exception):
    """A scenario did not go as it expects; the result says how."""

    def __init__(self, result: ScenarioResult) -> None:
        super().__init__("; ".join(each.message for each in result.failures))
        self.result = result


def scenario_file(path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """The collector of a file; None where its project excludes the file and nobody named it."""
    if not parent.session.isinitpath(path) and _is_excluded(path, parent.config):
        return None
    return ScenarioFile.from_parent(  # pyright: ignore[reportUnknownMemberType] -- it is not typed
        parent, path=path
    )


def _is_excluded(path: Path, config: pytest.Config) -> bool:
    try:
        return not _suites(config).folders.wants(os.path.normpath(path), str(config.rootpath))
    except SettingsError:  # told when the file is collected
        return False


def _suites(config: pytest.Config) -> Suites:
    """The suites of a run of pytest."""
    return config.stash.setdefault(_SUITES, Suites())


class ScenarioFile(pytest.File):
    """A file of scenarios."""

    def collect(self) -> Iterable["ScenarioItem"]:
        """Its scenarios, in the order of the file.

        Raises:
            pytest.Collector.CollectError: it has none, and the message says why.
        """
        suite = self._suite()
        if suite.problems:
            text = findings_text(suite.problems, suite.module, str(Path.cwd()))
            raise self.CollectError(text.rstrip())
        for scenario in suite.scenarios:
            yield ScenarioItem.from_parent(  # pyright: ignore[reportUnknownMemberType] -- not typed
                self, name=escape(scenario.name), suite=suite, scenario=scenario
            )

    def _suite(self) -> Suite:
        try:
            suite = _suites(self.config).suite(os.path.normpath(self.path))
        except SettingsError as error:
            raise self.CollectError(str(error)) from None
        if suite is None:
            raise self.CollectError(f"`{self.path.name}` can't be read")
        return suite


class ScenarioItem(pytest.Item):
    """One scenario: a run in virtual time, held against what it expects."""

    def __init__(self, *, suite: Suite, scenario: NamedScenario, **more: Any) -> None:
        super().__init__(**more)  # pyright: ignore[reportUnknownMemberType] -- it is not typed
        self.funcargs: dict[str, Any] = {}  # pytest-lsp takes it that every item has some
        self.suite = suite
        self.scenario = scenario

    def runtest(self) -> None:
        """Run it.

        Raises:
            ScenarioError: it did not go as it expects, or can't run.
        """
        result = self.suite.run(self.scenario.name, watch=record)
        if not result.passed and self.config.getoption("flow_update", default=False):
            result = self._update(result)
        if not result.passed:
            raise ScenarioError(result)

    def _update(self, result: ScenarioResult) -> ScenarioResult:
        """Let the file expect what happened; the result is that of another try."""
        if hasattr(self.config, "workerinput"):
            pytest.fail(
                "several processes would write one file: update without `-n`", pytrace=False
            )
        try:
            after = update_file(result, self.suite)
        except OSError as error:
            why = error.strerror or "it can't be changed"
            pytest.fail(f"cannot write `{self.path.name}`: {why}", pytrace=False)
        if after is not result:
            self.user_properties.append(("flow_updated", self.nodeid))
        return after

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | TerminalRepr:
        """What went otherwise than expected, at the lines of the file, and the timeline."""
        if isinstance(excinfo.value, ScenarioError):
            return self._shown(excinfo.value.result)
        return super().repr_failure(excinfo, style)

    def _shown(self, result: ScenarioResult) -> TerminalRepr:
        """The failure as pytest shows, summarises and sends those of Python."""
        first, module = result.failures[0], self.suite.module
        home = module.project.module(first.file) or module
        line = home.document.lines.line(first.span.start) + 1
        text = failure_text(result, module, str(Path.cwd()))
        shown = ReprTraceback([ReprEntryNative([text])], None, "native")
        where = ReprFileLocation(os.path.relpath(home.file), line, escape(first.message))
        return ExceptionChainRepr([(shown, where, None)])

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, the line of the name counted from 0, and the name."""
        line = self.suite.module.document.lines.line(self.scenario.span.start)
        return self.path, line, self.name
