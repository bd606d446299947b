"""Patches: what they write, and that they write nothing else."""

import json
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.diagnostics import Patch, Raw
from flow_core.places import Place
from flow_core.syntax import Mapping, data, parse
from flow_core.syntax.patch import apply_edits, apply_patches
from flow_core.syntax.writing import write_text

YAML = """\
flow: 1  # version
steps:
  # about charge
  charge:
    uses: pay  # why
    with: {a: 1, b: two}
    list:
      - x
      # about y
      - y: 1
        z: 2
    empty:
  other: {}
"""
JSON = '{\n  "flow": 1,\n  "steps": {\n    "a": {"uses": "x"},\n    "b": [1, 2]\n  }\n}\n'
CHARGE = ("steps", "charge")

# the patch, what it removes and what it writes instead
CASES: list[tuple[str, Patch, str, str]] = [
    (YAML, Patch("replace", (*CHARGE, "uses"), "no"), "pay  #", '"no"  #'),
    (YAML, Patch("replace", (*CHARGE, "uses"), Raw("'x'")), "pay  #", "'x'  #"),
    (YAML, Patch("replace", (*CHARGE, "with", "b"), "a, b"), "two", '"a, b"'),
    (YAML, Patch("replace", (*CHARGE, "empty"), 5), "empty:\n", "empty: 5\n"),
    ("a: {b: , c: 1}\n", Patch("replace", ("a", "b"), 5), "b: ,", "b: 5 ,"),
    ("a: {b:, c: 1}\n", Patch("replace", ("a", "b"), "x"), "b:,", "b: x,"),
    (YAML, Patch("replace", (*CHARGE, "list", 1), "w"), "y: 1\n        z: 2", "w"),
    (YAML, Patch("rename", CHARGE, "pay: x"), "charge:", '"pay: x":'),
    (YAML, Patch("delete", (*CHARGE, "uses")), "    uses: pay  # why\n", ""),
    (
        YAML,
        Patch("delete", (*CHARGE, "list", 1)),
        "      # about y\n      - y: 1\n        z: 2\n",
        "",
    ),
    (YAML, Patch("delete", (*CHARGE, "list", 1, "y")), "y: 1\n        z", "z"),
    (YAML, Patch("delete", (*CHARGE, "with", "a")), "a: 1, ", ""),
    (YAML, Patch("delete", (*CHARGE, "with", "b")), ", b: two", ""),
    (YAML, Patch("insert", (*CHARGE, "with", "c"), {"d": [1]}), "two}", "two, c: {d: [1]}}"),
    (
        YAML,
        Patch("insert", (*CHARGE, "retry", "delay"), "1s"),
        "empty:\n",
        "empty:\n    retry:\n      delay: 1s\n",
    ),
    (YAML, Patch("insert", (*CHARGE, "empty", "q"), 1), "empty:\n", "empty:\n      q: 1\n"),
    (YAML, Patch("insert", ("steps", "other", "uses"), "x"), "other: {}", "other:\n    uses: x"),
    (YAML, Patch("insert", (*CHARGE, "list", 0), "w"), "- x", "- w\n      - x"),
    (
        YAML,
        Patch("insert", (*CHARGE, "when"), "${{ a == 'b' }}"),
        "empty:\n",
        "empty:\n    when: ${{ a == 'b' }}\n",
    ),
    (
        YAML,
        Patch("insert", ("name",), "${{ a ? 'b' : c }}"),
        "{}\n",
        "{}\nname: \"${{ a ? 'b' : c }}\"\n",
    ),
    (
        YAML,
        Patch("insert", (*CHARGE, "when"), 1, before=("list", "with")),
        "    with:",
        "    when: 1\n    with:",
    ),
    (
        YAML,
        Patch("insert", ("steps", "a"), 1, before=("charge",)),
        "  # about c",
        "  a: 1\n  # about c",
    ),
    (YAML, Patch("insert", ("name",), 1, before=("x",)), "other: {}\n", "other: {}\nname: 1\n"),
    (
        "a: 1\n\nb: 2\n",
        Patch("insert", ("c", "d"), 3, before=("b",)),
        "\nb:",
        "\nc:\n  d: 3\n\nb:",
    ),
    (JSON, Patch("insert", ("steps", "c"), 1, before=("b",)), '"b":', '"c": 1,\n    "b":'),
    (JSON, Patch("replace", ("steps", "b", 0), {"x": 1}), "[1,", '[{"x": 1},'),
    (JSON, Patch("rename", ("steps", "a"), "é"), '"a"', '"\\u00e9"'),
    (JSON, Patch("delete", ("steps", "a")), '"a": {"uses": "x"},\n    ', ""),
    (JSON, Patch("insert", ("steps", "c"), 1), "2]", '2],\n    "c": 1'),
    (JSON, Patch("insert", ("steps", "a", "with", "k"), True), '"x"}', '"x", "with": {"k": true}}'),  # noqa: FBT003
]


@pytest.mark.parametrize(("text", "patch", "old", "new"), CASES)
def test_a_patch_writes_no_more_than_it_must(text: str, patch: Patch, old: str, new: str) -> None:
    kind: Any = "json" if text == JSON else "yaml"
    assert text.count(old) == 1
    expected = text.replace(old, new)
    assert apply_edits(text, apply_patches(parse(text, kind), [patch])) == expected
    assert not parse(expected, kind).problems


def test_line_ends_are_kept() -> None:
    text = YAML.replace("\n", "\r\n")
    patch = Patch("insert", (*CHARGE, "retry"), {"delay": "1s", "jitter": 0.5})
    patched = apply_edits(text, apply_patches(parse(text, "yaml"), [patch]))
    assert patched.count("\n") == patched.count("\r\n") == text.count("\n") + 3


