"""What valid texts mean, judged by another reader of YAML 1.2."""

import io
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from flow_core.places import Place
from flow_core.syntax import data, parse
from flow_core.syntax.resolve import resolve

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


def oracle(text: str) -> Any:
    """The data that ruamel.yaml reads."""
    return YAML(typ="safe", pure=True).load(text)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_json_means_what_json_means(value: Any) -> None:
    text = json.dumps(value, indent=1)
    document = parse(text, "json")
    assert not document.problems
    assert data(document.root) == value


# No colons or question marks: ruamel.yaml leaves some unquoted in brackets that need quotes there.
PLAIN = st.text("abno- 1#'\"é\n,{", max_size=6)
YAML_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(st.text("abno 1#é", min_size=1, max_size=6), YAML_DATA, min_size=1, max_size=4)
)
@settings(max_examples=100, deadline=None)
def test_written_yaml_means_what_it_was_written_from(value: dict[str, Any]) -> None:
    stream = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.width = 10_000  # libyaml refuses a key that is folded
    writer.dump(value, stream)
    document = parse(stream.getvalue(), "yaml")
    assert not document.problems
    assert data(document.root) == oracle(stream.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "yes",
        "True",
        "TRUE",
        "tRUE",
        "~",
        "null",
        "Null",
        "nULL",
        "0o17",
        "017",
        "0x1F",
        "1_000",
        "1e3",
        "-1.5E-3",
        ".5",
        "5.",
        "+7",
        "-0",
        "1:30",
        "2024-01-01",
        ".inf",
        "-.INF",
        "a",
        "0b1",
        "1.10",
        "12e03",
        "+.inf",
        "1.2.3",
        ".",
        "-",
        "+",
        "0x",
        "0o8",
        "1 2",
        "e5",
        "=",
        "é",
    ],
)
def test_plain_scalars_resolve_as_in_the_core_schema(text: str) -> None:
    core = {"2024-01-01": "2024-01-01", "1_000": "1_000", "=": "=", "0b1": "0b1", "-0": 0}
    expected = (
        core[text] if text in core else oracle(f"a: {text}" if text != "-" else "a: '-'")["a"]
    )
    found = resolve(text)
    assert found == expected
    assert type(found) is type(expected)


def test_nan_is_a_number() -> None:
    found = resolve(".nan")
    assert isinstance(found, float)
    assert math.isnan(found)


def test_merge_keys_give_way_to_keys_beside_them() -> None:
    text = "x-a: &a {k: 1, l: 2}\nx-b: &b {l: 3, m: 4}\nz:\n  <<: [*a, *b]\n  k: 0\n"
    document = parse(text, "yaml")
    assert data(document.get(("z",))) == {"k": 0, "l": 2, "m": 4}
    span = document.locate(Place(("z", "m"), "entry"))
    assert text[span.start : span.end] == "m: 4"


def test_merge_keys_are_keys_in_json() -> None:
    assert data(parse('{"<<": {"a": 1}}', "json").root) == {"<<": {"a": 1}}


@pytest.mark.parametrize(
    "text", ["a: \x85b", "a: 'x\u2028  y'", "a: |\n  x\u2028y\n", "a: x\u2029"]
)
def test_line_separators_of_yaml_1_1_are_text(text: str) -> None:
    value = data(parse(text, "yaml").root)
    assert isinstance(value, dict)
    assert set("\x85\u2028\u2029") & set(str(value["a"]))


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        ('a: "b"  # c\n', "value", '"b"'),
        ("a: &x b\n", "value", "b"),
        ("a: !!str 1\n", "value", "1"),
        ("a:\nb: 1\n", "value", ""),
        ("a:  # c\n", "entry", "a:"),
        ("\ufeffa: \U0001f600\n", "value", "\U0001f600"),
        ("a: |  # c\n  x\n\n  y\n\nb: 1\n", "value", "|  # c\n  x\n\n  y"),
        ("a:\n  - 1\n  - x: 2\nb: 1\n", "value", "- 1\n  - x: 2"),
        ('"a" : 1\n', "key", '"a"'),
        ("a: {b: , c}\n", "value", "{b: , c}"),
    ],
)
def test_ranges_are_exact(text: str, part: Any, source: str) -> None:
    span = parse(text, "yaml").locate(Place(("a",), part))
    assert text[span.start : span.end] == source


