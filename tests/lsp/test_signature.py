"""Signature help over the wire."""

from typing import Any

from editor import Editor

TEXT = """\
flow: 1
name: a
components:
  ask:
    description: Ask somebody.
    inputs: {question: {type: string, description: What to ask.}, times: integer?}
    run: {shell: [ask]}
steps:
  hello:
    uses: ask
    when: ${{ range(1, 2).size() > 0 }}
    with: {question: hm}
"""


def signature_help(editor: Editor, line: int, character: int) -> Any:
    uri = editor.open("a.flow.yaml", TEXT)
    return editor.request("textDocument/signatureHelp", editor.at(uri, line, character))


def test_help_in_a_call_of_a_function(editor: Editor) -> None:
    found = signature_help(editor, 10, 23)
    assert found["activeSignature"] == 1
    assert found["activeParameter"] == 1
    signature = found["signatures"][1]
    assert signature["label"] == "range(integer, integer) -> list<integer>"
    assert [each["label"] for each in signature["parameters"]] == [[6, 13], [15, 22]]


def test_help_in_the_arguments_of_a_component(editor: Editor) -> None:
    found = signature_help(editor, 11, 22)
    signature = found["signatures"][0]
    assert signature["label"] == "ask(question: string, times?: integer?)"
    assert signature["documentation"] == {"kind": "markdown", "value": "Ask somebody."}
    assert signature["parameters"][0]["documentation"]["value"] == "What to ask."
    assert found["activeParameter"] == 0


def test_no_help_elsewhere(editor: Editor) -> None:
    assert signature_help(editor, 1, 3) is None