def test_insertions_below_one_missing_parent_are_joined() -> None:
    patches = [Patch("insert", (*CHARGE, "retry", name), 1) for name in ("delay", "jitter")]
    patched = apply_edits(YAML, apply_patches(parse(YAML, "yaml"), patches))
    assert data(parse(patched, "yaml").get((*CHARGE, "retry"))) == {"delay": 1, "jitter": 1}


SEVERAL = "a: 1  # one\n# two\nb: 2\nc: {d: 3, e: 4, f: 5}\ng:\n  - h: 6\n    i: 7\n    j: 8\n"


@pytest.mark.parametrize(
    "paths",
    [
        [("c", "e"), ("c", "f")],
        [("c", "d"), ("c", "f")],
        [("c", "d"), ("c", "e"), ("c", "f")],
        [("g", 0, "h"), ("g", 0, "i")],
        [("g", 0, "h"), ("g", 0, "j")],
        [("g", 0, "h"), ("g", 0, "i"), ("g", 0, "j")],
        [("a",), ("b",)],
        [("a",), ("b",), ("c",), ("g",)],
        [("c", "f"), ("c", "f")],
    ],
)
@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_neighbours_are_deleted_together(
    kind: Literal["yaml", "json"], paths: list[tuple[str | int, ...]]
) -> None:
    text = SEVERAL if kind == "yaml" else json.dumps(data(parse(SEVERAL, "yaml").root))
    document = parse(text, kind)
    left: Any = data(document.root)
    edits = apply_patches(document, [Patch("delete", path) for path in paths])
    for path in dict.fromkeys(paths):
        holder = left
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
    assert data(parse(apply_edits(text, edits), kind).root) == left


@pytest.mark.parametrize("text", ["{}", "{ }\n"])
@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_insertions_into_an_empty_root_are_joined(kind: Literal["yaml", "json"], text: str) -> None:
    document = parse(text, kind)
    edits = apply_patches(document, [Patch("insert", ("a",), 1), Patch("insert", ("b", "c"), 2)])
    assert data(parse(apply_edits(text, edits), kind).root) == {"a": 1, "b": {"c": 2}}


@pytest.mark.parametrize(
    "patches",
    [
        [Patch("delete", CHARGE), Patch("replace", (*CHARGE, "uses"), "x")],
        [Patch("replace", (*CHARGE, "uses"), "x"), Patch("replace", (*CHARGE, "uses"), "y")],
        [Patch("replace", (*CHARGE, "missing"), "x")],
        [Patch("insert", (*CHARGE, "list", "name"), "x")],
    ],
)
def test_patches_that_make_no_sense_are_refused(patches: list[Patch]) -> None:
    with pytest.raises(ValueError, match=r"`|two "):
        apply_patches(parse(YAML, "yaml"), patches)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-99, 99)
    | st.text(max_size=6)
    | st.sampled_from(["no", "a: b", "- x", "# c", "x\ny"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
PATHS = [
    (),
    ("flow",),
    CHARGE,
    ("steps", "other"),
    *((*CHARGE, name) for name in ("uses", "with", "list", "empty")),
]
PATHS += [
    (*CHARGE, "list", 0),
    (*CHARGE, "list", 1),
    (*CHARGE, "list", 1, "y"),
    (*CHARGE, "with", "a"),
]


def at(root: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        root = root[step]
    return root


@given(st.sampled_from(PATHS[1:]), VALUES)
@settings(max_examples=100, deadline=None)
def test_a_replacement_changes_one_value(path: tuple[str | int, ...], value: Any) -> None:
    document = parse(YAML, "yaml")
    patched = parse(
        apply_edits(YAML, apply_patches(document, [Patch("replace", path, value)])), "yaml"
    )
    expected: Any = data(document.root)
    at(expected, path[:-1])[path[-1]] = value
    assert not patched.problems
    assert data(patched.root) == expected
    span = document.locate(Place(path))
    assert patched.text.startswith(YAML[: span.start].rstrip().removesuffix(":").rstrip())
    assert patched.text.endswith(YAML[span.end :])


@given(st.sampled_from(PATHS), st.text(min_size=1, max_size=4), VALUES)
@settings(max_examples=100, deadline=None)
def test_an_insertion_adds_one_entry(path: tuple[str | int, ...], name: str, value: Any) -> None:
    document = parse(YAML, "yaml")
    if not isinstance(document.get(path), Mapping):
        return
    patch = Patch("insert", (*path, name), value)
    patched = parse(apply_edits(YAML, apply_patches(document, [patch])), "yaml")
    expected: Any = data(document.root)
    at(expected, path)[name] = value
    assert not patched.problems
    assert data(patched.root) == expected


@given(st.sampled_from(PATHS[1:]))
def test_a_deletion_removes_one_entry(path: tuple[str | int, ...]) -> None:
    document = parse(YAML, "yaml")
    patched = parse(apply_edits(YAML, apply_patches(document, [Patch("delete", path)])), "yaml")
    expected: Any = data(document.root)
    del at(expected, path[:-1])[path[-1]]
    assert not patched.problems
    assert data(patched.root) == expected


@given(st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_written_text_reads_as_itself(text: str) -> None:
    for source, path in (
        (f"a: {write_text(text)}\n", ("a",)),
        (f"[{write_text(text, flow=True)}]", (0,)),
    ):
        assert data(parse(source, "yaml").get(path)) == text
