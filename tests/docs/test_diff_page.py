"""The review on the page about reviews is the one that the command gives."""

import re
from pathlib import Path

import pytest

from flow_cli.main import main

PAGE = (Path(__file__).parents[2] / "docs" / "diff.md").read_text("utf-8")


def block(info: str) -> str:
    """The text of the block with this fence."""
    found = re.search(rf"^```{re.escape(info)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, info
    return found[1]


def test_the_review_is_the_exact_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("before.flow.yaml", "after.flow.yaml"):
        (tmp_path / name).write_text(block(f"yaml flow {name}"))
    command, _, expected = block("console diff").partition("\n")
    monkeypatch.setattr("sys.argv", command.removeprefix("$ ").split())
    with pytest.raises(SystemExit) as exit_:
        main()
    assert capsys.readouterr().out == expected
    assert exit_.value.code == 1
