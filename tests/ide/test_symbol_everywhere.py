"""What holds of the names in every text: they are what they say, and looking anywhere is safe."""

from pathlib import Path

import pytest
from example_texts import EXAMPLES, HARD
from marked import module
from test_everywhere import CUT, FILES, project_of

from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import definition
from flow_core.ide.highlight import highlight
from flow_core.ide.implementation import implementation
from flow_core.ide.occurrences import names_in
from flow_core.ide.references import references
from flow_core.ide.type_definition import type_definition
from flow_core.module import Module


def check_names(found: Module) -> None:
    """Names are apart and in order, and each has the name of what it stands for."""
    text, behind = found.document.text, 0
    for name in names_in(found):
        assert behind <= name.span.start < name.span.end <= len(text)
        behind = name.span.end
        for symbol in (*name.symbols, *name.linked):
            assert symbol.kind == "file" or symbol.name == text[name.span.start : name.span.end]


def check_everywhere(found: Module) -> None:
    """At every offset all functions answer; what they find holds the offset."""
    for offset in range(len(found.document.text) + 1):
        cursor = Cursor(found, offset)
        targets = definition(cursor)
        assert targets is None or targets.origin.start <= offset <= targets.origin.end
        implementation(cursor)
        type_definition(cursor)
        here = highlight(cursor)
        assert not here or any(h.span.start <= offset <= h.span.end for h in here)
        assert len(references(cursor, lambda _: ())) >= len(here)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_in_the_examples(file: Path) -> None:
    found = project_of(file).module(str(file))
    assert found is not None
    check_names(found)
    check_everywhere(found)


@pytest.mark.parametrize("name", HARD)
def test_in_what_is_unusual(name: str) -> None:
    found = module(HARD[name], name=name)
    check_names(found)
    check_everywhere(found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_in_half_a_text(file: Path) -> None:
    text, project = file.read_text("utf-8"), project_of(file)
    for end in range(0, len(text), CUT):
        check_names(project.add(str(file), text[:end]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXAMPLES).as_posix())
def test_nearly_all_names_in_the_examples_are_declared(file: Path) -> None:
    """In the twins with mistakes some are not."""
    found = project_of(file).module(str(file))
    assert found is not None
    lost = [
        name
        for name in names_in(found)
        if definition(Cursor(found, name.span.start)) is None and name.role == "read"
    ]
    assert len(lost) <= (6 if "broken" in file.parts else 0)
