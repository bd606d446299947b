"""The commands of the documentation print what it says: each `console output` block is run.

After the words `console output` a fence may have an exit code, else 0 is expected. The blocks of a
page are run in order, in copies of the folders that `PLACES` names. What is shown is standard
output, then standard error, but for times of the real clock and the figures of `flow bench`.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from flow_cli.main import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PLACES = {
    "README.md": ["first-look", "examples/order-processing"],
    "docs/dry-run.md": ["first-dry-run"],
    "docs/testing/budgets.md": ["first-budget"],
    "docs/testing/components.md": ["examples/order-processing"],
    "docs/testing/coverage.md": ["first-dry-run"],
    "docs/testing/properties.md": ["first-sweep/before", "first-sweep/after"],
    "docs/testing/scenarios.md": ["first-test"],
    "docs/visualize.md": ["first-look"],
}
"""The folders in which the blocks of a page are run, one for each; the last for all others."""

BLOCK = re.compile(
    r"^```console output *(\d*)\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
TIME = re.compile(r"\(\d+ ms\)")
FIGURE = re.compile(r" *±?\d[\d.,]*(?:us|ms|s| KiB| B|%)?(?= |$)", re.MULTILINE)


class Block(msgspec.Struct, frozen=True):
    """A command and what it prints."""

    command: str
    output: str
    code: int


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page."""
    for code, text in BLOCK.findall(page.read_text("utf-8")):
        command, _, output = text.partition("\n")
        assert command.startswith("$ flow ")
        yield Block(command.removeprefix("$ flow "), output, int(code or 0))


@pytest.mark.parametrize("page", PLACES)
def test_commands_print_what_the_page_says(
    page: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in PLACES[page]:
        shutil.copytree(DOCS / name, tmp_path / name)
    found = list(blocks(ROOT / page))
    assert len(found) >= len(PLACES[page])
    for number, block in enumerate(found):
        monkeypatch.chdir(tmp_path / PLACES[page][min(number, len(PLACES[page]) - 1)])
        code = run(block.command, monkeypatch)
        shown = capsys.readouterr()
        assert steady(shown.out + shown.err, block) == steady(block.output, block)
        assert code == block.code, block.command


def steady(output: str, block: Block) -> str:
    """What is the same on every machine."""
    if block.command.startswith("bench "):
        output = re.sub(" +", " ", FIGURE.sub(" …", output))
    return TIME.sub("(… ms)", output)


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command as a shell would, and return its exit code."""
    import shlex

    words = shlex.split(command)
    cached = ["--no-cache"] if words[0] == "validate" else []
    monkeypatch.setattr("sys.argv", ["flow", *words, *cached])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def test_no_page_is_left_out() -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    with_blocks = {p.relative_to(ROOT).as_posix() for p in pages if BLOCK.search(p.read_text())}
    examples = {f"docs/examples/{name}/README.md" for name in EXAMPLES}
    assert with_blocks == PLACES.keys() | examples | {ELSEWHERE}


EXAMPLES = ["etl", "multi-flow", "order-processing"]
"""Their pages leave parts out, see `test_example_pages`."""
ELSEWHERE = "docs/testing.md"
"""Its commands come between changes of files, see `test_first_test_page`."""
