"""The README's first screen shows a real file, and it names every command."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST_LOOK = ROOT / "docs" / "first-look"
README = (ROOT / "README.md").read_text("utf-8")


def block(info: str) -> str:
    """The text of the first block with this fence."""
    found = re.search(rf"^```{info}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found is not None, info
    return found[1]


def test_the_broken_file_is_the_one_that_is_shown() -> None:
    assert block("yaml broken") == (FIRST_LOOK / "checkout.flow.yaml").read_text("utf-8")


def test_commands_of_the_readme_exist() -> None:
    from flow_cli.commands import COMMANDS

    named = set(re.findall(r"`flow ([\w-]+)", README))
    assert named == set(COMMANDS)
