"""Formatting some lines: which edits there are, and what holds of all texts."""

import re

import pytest
from example_texts import Text, name_of, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flow_core.ide.formatting.line_diff import line_edits
from flow_core.ide.formatting.ranges import format_edits
from flow_core.syntax import Document, data, parse
from flow_core.syntax.format import format_document
from flow_core.syntax.patch import apply_edits

TEXTS = texts()
BROKEN = next(t for t in TEXTS if "broken" in t.name and t.name.endswith("onboarding.flow.json"))

# A text whose lines to format begin with `>`, and what becomes of it.
CASES = [
    pytest.param("> a:  1\n", "a: 1\n", id="a line"),
    pytest.param("> a:  1\n  b:  1\n", "a: 1\nb:  1\n", id="not the line below"),
    pytest.param(
        "  steps:\n    a:   {uses: x}\n>   b:   {uses: x}\n    c:   {uses: x}\n",
        "steps:\n  a:   {uses: x}\n  b: {uses: x}\n  c:   {uses: x}\n",
        id="a step",
    ),
    pytest.param(
        "  steps:\n    a:\n        uses:   x\n> \n>       with: {n:  1}\n    c:   {uses: x}\n",
        "steps:\n  a:\n    uses: x\n\n    with: {n: 1}\n  c:   {uses: x}\n",
        id="all of a step",
    ),
    pytest.param(
        "  steps:\n      a:   {uses: x}\n>     b:   {uses: x}\n  c: 1\n",
        "steps:\n  a: {uses: x}\n  b: {uses: x}\nc: 1\n",
        id="all steps where they stand too far right",
    ),
    pytest.param(
        "  steps:\n      a: [\n>     b:   {uses: x}\n> c:   1\n",
        "steps:\n    a: [\n    b:   {uses: x}\nc: 1\n",
        id="no step where they stand too far right and one is broken",
    ),
    pytest.param(
        "  steps:\n    a: [\n>   b:   {uses: x}\n>   c\n>   d:   {uses: x}\n",
        "steps:\n  a: [\n  b: {uses: x}\n  c\n  d: {uses: x}\n",
        id="steps among broken ones",
    ),
    pytest.param(
        "  steps:\n    a: 1\n    # flow: ignore[FL203]\n>   b:   {uses: x, with:  {n: "
        + "1" * 90
        + "}}\n",
        "steps:\n  a: 1\n  # flow: ignore[FL203]\n  b: {uses: x, with: {n: " + "1" * 90 + "}}\n",
        id="a line that a comment above keeps in one",
    ),
    pytest.param(
        "> a:   1\n> steps:\n>   b:   1\n    c: [\n",
        "a: 1\nsteps:\n  b: 1\n  c: [\n",
        id="several sections, up to what is broken",
    ),
    pytest.param(
        "  steps:\n>   a:   1  \n>\n>\n>\n>      # why\n    b:   1\n",
        "steps:\n  a: 1\n\n  # why\n  b:   1\n",
        id="the space and the comments behind a step",
    ),
    pytest.param(
        "  steps:\r\n>   a:   1\r\n    b:   1\r\n",
        "steps:\r\n  a: 1\r\n  b:   1\r\n",
        id="lines that end with CRLF",
    ),
    pytest.param(
        "  x: &a 1\n>   y:   *a\n".replace(">   ", "> "), "x: &a 1\ny: *a\n", id="with an anchor"
    ),
]
JSON = [
    pytest.param('  {\n>   "a":1,\n    "b":2\n  }\n', '{\n  "a": 1,\n  "b":2\n}\n', id="an entry"),
    pytest.param(
        '  {"steps": {\n> "a": {"uses":\n> "x"},\n  "b":1\n  }}\n',
        '{"steps": {\n    "a": {\n      "uses": "x"\n    },\n"b":1\n}}\n',
        id="a step",
    ),
    pytest.param(
        '  {\n  "steps": {\n> "a": {"uses":1},\n> "b": {"uses"}\n  },\n> "c":1\n  }\n',
        '{\n"steps": {\n    "a": {"uses": 1},\n"b": {"uses"}\n},\n  "c": 1\n}\n',
        id="where another is broken",
    ),
    pytest.param('> {"a":1, "b":2}', '{"a": 1, "b": 2}\n', id="all"),
    pytest.param('  {"a":1,\n> "b":2, "c":3}', '{"a":1,\n  "b": 2, "c": 3}', id="two on a line"),
]


