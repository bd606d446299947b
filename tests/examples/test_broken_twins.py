"""The broken twins list their mistakes; the checker finds each at its line, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from flow_core.check import check
from flow_core.diagnostics import Severity
from flow_core.project import Project
from flow_core.settings import load

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PROJECTS = ["etl", "multi-flow", "order-processing"]
ENTRY = re.compile(r"(?P<file>[^:]+):(?P<line>\d+)  (?P<code>FL\d{3})  (?P<words>.+)")
MARK = "# wrong: "


class Mistake(msgspec.Struct, frozen=True, order=True):
    """An entry of `expected.txt`: a file, a line of it from 1, the rule, what is wrong."""

    file: str
    line: int
    code: str
    words: str


def listed(twin: Path) -> list[Mistake]:
    lines = (twin / "expected.txt").read_text("utf-8").splitlines()
    entries = [ENTRY.fullmatch(line) for line in lines]
    assert all(entries), "an entry is `path:line  FLnnn  words`"
    return [Mistake(e["file"], int(e["line"]), e["code"], e["words"]) for e in entries if e]


def found(twin: Path) -> Iterator[tuple[str, int, str]]:
    """File, line and code of each error and warning in a twin."""
    project = Project(load(twin))
    for path in sorted(twin.rglob("*.flow*.*")):
        module = project.module(str(path))
        assert module is not None
        for diagnostic in check(module):
            if diagnostic.severity <= Severity.WARNING:
                line, _ = module.document.lines.position(diagnostic.span.start)
                yield path.relative_to(twin).as_posix(), line + 1, diagnostic.code


@pytest.mark.parametrize("project", PROJECTS)
def test_the_checker_finds_each_mistake_at_its_line_and_nothing_else(project: str) -> None:
    twin = EXAMPLES / project / "broken"
    expected = [(entry.file, entry.line, entry.code) for entry in listed(twin)]
    assert sorted(found(twin)) == sorted(expected)


@pytest.mark.parametrize("project", PROJECTS)
def test_the_list_is_in_the_order_of_the_text(project: str) -> None:
    entries = listed(EXAMPLES / project / "broken")
    assert entries == sorted(entries)


@pytest.mark.parametrize("project", PROJECTS)
def test_every_mark_is_listed_and_every_listed_line_is_marked(project: str) -> None:
    twin = EXAMPLES / project / "broken"
    marked = {
        (path.relative_to(twin).as_posix(), number, line.partition(MARK)[2])
        for path in twin.rglob("*.yaml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if MARK in line
    }
    assert len(marked) >= 12
    entries = [entry for entry in listed(twin) if entry.file.endswith(".yaml")]
    assert {(entry.file, entry.line, entry.words) for entry in entries} == marked


@pytest.mark.parametrize("project", PROJECTS)
def test_a_twin_has_the_files_of_its_original_and_other_text_where_listed(project: str) -> None:
    original, twin = EXAMPLES / project, EXAMPLES / project / "broken"
    wrong = {entry.file for entry in listed(twin)}
    assert wrong
    for path in sorted(twin.rglob("*.*")):
        name = path.relative_to(twin).as_posix()
        if name.endswith((".yaml", ".json")):
            same = path.read_text() == (original / name).read_text()
            assert same == (name not in wrong), name
