"""The formatter's style by example, and what holds for every text."""

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import flow_core.syntax.format as formatter
from flow_core.syntax import data, parse
from flow_core.syntax.format import format_text
from flow_core.syntax.nodes import Alias, walk

ROOT = Path(__file__).parents[3]
FILES = [
    *(ROOT / "docs" / "examples").rglob("*.flow*.*"),
    *(ROOT / "core" / "flow_core" / "templates").rglob("*.flow*.*"),
    *(ROOT / "core" / "flow_core" / "components" / "std").glob("*.flow.yaml"),
]
SOUND = sorted(file for file in FILES if "broken" not in file.parts)
LONG = "word " * 18 + "end."
STYLE = {
    "spaces": ("a:   1  \nb :  2 # why  \n", "a: 1\nb: 2  # why\n"),
    "blank lines": ("\n\na: 1\n\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
    "no break at the end": ("a: 1", "a: 1\n"),
    "indentation": ("a:\n    b:\n     - c\n     -  d: 1\n        e: 2\n", None),
    "lists under their key": ("a:\n- b\n- - c\n  - d\n", "a:\n  - b\n  - - c\n    - d\n"),
    "expressions in mappings": ("a: {b: {c: '${{ x }}'}, d: 1}\n", None),
    "expressions in lists stay": ("a: [one, '${{ x }}']\n", 'a: [one, "${{ x }}"]\n'),
    "expressions in mappings in lists": ("a: [{b: '${{ x }}'}]\n", "a:\n  - b: ${{ x }}\n"),
    "short braces stay": ("a: { b: [ 1,2 ] , c: {} }\n", "a: {b: [1, 2], c: {}}\n"),
    "broken brackets close up": ("a: [1,\n  2\n  ]\n", "a: [1, 2]\n"),
    "wide brackets open": (f"a: [{LONG}, b]\n", f"a:\n  - {LONG}\n  - b\n"),
    "needless quotes": ("'a': 'b'\nc: \"d e\"\n", "a: b\nc: d e\n"),
    "needed quotes": ("a: 'no'\nb: '1.10'\nc: 'x: y'\nd: ''\n", None),
    "quotes that escape less": ("a: '\"x\": y'\nb: 'it''s: y'\n", None),
    "quotes of what looks like a number": ("a: \"1.4.0\"\nb: '0 6 * * 1'\n", None),
    "quotes around single quotes": ("a: ['${{ x == ''eu'' }}']\n", None),
    "long text": (f"a: {LONG} {LONG}\n", f"a: >-\n  {LONG}\n  {LONG}\n"),
    "long text with a comment stays": (f"a: {LONG} {LONG}  # why\n", None),
    "long words stay": (f"a: {'x' * 120}\n", None),
    "comments keep their level": ("a:\n    b: 1\n    # in a\n# in the root\n", None),
    "comments in brackets": ("a: [ # one\n b, # two\n c # three\n] # four\n", None),
    "comments behind nothing": ("a: # one\n   # two\n   b: 1\nc:  # three\n", None),
    "literal text is kept": ("a: |\n     x  \n       y\n\n     z\nb: 1\n", None),
    "kept line breaks": ("a: |+\n    x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"),
    "a block scalar at the end": ("a: |\n    x", "a: |-\n  x\n"),
    "an indentation indicator": ("a:\n    b: |1\n      x\n", "a:\n  b: |2\n     x\n"),
    "text over lines": ('a: x\n      y\nb: "x\n      y"\n', 'a: x\n  y\nb: "x\n  y"\n'),
    "anchors": ("a: &x\n    b: &y 1\nc:   *x\nd: { <<: *x, e: *y }\n", None),
    "tags": ("a: !!str   12\nb: !!map\n    c: 1\n", "a: !!str 12\nb: !!map\n  c: 1\n"),
    "marks": ("\ufeff# top\n---   # start\na:   1\n", "\ufeff# top\n---   # start\na: 1\n"),
    "carriage returns": ("a:   1\r\nb: 'x'\r\n", "a: 1\r\nb: x\r\n"),
    "a suppressed line stays": ("a: {b: '${{ x }}'} # flow: ignore[FL301]\n", None),
    "a suppressed next line stays": ("# flow: ignore[FL301]\na: {b: '${{ x }}'}\n", None),
}
EXPECTED = {
    "indentation": "a:\n  b:\n    - c\n    - d: 1\n      e: 2\n",
    "expressions in mappings": "a:\n  b:\n    c: ${{ x }}\n  d: 1\n",
    "needed quotes": 'a: "no"\nb: "1.10"\nc: "x: y"\nd: ""\n',
    "quotes that escape less": 'a: \'"x": y\'\nb: "it\'s: y"\n',
    "quotes of what looks like a number": 'a: "1.4.0"\nb: "0 6 * * 1"\n',
    "quotes around single quotes": "a: [\"${{ x == 'eu' }}\"]\n",
    "comments keep their level": "a:\n  b: 1\n  # in a\n# in the root\n",
    "comments in brackets": "a:  # one\n  - b  # two\n  - c  # three\n  # four\n",
    "comments behind nothing": "a:  # one\n  # two\n  b: 1\nc:  # three\n",
    "literal text is kept": "a: |\n  x  \n    y\n\n  z\nb: 1\n",
    "anchors": "a: &x\n  b: &y 1\nc: *x\nd: {<<: *x, e: *y}\n",
    "a suppressed line stays": 'a: {b: "${{ x }}"}  # flow: ignore[FL301]\n',
    "a suppressed next line stays": '# flow: ignore[FL301]\na: {b: "${{ x }}"}\n',
}
JSON_STYLE = {
    "indentation": ('{"a":1,\n"b":[1,2]}', '{\n  "a": 1,\n  "b": [1, 2]\n}\n'),
    "what fits on one line stays": ('{"a":  1, "b":[ ]}', '{"a": 1, "b": []}\n'),
    "what is broken stays so": ('{"a":[\n1,2]}', '{\n  "a": [\n    1,\n    2\n  ]\n}\n'),
    "spelling stays": ('{"a": 1.10, "b": "\\u00e9"}', '{"a": 1.10, "b": "\\u00e9"}\n'),
    "wide lines open": (f'["{LONG}", "b"]', f'[\n  "{LONG}",\n  "b"\n]\n'),
    "empty collections close up": ('{\n"a": {\n}}', '{\n  "a": {}\n}\n'),
}


@pytest.fixture
def no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text that is not random soup needs the safety net."""
    checked = formatter._same  # noqa: SLF001 - the net itself

    def same(*documents: Any) -> bool:
        assert checked(*documents)
        return True

    monkeypatch.setattr(formatter, "_same", same)


@pytest.mark.usefixtures("no_net")
@pytest.mark.parametrize("name", STYLE)
def test_style(name: str) -> None:
    text, expected = STYLE[name]
    expected = expected or EXPECTED.get(name, text)
    assert format_text(text, "yaml") == expected
    assert format_text(expected, "yaml") == expected


@pytest.mark.usefixtures("no_net")
@pytest.mark.parametrize("name", JSON_STYLE)
def test_json_style(name: str) -> None:
    text, expected = JSON_STYLE[name]
    assert format_text(text, "json") == expected
    assert format_text(expected, "json") == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("a: {b", "yaml"), ("a: 1\na: 2", "yaml"), ("{'a': 1}", "json")),
        *(("", "yaml"), ("#", "yaml"), ("just  text ", "yaml"), ("? a\n:  b\n", "yaml")),
        *(("a:   1\n...\n", "yaml"), ("%YAML 1.2\n---\na:   1\n", "yaml")),
    ],
)
def test_what_is_no_sound_file_stays(text: str, kind: Any) -> None:
    assert format_text(text, kind) == text


@pytest.mark.usefixtures("no_net")
@pytest.mark.parametrize("file", SOUND, ids=[file.relative_to(ROOT).as_posix() for file in SOUND])
def test_the_project_is_in_its_own_style(file: Path) -> None:
    text = file.read_text("utf-8")
    assert format_text(text, "json" if file.suffix == ".json" else "yaml") == text


PIPELINE = (ROOT / "docs" / "examples" / "order-processing" / "order.flow.yaml").read_text("utf-8")
SOUP = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "b: ",
                "c:",
                ":",
                "\n",
                "\n  ",
                "\n    ",
                "\n- ",
                "- ",
                "  - ",
                "{",
                "}",
                "[",
                "]",
            ),
            *(
                ",",
                " # c\n",
                "#",
                "|\n",
                "|+\n",
                ">-\n",
                " |2\n",
                "&a ",
                "*a",
                "<<: ",
                "!!str ",
                "? ",
            ),
            *(
                "${{ x }}",
                "\r\n",
                "\ufeff",
                "\x85",
                "\u2028",
                "\U0001f600",
                "\\",
                "'",
                '"',
                "\t",
                "1",
            ),
            *('"${{ a }}"', "'x: y'", "\n\n", "  ", "steps:\n  x: ", "{a: 1}", "[1, 2]", "\nd: "),
            *("# flow: ignore[FL203]\n", "word " * 22, "---\n", "\n # e\n", "x", "null", "~"),
        ]
    ),
    max_size=14,
).map("".join)
KEYS = st.sampled_from(["a", "b", "on", "1", "x y", "c: d", "${{", "#e", "", "name"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(["${{ x == 'a' }}", "no", "1.10", LONG, LONG * 2, "a\n b\n", "\n", " x", "[y"]),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def written(value: Any, draw: st.DataObject, indent: str = "") -> str:
    """Data as YAML in some style, with comments here and there."""
    comment = draw.draw(st.sampled_from(["", "  # c", " # flow: ignore[FL203]"]))
    own = draw.draw(st.sampled_from(["", "\n", f"\n{indent}# own", "\n\n# left\n\n"]))
    if not value or not isinstance(value, list | dict) or draw.draw(st.integers(0, 3)) == 0:
        return f" {json.dumps(value, ensure_ascii=draw.draw(st.booleans()))}{comment}{own}"
    inner = indent + " " * draw.draw(st.integers(1, 5))
    if isinstance(value, list):
        lines = [f"{inner}-{written(item, draw, inner)}" for item in value]
    else:
        lines = [
            f"{inner}{json.dumps(key)}:{written(item, draw, inner)}" for key, item in value.items()
        ]
    return "\n".join((comment, *lines))


def anchors(text: str, kind: Any) -> list[str]:
    nodes = walk(parse(text, kind).root)
    return [node.name if isinstance(node, Alias) else node.anchor for node in nodes]


def check(text: str, kind: Any) -> None:
    """What holds for every text."""
    done = format_text(text, kind)
    assert format_text(done, kind) == done
    before, after = parse(text, kind), parse(done, kind)
    assert repr(data(after.root)) == repr(data(before.root))
    assert [c.text.rstrip() for c in after.comments] == [c.text.rstrip() for c in before.comments]
    assert anchors(done, kind) == anchors(text, kind)
    if not before.problems and done != text:
        assert not after.problems
        assert done.endswith("\n")
        assert "\n\n\n\n" not in done or "|+" in text or r"\n\n\n" in repr(data(after.root))


@given(st.one_of(SOUP, st.text(max_size=30)), st.sampled_from(["yaml", "json"]))
@example("a: |2\n   b\n\n\n# c", "yaml")
@settings(max_examples=600, deadline=None)
def test_formatting_random_text(text: str, kind: Any) -> None:
    check(text, kind)


@pytest.mark.usefixtures("no_net")
@given(DATA, st.data())
@settings(max_examples=200, deadline=None)
def test_formatting_random_yaml(value: Any, draw: st.DataObject) -> None:
    check("top:" + written(value, draw), "yaml")


@pytest.mark.usefixtures("no_net")
@given(DATA, st.sampled_from([None, 0, 3]), st.booleans())
@settings(max_examples=100, deadline=None)
def test_formatting_random_json(value: Any, indent: int | None, ascii_: bool) -> None:  # noqa: FBT001
    check(json.dumps(value, indent=indent, ensure_ascii=ascii_), "json")


@pytest.mark.usefixtures("no_net")
@given(st.lists(st.integers(0, len(PIPELINE)), max_size=4), st.sampled_from(["\n", " ", "# x\n"]))
@settings(max_examples=60, deadline=None)
def test_formatting_damaged_pipelines(places: list[int], piece: str) -> None:
    text = PIPELINE
    for place in places:
        text = text[:place] + piece + text[place:]
    check(text, "yaml")


def test_formatting_takes_time_in_proportion() -> None:
    step = "  s{}: {{uses: 'a.b', with: {{x: '${{{{ y }}}}'}}}} # why\n\n\n"
    text = "flow:  1\nsteps:\n" + "".join(step.format(number) for number in range(3_500))
    started = process_time()
    done = format_text(text, "yaml")
    assert process_time() - started < 1.5
    assert done.count("\n") > 10_000
