"""Whatever a file holds, `check` ends soon, never raises, and points inside the text."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow_core.check import Selection, check
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.project import Project
from flow_core.settings import load

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / "docs" / "examples", ROOT / "core" / "flow_core" / "templates"]
PATTERNS = ("*.flow.yaml", "*.flow.json", "*.flowtest.yaml")
FILES = sorted(path for folder in FOLDERS for kind in PATTERNS for path in folder.rglob(kind))
LONGEST = 5.0
"""Seconds that no file of an example may take, on however busy a machine."""

FRAGMENTS = (
    *("${{ ", " }}", "${{ steps.", "outputs", ": ", "- ", "{", "}", "[", "]", "'", '"', "|", ">-"),
    *(
        "*a",
        "&a ",
        "<<: ",
        "# ",
        "\n",
        "\t",
        "  ",
        "null",
        "1e999",
        "-1",
        "1h",
        "!x ",
        "---\n",
        "%",
    ),
    *(
        "when: ${{ 1",
        "uses: std.log",
        "steps:\n",
        "x-flow-ignore: [FL",
        "\u2028",
        "\0",
        "\U0001f4a5",
    ),
)


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def checked(path: Path, text: str) -> tuple[Diagnostic, ...]:
    """All rules, those of style too, over a text in the place of a file."""
    project = Project(load(path))
    module = project.add(str(path), text)
    started = time.process_time()
    found = check(module, Selection(also=("all",)))
    assert time.process_time() - started < LONGEST
    texts = {file: known for file, known in project.texts.items() if known is not None}
    assert_inside(found, texts)
    return found


def assert_inside(found: tuple[Diagnostic, ...], texts: dict[str, str]) -> None:
    for each in found:
        spans = [(each.file, each.span), *((note.file, note.span) for note in each.notes)]
        spans += [(edit.file, edit.span) for edit in (each.fix.edits if each.fix else ())]
        for file, span in spans:
            assert 0 <= span.start <= span.end <= len(texts[file]), each
        assert each.message
        assert not each.message.endswith(".")


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_findings_of_the_examples_point_inside_their_texts(path: Path) -> None:
    found = checked(path, path.read_text("utf-8"))
    assert found == checked(path, path.read_text("utf-8")), "the same text, the same findings"


@st.composite
def mutated_lines(draw: st.DrawFn) -> tuple[Path, str]:
    """An example with lines deleted, repeated, moved or taken from another example."""
    path, other = draw(st.sampled_from(FILES)), draw(st.sampled_from(FILES))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    donor = other.read_text("utf-8").splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines)))
        match draw(st.sampled_from(["delete", "repeat", "insert", "indent"])):
            case "delete":
                del lines[at : at + draw(st.integers(1, 5))]
            case "repeat":
                lines[at:at] = lines[at : at + draw(st.integers(1, 5))]
            case "insert":
                lines.insert(at, draw(st.sampled_from(donor)))
            case _:
                lines[at : at + 1] = [" " * draw(st.integers(1, 4)) + x for x in lines[at : at + 1]]
    return path, "".join(lines)


@st.composite
def mutated_characters(draw: st.DrawFn) -> tuple[Path, str]:
    """An example with pieces of text cut out, put in or written over."""
    path = draw(st.sampled_from(FILES))
    text = path.read_text("utf-8")
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)))
        text = text[:start] + piece + text[end:]
    return path, text


QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


@QUICK
@given(mutated_lines())
def test_examples_with_other_lines(mutated: tuple[Path, str]) -> None:
    checked(*mutated)


@QUICK
@given(mutated_characters())
def test_examples_with_other_characters(mutated: tuple[Path, str]) -> None:
    checked(*mutated)


@QUICK
@given(st.sampled_from(FILES), st.binary(max_size=200), st.floats(0, 1))
def test_examples_with_random_bytes(path: Path, noise: bytes, where: float) -> None:
    data = path.read_bytes()
    at = int(where * len(data))
    checked(path, (data[:at] + noise + data[at:]).decode("utf-8", "replace"))


@QUICK
@given(st.sampled_from(["a.flow.yaml", "a.flow.json", "a.flowtest.yaml"]), st.text(max_size=200))
def test_random_texts(name: str, text: str) -> None:
    checked(ROOT / "tests" / name, text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "a: " * 10_000,
        "flow: 1\nsteps:\n" + "".join(f"{'  ' * n}a{n}:\n" for n in range(1, 1_000)),
        "flow: 1\nname: a\nsteps: {a: {when: '${{ " + "(" * 10_000 + "', uses: std.log}}",
        "flow: 1\nname: a\nsteps: {a: {when: '${{ " + "!" * 10_000 + "true }}', uses: std.log}}",
        "flow: 1\nname: a\ninputs: {a: '" + "list<" * 10_000 + "'}\nsteps: {}",
        "flow: 1\nname: a\nsteps: {a: {uses: ./a.flow.yaml, with: {x: '${{ "
        + "1+" * 10_000
        + "'}}}",
    ],
)
def test_deep_texts(text: str) -> None:
    assert checked(ROOT / "tests" / "a.flow.yaml", text)


@pytest.mark.parametrize(
    "name", [r"\u0000", r"\ud800", "a" * 5_000, "/" * 5_000, r"\n", "~", "//h/x"]
)
@pytest.mark.parametrize(
    "text",
    [
        '{"flow": 1, "imports": {"a": "./NAME"}, "types": {"T": "string"}}',
        '{"flow": 1, "imports": {"a": "python:NAME"}, "types": {"T": "string"}}',
        '{"flow": 1, "types": {"T": {"$ref": "./NAME.json"}}}',
        '{"flow": 1, "name": "a", "steps": {"a": {"uses": "./NAME.flow.yaml"}}}',
        '{"flow": 1, "components": {"a": {"run": {"flow": "../NAME"}}}}',
    ],
)
def test_names_that_no_file_has(text: str, name: str) -> None:
    assert checked(ROOT / "tests" / "a.flow.json", text.replace("NAME", name))


def test_steps_that_share_a_name() -> None:
    text = """\
flow: 1
name: twice
state: {log: {type: list<string>, reduce: append}}
steps:
  outer:
    steps:
      inner: {uses: std.log, with: {message: a}}
      close: {uses: std.log, with: {message: b}}
  inner:
    for_each: ${{ ["a", "b"] }}
    uses: std.log
    with: {message: "${{ item }}"}
    set: {log: ["${{ item }}"]}
finally:
  close:
    uses: std.log
    with: {message: "${{ json(state.log) }}"}
"""
    found = checked(ROOT / "tests" / "a.flow.yaml", text)
    assert [each.code for each in found if each.severity is Severity.ERROR] == ["FL123"] * 2
