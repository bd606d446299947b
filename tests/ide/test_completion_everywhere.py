"""Completion holds everywhere in every text: it offers what can be written there."""

import random
import re
from pathlib import Path

import pytest
from accepting import accept
from example_texts import EXAMPLES, HARD
from marked import module

from flow_core.analysis.resolve import SUFFIXES
from flow_core.convert import to_json
from flow_core.discovery import walk
from flow_core.ide.completion import Neighbour, Neighbours, complete, documentation, neighbour
from flow_core.ide.completion.neighbours import python_files
from flow_core.ide.cursor import Cursor
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import load
from flow_core.syntax import parse

FILES = sorted(EXAMPLES.rglob("*.flow*.*"))
SAMPLES = sorted((Path(__file__).parents[1] / "rules").glob("*.md"))
BLOCK = re.compile(r"^```ya?ml[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
STRIDE = 11
"""Between the places that are tried; where a file is tried from depends on its name."""

CUT = 61
MOST = 200


def project_of(file: Path) -> Project:
    """The project of an example or a broken twin."""
    return Project(load(next(folder for folder in file.parents if (folder / "flow.toml").exists())))


def neighbours(project: Project) -> list[Neighbour]:
    """All that a project's files offer."""
    root = project.settings.root
    found = (neighbour(project, file) for file in (*walk(root, SUFFIXES), *python_files(root)))
    return [each for each in found if each is not None]


def check_at(found: Module, offset: int, around: Neighbours = tuple) -> None:
    """Items replace what is around the cursor, on its line."""
    text = found.document.text
    start = text.rfind("\n", 0, offset) + 1
    end = min([at for at in (text.find("\n", offset),) if at >= 0], default=len(text))
    completions = complete(Cursor(found, offset), neighbours=around)
    assert len(completions.items) <= MOST
    for item in completions.items:
        assert start <= item.span.start <= offset <= item.span.end <= end
    labels = [item.label for item in completions.items]
    assert len(labels) == len(set(labels))
    orders = [item.sort for item in completions.items]
    assert orders == sorted(orders)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_everywhere_in_the_examples(file: Path) -> None:
    project = project_of(file)
    found = project.module(str(file))
    known = neighbours(project)
    assert found is not None
    for offset in range(len(file.name) % STRIDE, len(found.document.text) + 1, STRIDE):
        check_at(found, offset, lambda: known)


@pytest.mark.parametrize("name", HARD)
def test_everywhere_in_what_is_unusual(name: str) -> None:
    found = module(HARD[name], name=name)
    for offset in range(len(found.document.text) + 1):
        check_at(found, offset)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_at_the_end_of_half_a_text(file: Path) -> None:
    text, project = file.read_text("utf-8"), project_of(file)
    for end in range(len(file.name) % CUT, len(text), CUT):
        check_at(project.add(str(file), text[:end]), end)


def blocks() -> list[tuple[str, str]]:
    """The blocks of YAML on the rules' pages, by page and number."""
    return [
        (f"{page.stem}-{number}", block)
        for page in SAMPLES
        for number, block in enumerate(BLOCK.findall(page.read_text("utf-8")))
    ]


@pytest.mark.parametrize("stem", [page.stem for page in SAMPLES])
def test_everywhere_in_the_samples_of_rules(stem: str) -> None:
    for name, text in blocks():
        if name.rpartition("-")[0] == stem:
            kind = "flowtest" if text.startswith("flow_test") else "flow"
            found = module(text, name=f"a.{kind}.yaml")
            for offset in range(len(name) % STRIDE, len(text) + 1, STRIDE):
                check_at(found, offset)


def check_accepted(found: Module, offset: int, around: Neighbours, chance: random.Random) -> None:
    """A few of the items, accepted with all their places left as they are, break nothing.

    A value of JSON that is still to be written is no fault.
    """
    completions = complete(Cursor(found, offset), neighbours=around)
    text, kind = found.document.text, found.document.kind
    for item in chance.sample(completions.items, min(3, len(completions.items))):
        written, _ = accept(text, item, completions)
        faults = {problem.kind for problem in parse(written, kind).problems}
        assert faults <= {"missing-value"}, f"{item.label!r} at {offset}\n{written}"
        documentation(Cursor(found, offset), item.data)


@pytest.mark.parametrize("kind", ["yaml", "json"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_what_is_accepted_breaks_nothing(file: Path, kind: str) -> None:
    project, text = project_of(file), file.read_text("utf-8")
    name = str(file)
    if project.add(name, text).document.problems:
        pytest.skip("the example is broken on purpose")
    if kind == "json" and file.suffix != ".json":
        name, text = name.removesuffix(file.suffix) + ".json", to_json(text)
    found = project.add(name, text)
    known = neighbours(project)
    chance = random.Random(file.name)  # noqa: S311 -- the same places each time
    for _ in range(25):
        offset = chance.randrange(len(text) + 1)
        check_accepted(found, offset, lambda: known, chance)
