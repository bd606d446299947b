"""The page on budgets shows the files of its folder."""

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "first-budget"
PAGE = (DOCS / "testing" / "budgets.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("fence", "file"),
    [("flow", "quote.flow.yaml"), ("flowtest", "tests/quote.flowtest.yaml")],
)
def test_the_files_are_the_ones_that_are_shown(fence: str, file: str) -> None:
    assert f"```yaml {fence} {file}\n{(FOLDER / file).read_text('utf-8')}```\n" in PAGE
