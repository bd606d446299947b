"""Inlay hints over the wire."""

from pathlib import Path
from typing import Any

from editor import Editor, span

TEXT = """\
flow: 1
name: a
inputs: {who: string?}
components: {ask: {run: {shell: [ask]}}}
defaults: {timeout: 30s}
steps:
  hello:
    uses: ask
outputs:
  who: ${{ inputs.who }}
"""


def hints(editor: Editor, uri: str, first: int, last: int) -> Any:
    where = {"textDocument": {"uri": uri}, "range": span((first, 0), (last, 0))}
    return editor.request("textDocument/inlayHint", where)


def test_hints_have_a_place_a_tooltip_and_edits(editor: Editor) -> None:
    timeout, type_ = hints(editor, editor.open("a.flow.yaml", TEXT), 0, 10)
    assert timeout["label"] == "timeout: 30s (defaults)"
    assert timeout["position"] == {"line": 7, "character": 13}
    assert timeout["tooltip"]["value"].startswith("From the `defaults`")
    assert timeout["textEdits"][0]["newText"].strip() == "timeout: 30s"
    assert type_["label"] == ": string?"
    assert type_["position"] == {"line": 9, "character": 24}


def test_hints_are_those_of_the_range(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    assert [hint["label"] for hint in hints(editor, uri, 8, 10)] == [": string?"]


def test_kinds_can_be_switched_off(tmp_path: Path) -> None:
    settings = {"inlayHints": {"types": False}}
    with Editor(tmp_path, options={"settings": settings}) as editor:
        found = hints(editor, editor.open("a.flow.yaml", TEXT), 0, 10)
    assert [hint["label"] for hint in found] == ["timeout: 30s (defaults)"]


def test_hints_of_a_long_file_are_right(editor: Editor) -> None:
    steps = "".join(
        f"  s{n}:\n    depends_on: [{f's{n - 1}' if n else ''}]\n    # the next\n    uses: ask\n"
        for n in range(200)
    )
    text = (
        f"components: {{ask: {{run: {{shell: [x]}}}}}}\ndefaults: {{timeout: 30s}}\nsteps:\n{steps}"
    )
    uri = editor.open("a.flow.yaml", text)
    found = hints(editor, uri, 400, 420)
    assert [hint["position"]["line"] for hint in found] == [402, 406, 410, 414, 418]
    edit = found[0]["textEdits"][0]
    assert edit["range"]["start"]["line"] == 402
