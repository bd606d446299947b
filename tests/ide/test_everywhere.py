"""Features that look at a cursor hold everywhere in every text, however broken."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from example_texts import EXAMPLES, HARD
from marked import module

from flow_core.ide.cursor import Cursor
from flow_core.ide.hints import hints
from flow_core.ide.hover import hover
from flow_core.ide.signature import signature_help
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import Project
from flow_core.settings import load
from flow_core.syntax.patch import apply_edits

NOW = datetime(2026, 11, 20, tzinfo=UTC)
FILES = sorted(EXAMPLES.rglob("*.flow*.*"))
CUT = 61
"""How many characters lie between the places where a text is cut."""


def check_everywhere(found: Module, offsets: range) -> None:
    for offset in offsets:
        cursor = Cursor(found, offset)
        said = hover(cursor, NOW)
        assert said is None or said.span.start <= offset <= said.span.end
        helped = signature_help(cursor)
        assert helped is None or helped.active < len(helped.signatures)


def project_of(file: Path) -> Project:
    """The project of an example or a broken twin."""
    return Project(load(next(folder for folder in file.parents if (folder / "flow.toml").exists())))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_everywhere_in_the_examples(file: Path) -> None:
    found = project_of(file).module(str(file))
    assert found is not None
    check_everywhere(found, range(len(found.document.text) + 1))


@pytest.mark.parametrize("name", HARD)
def test_everywhere_in_what_is_unusual(name: str) -> None:
    found = module(HARD[name], name=name)
    check_everywhere(found, range(len(found.document.text) + 1))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_at_the_end_of_half_a_text(file: Path) -> None:
    text, project = file.read_text("utf-8"), project_of(file)
    for end in range(0, len(text), CUT):
        found = project.add(str(file), text[:end])
        check_everywhere(found, range(max(0, end - 3), end + 1))
        hints(found, Span(max(0, end - CUT), end))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_hints_are_in_the_text_and_can_be_written_down(file: Path) -> None:
    found = project_of(file).module(str(file))
    assert found is not None
    text = found.document.text
    for hint in hints(found, Span(0, len(text))):
        assert "\n" not in hint.label
        assert text[hint.offset - 1].strip(), "a hint stands behind something"
        apply_edits(text, hint.edits)


@pytest.mark.parametrize("name", HARD)
def test_hints_of_what_is_unusual(name: str) -> None:
    found = module(HARD[name], name=name)
    assert all(0 <= hint.offset <= len(HARD[name]) for hint in hints(found, Span(0, 10**6)))
