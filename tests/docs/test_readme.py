"""The README's first screen: the broken file is a real one, and the output is the exact one."""

import re
from pathlib import Path

import pytest

from flow_cli.main import main

ROOT = Path(__file__).parents[2]
FIRST_LOOK = ROOT / "docs" / "first-look"
README = (ROOT / "README.md").read_text("utf-8")
TIME = re.compile(r"\(\d+ ms\)")


def block(info: str) -> str:
    """The text of the first block with this fence."""
    found = re.search(rf"^```{info}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found is not None, info
    return found[1]


def test_the_broken_file_is_the_one_that_is_shown() -> None:
    assert block("yaml broken") == (FIRST_LOOK / "checkout.flow.yaml").read_text("utf-8")


def test_the_output_is_the_exact_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FIRST_LOOK)
    command, _, expected = block("console output").partition("\n")
    arguments = command.removeprefix("$ ").split()
    monkeypatch.setattr("sys.argv", [*arguments, "--no-cache"])
    with pytest.raises(SystemExit) as exit_:
        main()
    shown = TIME.sub("(… ms)", capsys.readouterr().out)
    assert shown == TIME.sub("(… ms)", expected)
    assert exit_.value.code == 1


def test_commands_of_the_readme_exist() -> None:
    from flow_cli.commands import COMMANDS

    named = set(re.findall(r"`flow (\w+)", README))
    assert named == set(COMMANDS)
