"""The pytest plugin: hooks and fixtures that import nothing until a test needs them.

pytest loads this module in every run of every project that Flow is installed for, and before it
measures coverage, so that what is imported here is paid for by all and measured by none.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_SCENARIO_FILES = (".flowtest.yaml", ".flowtest.yml", ".flowtest.json")


def pytest_collect_file(file_path: Path, parent: "pytest.Collector") -> "pytest.Collector | None":
    """Collect the scenarios of a file, where it has the name of such a file."""
    if not file_path.name.endswith(_SCENARIO_FILES):
        return None
    from flow_testing.items import scenario_file

    return scenario_file(file_path, parent)
