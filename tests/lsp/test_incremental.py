"""Whatever is typed, the server ends with what a look from scratch finds."""

import json
import random
from pathlib import Path

import pytest
from editor import Editor
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.check import check
from flow_core.ide.outline import Kind, outline
from flow_core.ide.slices import slice_at
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.syntax import data, parse
from flow_lsp.buffer import Buffer, split

EXAMPLES = sorted(Path(__file__).parents[2].glob("docs/examples/**/*.flow.yaml"))
PIECES = (
    "\n",
    "  ",
    "x",
    ":",
    " ",
    "- ",
    "${{ ",
    " }}",
    "#",
    '"',
    "{",
    "}",
    "[",
    "steps:",
    "\r\n",
    "é😀",
    "",
)
KINDS: tuple[Kind, ...] = ("yaml", "json")
TEXTS = st.text(alphabet="ab: -#\r\n\u2028😀", max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), TEXTS, st.booleans())))
def test_a_buffer_is_its_text(text: str, edits: list[tuple[int, int, str, bool]]) -> None:
    buffer = Buffer(text)
    for one, other, new, _ in edits:
        start, end = (_place(buffer, number) for number in sorted((one, other)))
        first, last = sorted((_offset(buffer, start), _offset(buffer, end)))
        expected = buffer.text[:first] + new + buffer.text[last:]
        splice = buffer.replace(start, end, new)
        assert buffer.text == "".join(buffer.lines) == expected
        assert buffer.lines == split(expected)
        assert buffer.lines[splice.first : splice.first + len(splice.added)] == splice.added


def _place(buffer: Buffer, number: int) -> tuple[int, int]:
    line = number % len(buffer.lines)
    return line, min(number, len(buffer.lines[line].rstrip("\r\n")))


def _offset(buffer: Buffer, place: tuple[int, int]) -> int:
    return sum(map(len, buffer.lines[: place[0]])) + place[1]


@settings(max_examples=200)
@given(st.sampled_from(EXAMPLES), st.sampled_from(KINDS), st.integers(0, 2**32))
def test_an_outline_that_was_edited_is_that_of_the_text(path: Path, kind: Kind, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    buffer = Buffer(_text(path, kind))
    known = outline(buffer.lines, kind)
    for _ in range(12):
        start, end = sorted(_anywhere(buffer, chance) for _ in range(2))
        if chance.random() < 0.7:
            end = start
        splice = buffer.replace(start, end, chance.choice(PIECES))
        edited = known.edited(splice.first, splice.removed, splice.added)
        known = outline(buffer.lines, kind)
        assert edited is None or edited == known


def _text(path: Path, kind: Kind) -> str:
    text = path.read_text("utf-8")
    return text if kind == "yaml" else json.dumps(data(parse(text, "yaml").root), indent=2)


def _anywhere(buffer: Buffer, chance: random.Random) -> tuple[int, int]:
    line = chance.randrange(len(buffer.lines))
    return line, chance.randint(0, len(buffer.lines[line].rstrip("\r\n")))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name + "-" + path.name)
def test_a_slice_finds_what_the_whole_file_has_there(path: Path, kind: Kind) -> None:
    """But for what only the whole tells: a slice never sees a mistake that is none."""
    text = _text(path, kind)
    file = str(path.with_suffix(f".{kind}"))
    project = Project(Settings(str(path.parent)))
    module = project.add(file, text)
    lines = split(text)
    found = {(module.document.lines.line(d.span.start), d.code) for d in check(module)}
    shown = outline(lines, kind)
    assert len(shown.parts) > 1
    for part in shown.parts:
        piece = slice_at(lines, shown, part.start, part.start)
        inner = Module(file, parse(piece.text, kind), project)
        table = inner.document.lines
        numbers = [*piece.lines, len(lines)]
        here = {(numbers[table.line(d.span.start)], d.code) for d in check(inner, reach="part")}
        assert {each for each in here if each[0] in piece.focus} <= found


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(EXAMPLES), st.sampled_from(KINDS), st.integers(0, 2**32))
def test_after_random_edits_the_findings_are_those_of_a_fresh_check(
    tmp_path_factory: pytest.TempPathFactory, path: Path, kind: Kind, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    more = "# a comment\n" if kind == "yaml" else "\n"
    text = _text(path, kind) + more * 200
    with Editor(tmp_path_factory.mktemp("edits")) as editor:
        uri = editor.open(f"a.flow.{kind}", text)
        for _ in range(8):
            buffer = Buffer(editor.text(uri))
            start, end = sorted(_anywhere(buffer, chance) for _ in range(2))
            end = min(end, (start[0] + 2, 0)) if end[0] > start[0] + 2 else end
            change = chance.choice(PIECES)
            assert editor.server.session is not None
            encoding = editor.server.session.encoding
            client = [
                (line, encoding.units(buffer.lines[line][:column])) for line, column in (start, end)
            ]
            buffer.replace(start, end, change)
            editor.replace(uri, client[0], client[1], change)
            assert editor.text(uri) == buffer.text
        _settle(editor, uri)
        with Editor(tmp_path_factory.mktemp("fresh")) as fresh:
            other = fresh.open(f"a.flow.{kind}", editor.text(uri))
            _settle(fresh, other)
            assert _told(editor, uri) == _told(fresh, other)


def _settle(editor: Editor, uri: str) -> None:
    """Wait until the whole file was checked as it is."""
    session = editor.server.session
    assert session is not None
    document = session.documents[uri]
    editor.wait(lambda: session.checking.is_settled(document))


def _told(editor: Editor, uri: str) -> list[tuple[object, ...]]:
    return [
        (str(f["range"]), f["code"], f["message"].replace(str(editor.root), ""))
        for f in editor.findings(uri)
    ]
