"""The commands that rewrite texts, on real files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Flow = Callable[..., Any]
UNTIDY = (
    "flow:   1\nname: 'demo' # why\nsteps: {a: {uses: std.log, with: {message: '${{ run.id }}'}}}\n"
)
TIDY = """\
flow: 1
name: demo  # why
steps:
  a:
    uses: std.log
    with:
      message: ${{ run.id }}
"""


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    file = tmp_path / "a.flow.yaml"
    file.write_text(UNTIDY)
    return file


def test_format_check_and_diff_only_tell(flow: Flow, untidy: Path) -> None:
    assert flow("format", "--check").code == 1
    done = flow("format", "--diff", untidy.name)
    assert (done.code, untidy.read_text()) == (1, UNTIDY)
    assert "-flow:   1\n" in done.out
    assert "+flow: 1\n" in done.out


def test_format_writes_once(flow: Flow, untidy: Path) -> None:
    assert flow("format").code == 0
    assert untidy.read_text() == TIDY
    assert flow("format", "--check").code == 0
    assert flow("format", "-", stdin=UNTIDY).out == TIDY


def test_convert_tells_of_lost_comments(flow: Flow, untidy: Path, tmp_path: Path) -> None:
    done = flow("convert", untidy.name, "--output", "a.flow.json")
    assert done.code == 0
    assert "1 comment dropped: JSON holds none\n" in done.err
    text = (tmp_path / "a.flow.json").read_text()
    assert json.loads(text)["steps"]["a"]["uses"] == "std.log"
    assert flow("convert", "a.flow.json").out == TIDY.replace("  # why", "")


def test_convert_tells_where_it_cannot(flow: Flow) -> None:
    done = flow("convert", "-", "--to", "json", stdin="a: 1\nb: .inf\n")
    assert done.code == 2
    assert "line 2: JSON has no number for `.inf`" in done.err


def test_migrate_says_what_it_does_not_know(flow: Flow, untidy: Path) -> None:
    assert flow("migrate", "--check").code == 0
    done = flow("migrate", "--to", "2", untidy.name)
    assert done.code == 2
    assert done.err == ("error: there is no version 2 of the language\nhelp: the newest is 1\n")
