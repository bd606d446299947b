"""The pytest plugin: hooks and fixtures that import nothing until a test needs them.

pytest loads this module in every run of every project that Flow is installed for, and before it
measures coverage, so that what is imported here is paid for by all and measured by none.
"""

import sys
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flow_testing.api import Flow

_NAME = "flow"
"""How pytest knows this plugin when it is installed."""
_SNAPSHOTS = "__flow_snapshots__"
"""The folders that `snapshots.FOLDER` names."""
_SCENARIO_FILES = (".flowtest.yaml", ".flowtest.yml", ".flowtest.json")


def pytest_plugin_registered(
    plugin: object, plugin_name: str, manager: pytest.PytestPluginManager
) -> None:
    """Be one plugin, though a project also names it: ``-p``, or ``pytest_plugins``."""
    if plugin is sys.modules[__name__]:
        for other in {_NAME, __name__} - {plugin_name}:
            manager.set_blocked(other)


def pytest_addoption(parser: "pytest.Parser") -> None:
    """Add the options of snapshots and coverage."""
    group = parser.getgroup("flow", "pipelines of Flow")
    group.addoption(
        "--flow-update",
        action="store_true",
        help="Let snapshots and the expectations of scenarios become what happens.",
    )
    group.addoption(
        "--flow-cov",
        action="append",
        nargs="?",
        const="",
        default=[],
        metavar="WHAT",
        help="Measure what tests cover of pipelines: all of their projects, or kinds "
        "(`transitions`) and paths, with commas between them; a word after a space is WHAT too.",
    )
    group.addoption(
        "--flow-cov-report",
        action="append",
        default=[],
        metavar="FORMAT[:PATH]",
        help="How to report it: term, term-missing, html, xml (Cobertura), lcov or json; may be "
        "given several times.",
    )
    group.addoption(
        "--flow-cov-fail-under",
        type=float,
        metavar="PERCENT",
        help="Fail if less than this is covered.",
    )


def pytest_configure(config: "pytest.Config") -> None:
    """Collect coverage, if an option asks for it."""
    option = config.option
    if option.flow_cov or option.flow_cov_report or option.flow_cov_fail_under is not None:
        from flow_testing.coverage.hooks import install

        install(config)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave snapshots alone: pytest would look for doctests in what is named `test_*.txt`."""
    return True if collection_path.name == _SNAPSHOTS else None


def pytest_collect_file(file_path: Path, parent: "pytest.Collector") -> "pytest.Collector | None":
    """Collect the scenarios of a file, where it has the name of such a file."""
    if not file_path.name.endswith(_SCENARIO_FILES):
        return None
    from flow_testing.items import scenario_file

    return scenario_file(file_path, parent)


@pytest.fixture
def flow(request: pytest.FixtureRequest) -> "Generator[Flow]":
    """Pipelines under test: `flow("order.flow.yaml", {"order": …}).mock(…).simulate()`."""
    from flow_testing.api import Flow
    from flow_testing.snapshots import Snapshots

    update = bool(request.config.getoption("flow_update"))
    node = request.node
    name = node.nodeid.partition("::")[2]
    snapshots = Snapshots(request.path, name, node.user_properties, update=update)
    made = Flow(request.path.parent, snapshots)
    yield made
    made.close()


def pytest_runtest_setup() -> None:
    """Forget the runs of the test before."""
    recording = sys.modules.get("flow_testing.recording")
    if recording is not None:
        recording.forget()
    keeping = sys.modules.get("flow_testing.keeping")
    if keeping is not None:
        keeping.forget()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what happened in the runs of a test that failed."""
    report = yield
    failed = call.when == "call" and report.failed and isinstance(item, pytest.Function)
    if failed and "flow_testing.recording" in sys.modules:
        from flow_testing.reporting import sections

        report.sections.extend(sections())
    return report


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Tell by how much a duration was missed, where a path parts, and what has the name."""
    if not type(left).__module__.startswith(("flow_testing.", "flow_core.")):
        return None
    from flow_testing.reporting import compared

    return compared(op, left, right)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Tell which scenarios and snapshots were written, and which of these nobody uses any more."""
    stats = terminalreporter.stats
    properties = [each for report in stats.get("passed", ()) for each in report.user_properties]
    updated = [str(value) for name, value in properties if name == "flow_updated"]
    if updated:
        terminalreporter.section("scenarios that expect something else now")
        terminalreporter.write("".join(f"{each}\n" for each in updated))
    used = [str(value) for name, value in properties if name == "flow_snapshot"]
    homes = _homes({each.fspath for each in stats.get("passed", ())}, config.rootpath)
    if not used and not homes:
        return
    from flow_testing.snapshots import summary

    whole = not stats.keys() - {"passed", "", "warnings"} and _all_chosen(config)
    lines = summary(used, homes, whole=whole, update=bool(config.getoption("flow_update")))
    if lines:
        terminalreporter.section("snapshots of pipelines")
        terminalreporter.write("".join(f"{line}\n" for line in lines))


def _homes(files: set[str], root: Path) -> list[Path]:
    """The folders of test files that have snapshots in them."""
    folders = {(root / file).parent for file in files}
    return [each for each in folders if (each / _SNAPSHOTS).is_dir()]


def _all_chosen(config: pytest.Config) -> bool:
    """Whether all tests of each file have run: no option left any out, as far as is known here.

    Where several processes share the tests, this one does not know what they left out.
    """
    option = config.option
    names = ("keyword", "markexpr", "deselect", "lf", "stepwise", "numprocesses")
    chosen = any(getattr(option, name, None) for name in names)
    return not chosen and "::" not in "".join(config.args)
