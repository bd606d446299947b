"""What can be folded away, and what holds of all texts."""

import pytest
from example_texts import Text, name_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import module

from flow_core.ide.folding import Fold, folding
from flow_core.module import Module
from flow_core.syntax import Cache, parse

TEXTS = texts()

# A text, and the ranges in it: lines from 0, with the kind of those that have one.
CASES = [
    pytest.param("a:\n  b: 1\nc: 2\n", ["0-1"], id="a mapping"),
    pytest.param("a:\n  b: 1\n\n# no\nc: 2\n", ["0-1"], id="not the space behind it"),
    pytest.param("a:\n- b\n- c: 1\n  d: 2\n", ["0-3", "2-3"], id="a list and its items"),
    pytest.param("a: >\n  one\n  two\nb: 1", ["0-2"], id="a text"),
    pytest.param('a: "one\n  two"\nb: 1', ["0-1"], id="a text in quotes"),
    pytest.param("a: {\n  b: 1,\n  c: 2\n}\n", ["0-2"], id="braces, closed on a line that stays"),
    pytest.param("a: {b: 1,\n  c: 2}\n", [], id="braces closed on their second line"),
    pytest.param("# a\n# b\nc: 1\n", ["0-1 comment"], id="comments"),
    pytest.param("# a\n  # b\nc: 1 # d\n# e\n", [], id="comments that are not one run"),
    pytest.param("a:\n  # one\n  # two\n  b: 1\n", ["0-3", "1-2 comment"], id="comments inside"),
    pytest.param("steps:\n  # one\n  a:\n    uses: b\n  c: {}\nd: 1\n", ["0-4", "2-3"], id="steps"),
    pytest.param("steps:\n\n# none\nd: 1\n", [], id="no steps"),
    pytest.param("x: 1\nsteps:\n  a:\n    b: 1\n", ["1-3", "2-3"], id="steps behind another key"),
    pytest.param(
        "# region x\na: 1\nb: 2\n# endregion\nc: 3", ["0-3 region"], id="a region of some keys"
    ),
    pytest.param(
        "#region\na:\n  # region\n  b: 1\n  # endregion\n#endregion\n",
        ["0-5 region", "1-3", "2-3 region"],
        id="a region in a region",
    ),
    pytest.param(
        "a:\n  # region\n  b: 1\nc: 2\n# endregion\n",
        ["0-2", "1-2 region"],
        id="a region out of a mapping",
    ),
    pytest.param("# endregion\na: 1\n# region\n", [], id="halves of regions"),
]
JSON = [
    pytest.param('{\n  "a": {\n    "b": 1\n  },\n  "c": [\n    1\n  ]\n}\n', ["0-6", "1-2", "4-5"]),
    pytest.param('{"a": {\n  "b": 1},\n "c": 2}', ["0-1"]),
]


def shown(folds: list[Fold]) -> list[str]:
    return [f"{fold.first}-{fold.last} {fold.kind}".strip() for fold in folds]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_folds_of_yaml(text: str, expected: list[str]) -> None:
    assert shown(folding(module(text))) == expected


@pytest.mark.parametrize(("text", "expected"), JSON)
def test_folds_of_json(text: str, expected: list[str]) -> None:
    assert shown(folding(module(text, name="a.flow.json"))) == expected


def check(found: Module) -> None:
    folds, document = folding(found), found.document
    assert folds == sorted(folds)
    around: list[Fold] = []
    for fold in folds:
        assert 0 <= fold.first < fold.last < len(document.lines)
        while around and around[-1].last < fold.first:
            around.pop()
        assert not around or (around[-1].first < fold.first and fold.last <= around[-1].last)
        around.append(fold)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_folds_are_nested_or_apart(text: Text) -> None:
    check(module(text.text, name=text.name))


@given(st.sampled_from(TEXTS), st.floats(0, 1), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_folds_of_what_is_broken_are_too(text: Text, place: float, removed: int) -> None:
    at = int(place * len(text.text))
    check(module(text.text[:at] + text.text[at + removed :], name=text.name))


def test_folds_move_with_what_is_above() -> None:
    cache = Cache()
    known = module("")
    text = "a: 1\nsteps:\n  b:\n    c: 1\n"
    for above, expected in [("", ["1-3", "2-3"]), ("# new\n\n", ["3-5", "4-5"])]:
        found = Module(known.file, parse(above + text, "yaml", cache), known.project)
        assert shown(folding(found)) == expected
