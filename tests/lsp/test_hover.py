"""Hover over the wire."""

from pathlib import Path
from typing import Any

from editor import CAPABILITIES, Editor

TEXT = """\
flow: 1
name: a
inputs: {who: string?}
steps:
  hello:
    uses: std.log
    with:
      message: ${{ inputs.who }}
"""


def hover(editor: Editor, uri: str, line: int, character: int) -> Any:
    return editor.request("textDocument/hover", editor.at(uri, line, character))


def test_hover_is_about_what_stands_there(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    found = hover(editor, uri, 5, 6)
    assert found["contents"]["kind"] == "markdown"
    assert found["contents"]["value"].startswith("**`uses`**: text, since Flow 1")
    assert found["range"]["start"] == {"line": 5, "character": 4}
    assert found["range"]["end"] == {"line": 5, "character": 8}


def test_the_page_of_a_rule_is_shown_at_its_finding(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    value = hover(editor, uri, 7, 28)["contents"]["value"]
    mine, _, page = value.partition("\n\n---\n\n")
    assert mine.startswith("```yaml\ninputs.who: string?\n```")
    assert page.startswith("**FL310 nullable-argument**")


def test_nothing_is_said_about_nothing(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    assert hover(editor, uri, 4, 1) is None


def test_a_client_that_shows_no_markdown_is_told_so(tmp_path: Path) -> None:
    plain = {"hover": {"contentFormat": ["plaintext"]}}
    with Editor(tmp_path, capabilities={**CAPABILITIES, "textDocument": plain}) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        assert hover(editor, uri, 5, 6)["contents"]["kind"] == "plaintext"


def test_schedules_say_when_they_are_due_next(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT + 'schedule: [{cron: "0 6 * * *"}]\n')
    assert hover(editor, uri, 8, 22)["contents"]["value"].count("06:00 (UTC)") == 3


def test_hover_is_right_in_a_long_file(editor: Editor) -> None:
    steps = "".join(
        f"  s{n}:\n    uses: std.log\n    with: {{message: 'x'}}\n    timeout: {n + 1}s\n"
        for n in range(200)
    )
    uri = editor.open("a.flow.yaml", f"flow: 1\nname: a\nsteps:\n{steps}")
    found = hover(editor, uri, 3 + 150 * 4 + 3, 14)
    assert found["contents"]["value"] == "**`151s`**: 2 minutes 31 seconds\n\n151 s"
    assert found["range"]["start"] == {"line": 606, "character": 13}


def test_a_step_of_a_long_file_tells_what_waits_for_it(editor: Editor) -> None:
    steps = "".join(
        f"  s{n}:\n    depends_on: [{f's{n - 1}' if n else ''}]\n    uses: std.log\n"
        f"    with: {{message: 'x'}}\n"
        for n in range(200)
    )
    uri = editor.open("a.flow.yaml", f"flow: 1\nname: a\nsteps:\n{steps}")
    value = hover(editor, uri, 3 + 150 * 4, 3)["contents"]["value"]
    assert "* waits for `s149`\n* `s151` waits for it\n" in value
