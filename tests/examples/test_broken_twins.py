"""The broken twins list their mistakes; the list and the marks in the files are the same."""

import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PROJECTS = ["etl", "multi-flow", "order-processing"]
ENTRY = re.compile(r"(?P<file>[^:]+):(?P<line>\d+)  (?P<words>.+)")


def listed(twin: Path) -> set[tuple[str, int, str]]:
    entries = map(ENTRY.fullmatch, (twin / "expected.txt").read_text().splitlines())
    return {(e["file"], int(e["line"]), e["words"]) for e in entries if e}


@pytest.mark.parametrize("project", PROJECTS)
def test_every_mark_is_listed_and_every_listed_line_is_marked(project: str) -> None:
    twin = EXAMPLES / project / "broken"
    marked = {
        (path.relative_to(twin).as_posix(), number, line.partition("# wrong: ")[2])
        for path in twin.rglob("*.yaml")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "# wrong: " in line
    }
    assert len(marked) >= 12
    assert {entry for entry in listed(twin) if entry[0].endswith(".yaml")} == marked


@pytest.mark.parametrize("project", PROJECTS)
def test_a_twin_has_the_files_of_its_original_and_other_text_where_listed(project: str) -> None:
    original, twin = EXAMPLES / project, EXAMPLES / project / "broken"
    wrong = {file for file, _, _ in listed(twin)}
    assert wrong
    for path in sorted(twin.rglob("*.*")):
        name = path.relative_to(twin).as_posix()
        if name.endswith((".yaml", ".json")):
            same = path.read_text() == (original / name).read_text()
            assert same == (name not in wrong), name
