"""Splitting strings into text and expressions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.expr.template import Hole, has_expression, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("plain", ["plain"]),
        ("${{ a }}", [" a "]),
        ("x ${{ a }} y ${{b}}", ["x ", " a ", " y ", "b"]),
        ("${{a}}${{b}}", ["a", "b"]),
        ("$${{ a }}", ["${{ a }}"]),
        ("$${{ ${{ a }}", ["${{ ", " a "]),
        ("$$${{ a }}", ["$${{ a }}"]),
        ("${{ {'a': {'b': 1}} }}", [" {'a': {'b': 1}} "]),
        ("${{ {'a': {'b': 1}}}}", [" {'a': {'b': 1}}"]),
        ("${{ '}}' + \"}}\" }}!", [" '}}' + \"}}\" ", "!"]),
        ("${{ '\\'}}' }}", [" '\\'}}' "]),
        ("${{ r'\\' }}", [" r'\\' "]),
        ("${{ '''}}'}}''' }}", [" '''}}'}}''' "]),
        ("${{ 10 }} }}", [" 10 ", " }}"]),
        ("${ a }", ["${ a }"]),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    template = split(text)
    shown = [part.source if isinstance(part, Hole) else part for part in template.parts]
    assert shown == parts
    assert not template.problems


def test_unclosed() -> None:
    template = split("a ${{ b")
    assert template.parts == ("a ", Hole(" b", 5))
    assert [(one.kind, one.start, one.end) for one in template.problems] == [
        ("unclosed-expression", 2, 7)
    ]


def test_closed_by_a_single_brace() -> None:
    template = split("a ${{ {'b': 1} } c")
    assert template.parts == ("a ", Hole(" {'b': 1} ", 5), " c")
    assert [(one.kind, one.start, one.end, one.suggestion) for one in template.problems] == [
        ("unclosed-expression", 15, 16, "}}")
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("${{ a }}", True),
        ("  ${{ a }}\n", True),
        ("${{ a }}.", False),
        ("${{ a }} ${{ b }}", False),
        ("$${{ a }}", False),
        ("a", False),
    ],
)
def test_whole(text: str, whole: bool) -> None:  # noqa: FBT001 - data
    assert (split(text).whole is not None) is whole


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(["${{", "}}", "$", "{", "}", "'", '"', "\\", "a", " ", "r'"])))
def test_holes_stand_where_they_say(pieces: list[str]) -> None:
    text = "".join(pieces)
    template = split(text)
    holes = [part for part in template.parts if isinstance(part, Hole)]
    assert has_expression(text) or not holes
    assert len(template.problems) <= len(holes)
    for hole in holes:
        assert text[hole.start : hole.end] == hole.source
        assert text[hole.start - 3 : hole.start] == "${{"
