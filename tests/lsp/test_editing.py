"""Opening, changing and closing documents, and what is found in them."""

from editor import Editor

GOOD = """\
flow: 1
name: a
inputs: {who: string}
steps:
  hello:
    uses: std.log
    with:
      message: Hello ${{ inputs.who }}
"""


def codes(editor: Editor, uri: str) -> list[str]:
    return [each["code"] for each in editor.findings(uri)]


def test_a_sound_file_has_no_findings(editor: Editor) -> None:
    assert codes(editor, editor.open("a.flow.yaml", GOOD)) == []


def test_a_finding_comes_and_goes_with_the_keystroke(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", GOOD)
    editor.replace(uri, (7, 35), (7, 35), "x")
    assert codes(editor, uri) == ["FL304"]
    editor.replace(uri, (7, 35), (7, 36), "")
    assert codes(editor, uri) == []
    assert editor.text(uri) == GOOD


def test_a_message_says_what_to_do(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", GOOD.replace("who }}", "whoo }}"))
    finding = editor.findings(uri)[-1]
    assert finding["source"] == "flow"
    assert "did you mean `who`?" in finding["message"]
