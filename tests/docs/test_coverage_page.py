"""The page on coverage: its picture, and what it shows in Python."""

import doctest
import shutil
import sys
from pathlib import Path

import pytest

from flow_cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "testing" / "coverage.md"
PICTURE = ROOT / "docs" / "pictures" / "parcel-coverage.svg"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the page's folder, to be in."""
    shutil.copytree(ROOT / "docs" / "first-dry-run", tmp_path / "p")
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def flow(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(sys, "argv", ["flow", *command.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0


def test_the_picture_is_that_of_the_commands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flow(monkeypatch, "test parcel.flowtest.yaml --cov-report json")
    painted = "visualize parcel.flow.yaml --overlay coverage --coverage flow-coverage.json"
    flow(monkeypatch, f"{painted} -o c.svg")
    assert (folder / "c.svg").read_text("utf-8") == PICTURE.read_text("utf-8")
    assert f"flow {painted} " in PAGE.read_text("utf-8")


def test_python() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False)
    assert results.attempted >= 5
    assert not results.failed
