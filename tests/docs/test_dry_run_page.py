"""The page on dry runs shows the files that it speaks of, and names every key of the report."""

import re
from pathlib import Path

import pytest

from flow_core.simulate import simulate
from flow_core.simulate.report import run_data

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "first-dry-run"
PAGE = (DOCS / "dry-run.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("fence", "file"),
    [("flow", "parcel.flow.yaml"), ("flowtest", "parcel.flowtest.yaml")],
)
def test_the_files_are_the_ones_that_are_shown(fence: str, file: str) -> None:
    assert f"```yaml {fence} {file}\n{(FOLDER / file).read_text('utf-8')}```\n" in PAGE


def named(heading: str) -> set[str]:
    """The keys in the first column of the table with this heading."""
    table = PAGE.partition(f"| {heading} | value |\n")[2].partition("\n\n")[0]
    return {key for row in table.splitlines() for key in re.findall("`(.*?)`", row.split("|")[1])}


def test_every_key_of_the_report_is_named() -> None:
    run = simulate(FOLDER / "parcel.flow.yaml", {"address": "Kiel"})
    data = run_data(run, show_data=True)
    assert named("key") == data.keys()
    lines = [line.keys() - {"outputs"} for line in data["steps"]]
    assert all(line == named("key of a line") for line in lines)