def marked(text: str) -> tuple[str, int, int]:
    """A text without its marks, and the first and last line that had one."""
    lines = text.splitlines(keepends=True)
    marks = [number for number, line in enumerate(lines) if line[0] == ">"]
    return "".join(line[2:] or line[1:] for line in lines), marks[0], marks[-1]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_format_lines_of_yaml(text: str, expected: str) -> None:
    text, first, last = marked(text)
    assert apply_edits(text, format_edits(parse(text, "yaml"), first, last)) == expected


@pytest.mark.parametrize(("text", "expected"), JSON)
def test_format_lines_of_json(text: str, expected: str) -> None:
    text, first, last = marked(text)
    assert apply_edits(text, format_edits(parse(text, "json"), first, last)) == expected


def messy(text: str, seed: int) -> str:
    """A text that means the same and is not in the style."""
    spaces = re.compile(r"(?<=[\w\"'}\]]): (?=[\w\"'$])")
    found = (0, *(match.end() for match in spaces.finditer(text)))
    for at in sorted(set(found[seed % 3 :: 5]), reverse=True):
        if at:
            text = f"{text[:at]}  {text[at:]}"
    return text.replace("\n\n", "\n\n\n")


def check(document: Document, first: int, last: int) -> None:
    """Formatting some lines keeps the meaning, and is a part of formatting all."""
    edits = format_edits(document, first, last)
    result = apply_edits(document.text, edits)
    after = parse(result, document.kind)
    assert repr(data(after.root)) == repr(data(document.root))
    assert [problem.kind for problem in after.problems] == [p.kind for p in document.problems]
    if not document.problems:
        assert format_document(after) == format_document(document)
    assert [c.text.rstrip() for c in after.comments] == [c.text.rstrip() for c in document.comments]


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_formatting_some_lines_is_a_part_of_formatting_all(text: Text) -> None:
    for seed in range(2):
        document = parse(messy(text.text, seed), text.document.kind)
        last = len(document.lines) - 1
        for first, end in [(0, last), (last // 3, last // 2), (last // 2, last // 2), (last, last)]:
            check(document, first, end)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_formatting_all_part_by_part_is_formatting_all(text: Text) -> None:
    document = parse(messy(text.text, 1), "yaml")
    if text.document.problems or document.problems or text.document.kind == "json":
        return
    for line in range(len(document.lines) - 1, -1, -1):
        edits = format_edits(document, line, line)
        document = parse(apply_edits(document.text, edits), "yaml")
    assert document.text.rstrip("\n") == format_document(document).rstrip("\n")


@given(
    st.sampled_from(TEXTS), st.floats(0, 1), st.integers(0, 30), st.floats(0, 1), st.integers(0, 30)
)
@settings(max_examples=150, deadline=None)
@example(BROKEN, 0.625, 13, 0.625, 0)
def test_formatting_what_is_broken_keeps_what_it_says(
    text: Text, place: float, removed: int, where: float, count: int
) -> None:
    at = int(place * len(text.text))
    changed = messy(text.text, 2)
    document = parse(changed[:at] + changed[at + removed :], text.document.kind)
    first = int(where * len(document.lines))
    check(document, first, first + count)


@given(st.text("a\n \r", max_size=40), st.text("a\n \r", max_size=40), st.integers(0, 9))
def test_edits_between_two_texts_make_one_the_other(old: str, new: str, start: int) -> None:
    before = "#" * start
    assert apply_edits(before + old, line_edits(old, new, start)) == before + new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a:  1\nb\n", "a: 1\nb\n", [(3, 4, "")]),
        ("  a\n  b\n", "a\nb\n", [(0, 2, ""), (4, 6, "")]),
        ("a\nb\n", "a\n\nb\n", [(2, 2, "\n")]),
        ("a", "a", []),
    ],
)
def test_edits_are_small(old: str, new: str, expected: list[tuple[int, int, str]]) -> None:
    found = line_edits(old, new)
    assert [(edit.span.start, edit.span.end, edit.text) for edit in found] == expected
