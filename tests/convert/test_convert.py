"""YAML to JSON and back: the meaning stays, and so does what suppresses findings."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.check import check
from flow_core.convert import convert, to_json, to_yaml
from flow_core.model.pipeline import Pipeline
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.syntax import data, parse
from flow_core.syntax.format import format_text

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("docs/examples", "core/flow_core/templates", "core/flow_core/components/std")
    for file in (ROOT / folder).rglob("*.flow*.yaml")
    if "broken" not in file.parts
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=10),
    st.sampled_from(["${{ x == 'a' }}", "no", "1.10", "word " * 40 + "x", "a\n b\n", "\n", " \n"]),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4) | st.just("x y: z"), inner, max_size=3)
    ),
    max_leaves=15,
)


def meaning(text: str, kind: Any) -> str:
    document = parse(text, kind)
    assert document.problems == ()
    return repr(data(document.root))


def model(text: str, kind: Any, folder: Path) -> Pipeline:
    return Module(str(folder / "same"), parse(text, kind), Project(Settings(str(folder)))).pipeline


@pytest.mark.parametrize("file", FILES, ids=[file.relative_to(ROOT).as_posix() for file in FILES])
def test_files_go_there_and_back(file: Path) -> None:
    text = file.read_text("utf-8")
    there = to_json(text)
    back = to_yaml(there)
    assert meaning(there, "json") == meaning(back, "yaml") == meaning(text, "yaml")
    assert format_text(there, "json") == there
    assert format_text(back, "yaml") == back
    if ".flowtest." not in file.name:
        expected = model(text, "yaml", file.parent)
        assert model(there, "json", file.parent) == expected
        assert model(back, "yaml", file.parent) == expected


@given(st.dictionaries(st.text(max_size=4), DATA, max_size=4), st.sampled_from([None, 0, 2]))
@settings(max_examples=300, deadline=None)
def test_json_goes_there_and_back(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    if "\\ud" in text:  # half a character, which neither syntax has
        text = json.dumps(value, indent=indent, ensure_ascii=False)
    if parse(text, "json").problems or "<<" in text:
        return
    there = to_yaml(text)
    assert meaning(there, "yaml") == meaning(text, "json")
    assert format_text(there, "yaml") == there
    assert meaning(to_json(there), "json") == meaning(text, "json")


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("a: 1.10\nb: '1.10'\nc: 1e3", '{"a": 1.10, "b": "1.10", "c": 1e3}'),
        ("a: 0x1F\nb: .5\nc: +7\nd: 0o17", '{"a": 31, "b": 0.5, "c": 7, "d": 15}'),
        (f"a: {10**30}", f'{{"a": {10**30}}}'),
        (
            "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: ~}",
            '{"a":{"b":1},"c":{"b":1},"d":{"e":null,"b":1}}',
        ),
        ("a: |\n  two\n  lines\nb: no", '{"a": "two\\nlines\\n", "b": "no"}'),
    ],
)
def test_values(yaml: str, expected: str) -> None:
    done = to_json(yaml)
    compact = "".join(line.strip() for line in done.splitlines()).replace(" ", "")
    assert compact == expected.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "to", "message"),
    [
        ("a:\n  b: .inf", "json", "line 2: JSON has no number for `.inf`"),
        ("a: 1\nb: [.NaN]", "json", "line 2: JSON has no number for `.NaN`"),
        ("a: {b", "json", "line 1: "),
        ('{"a": 1,\n"a": 2}', "yaml", "line 2: "),
    ],
)
def test_what_cannot_be_converted_is_told(text: str, to: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        convert(text, to)


def test_suppressions_become_keys_and_other_comments_are_counted() -> None:
    text = """\
# about the file
a:  # flow: ignore[FL101] why
  # flow: ignore[FL102, FL103]
  b: [1, 2]
  c:
    - d: 1  # flow: ignore[FL104]
      x-flow-ignore: [FL105]
    - 2  # flow: ignore[FL106]
# the end
"""
    done = convert(text, "json")
    assert done.dropped_comments == 2
    assert json.loads(done.text) == {
        "a": {
            "b": [1, 2],
            "c": [{"d": 1, "x-flow-ignore": ["FL105", "FL104"]}, 2],
            "x-flow-ignore": ["FL101", "FL102", "FL103", "FL106"],
        }
    }


def test_what_is_silent_stays_silent(tmp_path: Path) -> None:
    text = (
        "flow: 1\nname: a\nsteps:\n  b:\n    uses: std.log\n    with: {message: hi}\n    oops: 1\n"
    )
    silenced = text.replace("oops: 1", "oops: 1  # flow: ignore[{}]")

    def codes(text: str, kind: str) -> list[str]:
        module = Project(Settings(str(tmp_path))).add(str(tmp_path / f"a.flow.{kind}"), text)
        return [found.code for found in check(module)]

    found = codes(text, "yaml")
    assert len(found) == 1
    silenced = silenced.replace("{}", found[0])
    assert codes(silenced, "yaml") == codes(to_json(silenced), "json") == []
    assert codes(to_yaml(to_json(silenced)), "yaml") == []
