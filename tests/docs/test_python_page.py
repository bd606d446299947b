"""The examples of the page on Python run, and print what they say."""

import doctest
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    tried = 0
    for block in BLOCKS:
        if not block.startswith(">>>"):
            exec(compile(block, str(PAGE), "exec"), names)  # noqa: S102 - our own page
            continue
        test = doctest.DocTestParser().get_doctest(block, names, PAGE.name, str(PAGE), 0)
        result = doctest.DocTestRunner(verbose=False).run(test, clear_globs=False)
        assert result.failed == 0
        tried += result.attempted
    assert tried >= 4
