"""A newcomer who does what the page on tests says sees what it shows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "first-test"
PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+) *([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOOK = re.compile(r"\(\d+(?:\.\d+)? m?s\)")
BLOCKS = FENCE.findall(PAGE)
DOCS = ROOT / "docs"
PROJECTS = [
    *(DOCS / f"first-{name}" for name in ("test", "budget", "dry-run", "sweep/before")),
    *(DOCS / "examples" / name for name in ("etl", "multi-flow", "order-processing")),
]
"""Where the pages send readers, with a clone around it."""


def with_step(pipeline: str, name: str, text: str) -> str:
    """A pipeline with another text of a step, its last."""
    return re.sub(rf"^  {name}:\n.*?(?=^\S)", text + "\n", pipeline, flags=re.MULTILINE | re.DOTALL)


def test_what_the_page_shows_is_what_the_folder_has() -> None:
    texts = [text for _, _, text in BLOCKS]
    assert (FOLDER / "signup.flow.yaml").read_text("utf-8") in texts
    assert (FOLDER / "tests" / "signup.flowtest.yaml").read_text("utf-8") in texts


def test_a_newcomer_sees_what_the_page_shows(tmp_path: Path) -> None:
    folder = tmp_path / "first-test"
    shutil.copytree(FOLDER, folder)
    done: list[str] = []
    for language, info, text in BLOCKS:
        if info.startswith("fragment step "):
            name = info.removeprefix("fragment step ")
            pipeline = folder / "signup.flow.yaml"
            changed = with_step(pipeline.read_text("utf-8"), name, text)
            assert changed != pipeline.read_text("utf-8")
            pipeline.write_text(changed, "utf-8")
        elif language == "python":
            (folder / info).write_text(text, "utf-8")
        elif info.startswith("output"):
            command, _, output = text.partition("\n")
            shown, code = said(folder, "flow_cli", command.removeprefix("$ flow "))
            assert TOOK.sub("", shown) == TOOK.sub("", output)
            assert code == int(info.removeprefix("output").strip() or 0)
            done.append(command)
        elif text.startswith("$ pytest"):
            summary = text.splitlines()[-1]
            shown, _ = said(folder, "pytest", "-q -p no:cacheprovider -p no:randomly")
            assert summary.partition(" in ")[0] in shown
            done.append("pytest")
    assert done[:3] == ["$ flow test", "$ flow test", "pytest"]


def said(folder: Path, module: str, arguments: str) -> tuple[str, int]:
    """What a command prints, and its exit code."""
    command = [sys.executable, "-m", module, *arguments.split()]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own page
    return done.stdout + done.stderr, done.returncode


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
def test_pytest_takes_each_folder_of_the_pages_for_a_project_of_its_own(folder: Path) -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own folders
    assert done.returncode in (0, 5), done.stdout + done.stderr  # 5: it has no tests yet
    assert "docs/" not in done.stdout
