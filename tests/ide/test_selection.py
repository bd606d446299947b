"""Growing a selection, step by step."""

from itertools import pairwise

import pytest
from example_texts import Text, name_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.ide.selection import selection
from flow_core.syntax import Document, parse

MARK = "‸"
TEXTS = texts()

# A text with the cursor, and what is selected as it grows; the whole text comes last.
CASES = [
    pytest.param(
        "steps:\n  a:\n    when: ${{ size(inputs.na‸me) > 1 }}\n",
        [
            "name",
            "inputs.name",
            "size(inputs.name)",
            "size(inputs.name) > 1",
            "${{ size(inputs.name) > 1 }}",
            "when: ${{ size(inputs.name) > 1 }}",
            "a:\n    when: ${{ size(inputs.name) > 1 }}",
            "steps:\n  a:\n    when: ${{ size(inputs.name) > 1 }}",
        ],
        id="in an expression",
    ),
    pytest.param(
        "a: {b: 'x ‸y', c: 1}",
        ["y", "x y", "'x y'", "b: 'x y'", "{b: 'x y', c: 1}", "a: {b: 'x y', c: 1}"],
        id="in quotes",
    ),
    pytest.param("a:\n- b\n- ‸c\n", ["c", "- c", "- b\n- c", "a:\n- b\n- c"], id="an item"),
    pytest.param("a: 1\n‸b: 2\n", ["b", "b: 2", "a: 1\nb: 2"], id="a key"),
    pytest.param("a: 1 # so it ‸is\nb: 2", ["is", "# so it is"], id="a comment"),
    pytest.param("a: >\n  one ‸two\n", ["two", ">\n  one two", "a: >\n  one two"], id="a text"),
    pytest.param("a: 1\n\n‸\n", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_selection_grows(text: str, expected: list[str]) -> None:
    offset = text.index(MARK)
    text = text.replace(MARK, "")
    found = [text[span.start : span.end] for span in selection(parse(text, "yaml"), offset)]
    assert found == list(dict.fromkeys([*expected, text]))


def test_selection_grows_in_json() -> None:
    text = '{"a": ["${{ x.y }}"]}'
    found = selection(parse(text, "json"), text.index("y"))
    assert [text[span.start : span.end] for span in found] == [
        "y",
        "x.y",
        "${{ x.y }}",
        '"${{ x.y }}"',
        '["${{ x.y }}"]',
        '"a": ["${{ x.y }}"]',
        '{"a": ["${{ x.y }}"]}',
    ]


def check(document: Document, offset: int) -> None:
    spans = selection(document, offset)
    for inner, outer in pairwise(spans):
        assert outer.start <= inner.start <= inner.end <= outer.end
        assert inner != outer
    for span in spans:
        assert 0 <= span.start <= offset <= span.end <= len(document.text)
    assert not document.text or spans[-1].end - spans[-1].start == len(document.text)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_selections_strictly_grow_at_every_offset(text: Text) -> None:
    document = text.document
    step = max(len(text.text) // 300, 1)
    for offset in range(0, len(text.text) + 1, step):
        check(document, offset)


@given(st.sampled_from(TEXTS), st.floats(0, 1), st.integers(1, 40), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_selections_grow_in_what_is_broken(
    text: Text, place: float, removed: int, where: float
) -> None:
    at = int(place * len(text.text))
    changed = text.text[:at] + text.text[at + removed :]
    check(parse(changed, text.document.kind), int(where * len(changed)))
