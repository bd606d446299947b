"""Formatting while typing: the cursor stands where it is when the character has been typed."""

import pytest
from example_texts import Text, name_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import MARK, at, module

from flow_core.ide.formatting.typing import TRIGGERS, on_type
from flow_core.syntax.patch import apply_edits

# A text with the cursor, and what becomes of it.
NEWLINES = [
    pytest.param("steps:\n‸", "steps:\n  ", id="below a key"),
    pytest.param("steps:\n  a:\n  ‸", "steps:\n  a:\n    ", id="below a step's name"),
    pytest.param("steps:\n  a: # why\n‸", "steps:\n  a: # why\n    ", id="behind a comment"),
    pytest.param(
        "steps:\n  a:\n    uses: x\n‸", "steps:\n  a:\n    uses: x\n    ", id="a key more"
    ),
    pytest.param("description: |-\n‸", "description: |-\n  ", id="below a text's header"),
    pytest.param("description: |-\n  one\n    ‸", "description: |-\n  one\n    ", id="in a text"),
    pytest.param("a:\n  - b\n  ‸", "a:\n  - b\n  - ", id="an item more"),
    pytest.param("a:\n  - b\n  - \n    ‸", "a:\n  - b\n", id="the end of a list"),
    pytest.param(
        "s:\n  a:\n    l:\n      -\n      ‸\n", "s:\n  a:\n    l:\n    \n", id="of one inside"
    ),
    pytest.param("a:\n  - when: x\n  ‸", "a:\n  - when: x\n    ", id="a key more in an item"),
    pytest.param("a:\n  - with:\n  ‸", "a:\n  - with:\n      ", id="below a key in an item"),
    pytest.param(
        "steps:\n  a:\n    switch:\n‸", "steps:\n  a:\n    switch:\n      - ", id="a first branch"
    ),
    pytest.param("secrets:\n‸", "secrets:\n  - ", id="a first secret"),
    pytest.param("x:\n  secrets:\n‸", "x:\n  secrets:\n    ", id="no secret"),
    pytest.param(
        "steps:\n  a:\n    depends_on:\n‸",
        "steps:\n  a:\n    depends_on:\n      ",
        id="what may be a list or a map",
    ),
    pytest.param("a: {b: 1,\n  ‸\n}", "a: {b: 1,\n  \n}", id="in braces"),
    pytest.param("a: [1,\n ‸", "a: [1,\n ", id="in brackets that do not close"),
    pytest.param("a: 'one\n ‸", "a: 'one\n ", id="in quotes that do not close"),
    pytest.param("a: {b: 1}\n  ‸", "a: {b: 1}\n", id="behind braces"),
    pytest.param("a: ${{ {'b': [\n  ‸", "a: ${{ {'b': [\n  ", id="in an expression"),
    pytest.param("a: 1\n‸b: 2", "a: 1\nb: 2", id="before something"),
    pytest.param("\n  ‸", "\n  ", id="below nothing"),
    pytest.param("a:\r\n‸\r\nb: 1", "a:\r\n  \r\nb: 1", id="with CRLF"),
    pytest.param("‸", "", id="in nothing"),
]
DASHES = [
    pytest.param("a:\n  - when: x\n    -‸", "a:\n  - when: x\n  -", id="an item more"),
    pytest.param(
        "a:\n  - when: x\n    with:\n      y: 1\n    -‸",
        "a:\n  - when: x\n    with:\n      y: 1\n  -",
        id="behind what is deeper",
    ),
    pytest.param("a:\n  - b\n\n  -‸", "a:\n  - b\n\n  -", id="where it belongs"),
    pytest.param("a:\n-‸", "a:\n  -", id="below its key"),
    pytest.param("a:\n    -‸", "a:\n    -", id="anywhere else"),
    pytest.param("a:\n  - b\n    - c -‸", "a:\n  - b\n    - c -", id="not alone"),
    pytest.param("- a\n-‸", "- a\n-", id="at the margin"),
]
BRACES = [
    pytest.param("a: ${{‸", "a: ${{ }}", id="open"),
    pytest.param("a: ${{‸}}", "a: ${{}}", id="closed by the editor"),
    pytest.param("a: ${{‸}", "a: ${{}}", id="half closed by the editor"),
    pytest.param("a: ${{‸ x }} y", "a: ${{ x }} y", id="closed"),
    pytest.param("a: ${{‸ ${{ y }}", "a: ${{ }} ${{ y }}", id="before another"),
    pytest.param('a: "${{‸"', 'a: "${{ }}"', id="in quotes"),
    pytest.param("a: $${{‸", "a: $${{", id="no expression"),
    pytest.param("a: {{‸", "a: {{", id="braces"),
]
JSON = [
    pytest.param("{\n‸", "{\n  ", id="in braces"),
    pytest.param('{\n  "a": [\n‸\n  ]', '{\n  "a": [\n    \n  ]', id="in brackets"),
    pytest.param('{\n  "a": 1,\n‸', '{\n  "a": 1,\n  ', id="behind a comma"),
]


def typed(text: str, character: str, name: str = "a.flow.yaml") -> str:
    cursor = at(text, name=name)
    edits = on_type(cursor.module, cursor.offset, character)
    return apply_edits(text.replace(MARK, ""), edits)


@pytest.mark.parametrize(("text", "expected"), NEWLINES)
def test_newline(text: str, expected: str) -> None:
    assert typed(text, "\n") == expected


@pytest.mark.parametrize(("text", "expected"), DASHES)
def test_dash(text: str, expected: str) -> None:
    assert typed(text, "-") == expected


@pytest.mark.parametrize(("text", "expected"), BRACES)
def test_braces(text: str, expected: str) -> None:
    assert typed(text, "{") == expected


@pytest.mark.parametrize(("text", "expected"), JSON)
def test_newline_in_json(text: str, expected: str) -> None:
    assert typed(text, "\n", "a.flow.json") == expected


TEXTS = texts()


@given(st.sampled_from(TEXTS), st.floats(0, 1), st.sampled_from(TRIGGERS))
@settings(max_examples=300, deadline=None)
def test_only_space_dashes_and_braces_change(text: Text, place: float, character: str) -> None:
    offset = int(place * len(text.text))
    changed = text.text[:offset] + character + text.text[offset:]
    edits = on_type(module(changed, name=text.name), offset + 1, character)
    result = apply_edits(changed, edits)
    bare = str.maketrans("", "", " \t\r\n-}")
    assert result.translate(bare) == changed.translate(bare)
    assert len(edits) <= 2


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_other_characters_change_nothing(text: Text) -> None:
    assert on_type(module(text.text, name=text.name), 3, "x") == []
