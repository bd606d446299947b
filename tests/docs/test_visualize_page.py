"""The pictures that the page on pictures shows are those that its commands draw."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from flow_cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "visualize.md").read_text("utf-8")
WRITTEN = re.findall(r"^```console\n\$ (flow visualize .*) -o (\S+)\n```$", PAGE, re.MULTILINE)


@pytest.fixture(name="output_of")
def output_of_(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, Path], str]:
    def run(command: str, folder: Path) -> str:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.argv", command.split())
        with pytest.raises(SystemExit) as exit_:
            main()
        assert exit_.value.code == 0
        return capsys.readouterr().out

    return run


def test_there_are_examples() -> None:
    assert len(WRITTEN) == 2


@pytest.mark.parametrize(("command", "file"), WRITTEN)
def test_pictures(command: str, file: str, output_of: Callable[[str, Path], str]) -> None:
    assert output_of(command, ROOT) == (ROOT / file).read_text("utf-8")
