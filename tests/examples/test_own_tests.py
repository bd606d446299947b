"""The examples' own tests of their components pass, where a reader would run them."""

import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize("project", ["etl", "multi-flow", "order-processing"])
def test_they_pass(project: str, pytester: pytest.Pytester) -> None:
    ignored = shutil.ignore_patterns("broken", "__pycache__")
    copy = pytester.path / project
    shutil.copytree(EXAMPLES / project, copy, ignore=ignored)
    file = copy / "tests" / "test_components.py"
    result = pytester.runpytest_subprocess("--rootdir", copy, "-p", "no:cacheprovider", file)
    outcomes = result.parseoutcomes()
    assert outcomes.keys() == {"passed"}
    assert outcomes["passed"] >= 5
