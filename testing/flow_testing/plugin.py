"""The pytest plugin: hooks and fixtures that import nothing until a test needs them.

pytest loads this module in every run of every project that Flow is installed for, and before it
measures coverage, so that what is imported here is paid for by all and measured by none.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_SCENARIO_FILES = (".flowtest.yaml", ".flowtest.yml", ".flowtest.json")


def pytest_addoption(parser: "pytest.Parser") -> None:
    """Add the options of coverage."""
    group = parser.getgroup("flow", "pipelines of Flow")
    group.addoption(
        "--flow-cov",
        action="append",
        nargs="?",
        const="",
        default=[],
        metavar="WHAT",
        help="Measure what tests cover of pipelines: all of the project, or kinds (`transitions`) "
        "and paths, with commas between them.",
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


def pytest_collect_file(file_path: Path, parent: "pytest.Collector") -> "pytest.Collector | None":
    """Collect the scenarios of a file, where it has the name of such a file."""
    if not file_path.name.endswith(_SCENARIO_FILES):
        return None
    from flow_testing.items import scenario_file

    return scenario_file(file_path, parent)
