"""The Python of the documentation runs, and prints what it says."""

import doctest
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("page", "folder", "examples"), [("python.md", "", 4), ("dry-run.md", "first-dry-run", 5)]
)
def test_examples(
    page: str, folder: str, examples: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if folder:
        shutil.copytree(DOCS / folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    tried = 0
    for block in BLOCK.findall((DOCS / page).read_text("utf-8")):
        if not block.startswith(">>>"):
            exec(compile(block, page, "exec"), names)  # noqa: S102 - our own page
            continue
        test = doctest.DocTestParser().get_doctest(block, names, page, page, 0)
        result = doctest.DocTestRunner(verbose=False).run(test, clear_globs=False)
        assert result.failed == 0
        tried += result.attempted
    assert tried >= examples
