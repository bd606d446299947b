"""The examples on the pages about tests are tests that pass, run as a reader would run them.

A fence with the name of a file (``python tests/test_order.py``, ``yaml tests/order.flowtest.yaml``)
is that file, from there on down the page. A fence ``console`` that begins with ``$ pytest`` is run
where the page is with its files; each line of it that is no ``…`` has to be printed, in that order,
whatever the times. At the end of the page, all its tests have to pass.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted((DOCS / "testing").glob("*.md"))
FOLDERS: dict[str, str] = {
    "budgets": "first-budget",
    "coverage": "first-dry-run",
    "properties": "first-sweep/after",
    "scenarios": "first-test",
}
"""The folder, below `docs`, in a copy of which a page's files are put."""
USUAL = "examples/order-processing"

FENCE = re.compile(r"^```(\w+) *([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"[\w./-]+\.(?:py|yaml|json|toml|ini|txt)")
TIME = re.compile(r"\d+(?:\.\d+)?s\b(?: \(\d+:\d\d:\d\d\))?")
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly"]


class File(msgspec.Struct, frozen=True):
    """A file that a page shows."""

    name: str
    text: str


class Command(msgspec.Struct, frozen=True):
    """Arguments of pytest, and what a page shows of what it prints."""

    arguments: list[str]
    shown: list[str]


def parts(text: str) -> Iterator[File | Command]:
    """The files and commands of a page, from its top to its end."""
    for language, info, content in FENCE.findall(text):
        words = info.split()
        if language == "console" and content.startswith("$ pytest"):
            command, *shown = content.splitlines()
            yield Command(shlex.split(command)[2:], shown)
        elif words and FILE.fullmatch(words[-1]):
            yield File(words[-1], content)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as on a desk: nobody's `CI`, nobody's options."""
    left_out = {"CI", "BUILD_NUMBER", "COLUMNS"}
    kept = {n: v for n, v in os.environ.items() if n not in left_out and "PYTEST" not in n}
    return subprocess.run(  # noqa: S603 - our own pages
        [*PYTEST, *arguments], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )


def missing(shown: list[str], printed: str) -> str:
    """The first line shown that is not printed where it should be, "" if all are."""
    lines = iter([plain(line) for line in printed.splitlines()])
    for line in shown:
        if line.strip() and line.strip() not in ("…", "..."):
            wanted = plain(line)
            if wanted not in lines:  # goes on from the line that was found last
                return line
    return ""


def plain(line: str) -> str:
    """A line without times and without what fills it up to the width of a terminal."""
    return TIME.sub("…s", re.sub(r"[=_-]{3,}", "", line)).strip()


def follow(text: str, folder: Path) -> str:
    """Do what a page says; tells what goes otherwise, "" if nothing does."""
    tests = 0
    for part in parts(text):
        if isinstance(part, File):
            file = folder / part.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(part.text, "utf-8")
            tests += file.name.startswith("test_") or ".flowtest." in file.name
        else:
            found = run(folder, *part.arguments)
            line = missing(part.shown, found.stdout)
            if line:
                return f"not printed: {line}\n\n{found.stdout}{found.stderr}"
    found = run(folder, "-q")
    return found.stdout + found.stderr if tests and found.returncode else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_are_tests_that_pass(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    ignored = shutil.ignore_patterns(".flow_cache", "__pycache__", "broken")
    shutil.copytree(DOCS / FOLDERS.get(page.stem, USUAL), folder, ignore=ignored)
    text = page.read_text("utf-8")
    told = follow(text, folder)
    if told:
        pytest.fail(told, pytrace=False)
    assert any(isinstance(part, File) for part in parts(text)), "the page shows no test"


def test_folders_are_of_pages_that_are_there() -> None:
    assert FOLDERS.keys() <= {page.stem for page in PAGES}


GOOD = "```python tests/test_it.py\ndef test_it():\n    assert 1\n```\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (GOOD, ""),
        (GOOD.replace("1", "0"), "1 failed"),
        (GOOD + "```console\n$ pytest\n…\n===== 1 passed in 9.99s ====\n```\n", ""),
        (GOOD + "```console\n$ pytest\n2 passed in 9.99s\n```\n", "not printed: 2 passed"),
        (GOOD.replace("1", "0") + "```console\n$ pytest\n1 failed in 1.00s\n```\n" + GOOD, ""),
    ],
)
def test_an_example_that_fails_is_noticed(text: str, wrong: str, tmp_path: Path) -> None:
    told = follow(text, tmp_path)
    assert wrong in told
    assert bool(wrong) == bool(told)