def test_ranges_within_a_scalar_are_those_of_its_source() -> None:
    text = "steps:\n  a:\n    when: >-\n      ${{ one\n      && two }}\n"
    document = parse(text, "yaml")
    decoded = document.get(("steps", "a", "when")).text  # type: ignore[union-attr]
    at = decoded.index("two")
    span = document.locate(Place(("steps", "a", "when"), "value", at, at + 3))
    assert text[span.start : span.end] == "two"
    assert document.lines.position(span.start) == (4, 9)


def test_comments_are_found_between_scalars_only() -> None:
    text = (
        "# one\na: 'x # no'  # two\nb: |  # three\n  # no\nsteps:\n  # four\n  c: a#no\n  # five\n"
    )
    comments = parse(text, "yaml").comments
    assert [comment.text for comment in comments] == [
        "# one",
        "# two",
        "# three",
        "# four",
        "# five",
    ]
    assert all(text[c.span.start : c.span.end] == c.text for c in comments)


@pytest.mark.parametrize(
    ("marked", "path", "part"),
    [
        ("a: 1\nste$ps:\n  b: 1\n", ("steps",), "key"),
        ("steps:\n  b:\n    us$es: x\n", ("steps", "b", "uses"), "key"),
        ("steps:\n  b:\n    uses: x$\n", ("steps", "b", "uses"), "value"),
        ("steps:\n  b:\n    uses: x\n    $\n  c: 1\n", ("steps", "b"), "value"),
        ("steps:\n  b:\n    uses: x\n  $\n  c: 1\n", ("steps",), "value"),
        ("steps:\n  b:\n    uses: $\n", ("steps", "b", "uses"), "value"),
        ("a:\n  - 1\n  - x: $2\n", ("a", 1, "x"), "value"),
        ("a: {b: 1, c: [1, $2]}\n", ("a", "c", 1), "value"),
        ("a:\n  - x: 1\n    $\n  - y: 2\n", ("a", 0), "value"),
        ("a:\n  - x: 1\n  $\n", ("a",), "value"),
        ("a: 1\nste$ps", ("steps",), "key"),
        ("a: 1\nsteps\n$", (), "value"),
        ("steps:\n  a:\n    uses: x\n$", (), "value"),
        ("steps:\n  a:\n    uses: x\n $", ("steps",), "value"),
        ("steps:\n  a: {}\n  b$\n  c: {}\n", ("steps", "b"), "key"),
    ],
)
def test_an_offset_leads_to_a_path(marked: str, path: Any, part: str) -> None:
    at = marked.index("$")
    assert parse(marked.replace("$", ""), "yaml").at(at) == (path, part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {b: :c}\n", {"a": {"b": ":c"}}),
        ("a: [::b, :c]\n", {"a": ["::b", ":c"]}),
        ('a: {"b"::c}\n', {"a": {"b": ":c"}}),
        ("a: {?b: c, d: ?e}\n", {"a": {"?b": "c", "d": "?e"}}),
        ('a: {"b"\n  : c, d # why\n  : e}\n', {"a": {"b": "c", "d": "e"}}),
        ("a: 1\n \t\nb: 2\n", {"a": 1, "b": 2}),
        ("a:\n-\tb\n-\t- c\n", None),
        ("a:\n-\tb\n", {"a": ["b"]}),
        ("a: |\n  \tb\nc: 1\n", {"a": "\tb\n", "c": 1}),
        ("a: |\n\tb\n", None),
        ("a: [\n  b\n]\n", {"a": ["b"]}),
        ("a: [\n\t\n  b]\n", {"a": ["b"]}),
    ],
)
def test_what_libyaml_alone_reads_otherwise(text: str, expected: Any) -> None:
    document = parse(text, "yaml")
    if expected is None:
        assert {problem.kind for problem in document.problems} == {"tab-indentation"}
    else:
        assert not document.problems
        assert data(document.root) == expected
