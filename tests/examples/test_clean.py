"""The examples are free of findings, whatever rules there are by default."""

from pathlib import Path

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import load

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILES = [
    path.relative_to(EXAMPLES).as_posix()
    for path in sorted(EXAMPLES.rglob("*.flow*.*"))
    if "broken" not in path.parts
]


def test_no_example_is_left_out() -> None:
    assert len(FILES) == 16
    assert {Path(file).parts[0] for file in FILES} == {"etl", "multi-flow", "order-processing"}


@pytest.mark.parametrize("file", FILES)
def test_it_is_free_of_findings(file: str) -> None:
    module = Project(load((EXAMPLES / file).parent)).module(str(EXAMPLES / file))
    assert module is not None
    assert check(module) == ()
