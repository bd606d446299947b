"""Formatting as clients get it."""

from typing import Any

import pytest
from editor import Editor, span

TEXT = """\
flow:   1
name: "😀"   # 😀
steps:
  a:   {uses: std.log}
  b: [
  c:   {uses:   std.log}
"""
OPTIONS = {"tabSize": 4, "insertSpaces": False}


def applied(text: str, edits: list[Any]) -> str:
    """A text with edits of the client's kind made, the last first."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: _start(edit["range"]), reverse=True):
        start, end = edit["range"]["start"], edit["range"]["end"]
        head = _units(lines[start["line"]])[: 2 * start["character"]].decode("utf-16-le")
        tail = _units(lines[end["line"]])[2 * end["character"] :].decode("utf-16-le")
        lines[start["line"] : end["line"] + 1] = (head + edit["newText"] + tail).split("\n")
    return "\n".join(lines)


def _start(found: dict[str, Any]) -> tuple[int, int]:
    return found["start"]["line"], found["start"]["character"]


def _units(line: str) -> bytes:
    return line.encode("utf-16-le")


def asked(editor: Editor, text: str, method: str, **more: Any) -> str:
    uri = editor.open("a.flow.yaml", text)
    params = {"textDocument": {"uri": uri}, "options": OPTIONS, **more}
    return applied(text, editor.request(f"textDocument/{method}", params))


def test_a_sound_document_is_formatted(editor: Editor) -> None:
    text = TEXT.replace("  b: [\n", "")
    assert asked(editor, text, "formatting") == (
        'flow: 1\nname: "😀"  # 😀\nsteps:\n  a: {uses: std.log}\n  c: {uses: std.log}\n'
    )


def test_what_is_sound_of_a_broken_document_is_formatted(editor: Editor) -> None:
    assert asked(editor, TEXT, "formatting") == (
        'flow: 1\nname: "😀"  # 😀\nsteps:\n  a: {uses: std.log}\n  b: [\n  c: {uses: std.log}\n'
    )


@pytest.mark.parametrize(
    ("start", "end", "formatted"),
    [((3, 5), (3, 9), [3]), ((1, 0), (4, 0), [1, 3]), ((4, 0), (4, 1), [])],
)
def test_a_range_is_formatted(
    editor: Editor, start: tuple[int, int], end: tuple[int, int], formatted: list[int]
) -> None:
    found = asked(editor, TEXT, "rangeFormatting", range=span(start, end)).split("\n")
    lines = TEXT.split("\n")
    assert [line for line, text in enumerate(found) if text != lines[line]] == formatted


def test_a_line_is_indented_while_typing(editor: Editor) -> None:
    text = "steps:\n  a:\n\n  b: {uses: std.log}\n"
    position = {"line": 2, "character": 0}
    found = asked(editor, text, "onTypeFormatting", position=position, ch="\n")
    assert found == "steps:\n  a:\n    \n  b: {uses: std.log}\n"
    provider = editor.initialized["capabilities"]["documentOnTypeFormattingProvider"]
    assert provider == {"firstTriggerCharacter": "\n", "moreTriggerCharacter": ["-", "{"]}


def test_typing_in_a_long_file_changes_the_line_at_hand(editor: Editor) -> None:
    steps = "".join(f"  s{number}:\n    uses: std.log\n" for number in range(300))
    text = f"flow: 1\nname: a\nsteps:\n{steps}".replace("  s200:\n", "  s200:\n\n")
    line = text.split("\n").index("  s200:") + 1
    found = asked(
        editor, text, "onTypeFormatting", position={"line": line, "character": 0}, ch="\n"
    )
    assert found == text.replace("  s200:\n", "  s200:\n    ")


@pytest.mark.parametrize("broken", ["", "  b: [\n"])
def test_a_long_document_is_formatted_as_a_short_one(editor: Editor, broken: str) -> None:
    steps = "".join(f"  s{number}:   {{uses:   std.log}}  # 😀\n" for number in range(500))
    text = f"flow:   1\nname: a\nsteps:\n{steps}{broken}"
    wanted = "".join(f"  s{number}: {{uses: std.log}}  # 😀\n" for number in range(500))
    found = asked(editor, text, "formatting")
    assert found == f"flow: 1\nname: a\nsteps:\n{wanted}{broken}"
