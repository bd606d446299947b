"""Completion over the wire."""

import copy
from pathlib import Path
from typing import Any

from editor import CAPABILITIES, Editor

TEXT = "flow: 1\nname: a\ninputs: {who: string}\nsteps:\n  hello:\n    uses: std.log\n    \n"
KIT = """\
flow: 1
name: kit
components:
  greet:
    description: Say hello.
    inputs: {who: string}
    outputs: {text: string}
    run: {shell: [greet]}
"""


def complete(
    editor: Editor, uri: str, line: int, character: int, typed: str = ""
) -> dict[str, Any]:
    params = editor.at(uri, line, character)
    if typed:
        params["context"] = {"triggerKind": 2, "triggerCharacter": typed}
    found: dict[str, Any] = editor.request("textDocument/completion", params)
    return found


def labels(found: dict[str, Any]) -> list[str]:
    return [item["label"] for item in found["items"]]


def item(found: dict[str, Any], label: str) -> dict[str, Any]:
    return next(item for item in found["items"] if item["label"] == label)


def with_completion(**options: Any) -> dict[str, Any]:
    """The capabilities of a client that can do other things with items."""
    capabilities = copy.deepcopy(CAPABILITIES)
    capabilities["textDocument"]["completion"]["completionItem"] |= options
    return capabilities


def test_a_key_is_a_snippet_that_the_client_indents(tmp_path: Path) -> None:
    capabilities = with_completion(insertTextModeSupport={"valueSet": [1, 2]})
    with Editor(tmp_path, capabilities=capabilities) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        found = complete(editor, uri, 6, 4)
        assert labels(found)[0] == "with"
        retry = item(found, "retry")
        assert retry["textEdit"] == {
            "newText": "retry:\n  max_attempts: $0",
            "range": {"start": {"line": 6, "character": 4}, "end": {"line": 6, "character": 4}},
        }
        assert retry["insertTextFormat"] == 2
        assert retry["insertTextMode"] == 2
        assert retry["kind"] == 10
        assert retry["detail"] == "retry or null"


def test_lines_are_indented_for_a_client_that_does_not(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    retry = item(complete(editor, uri, 6, 4), "retry")
    assert retry["textEdit"]["newText"] == "retry:\n      max_attempts: $0"
    assert "insertTextMode" not in retry


def test_a_client_without_snippets_is_given_none(tmp_path: Path) -> None:
    with Editor(tmp_path, capabilities=with_completion(snippetSupport=False)) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        retry = item(complete(editor, uri, 6, 4), "retry")
        assert retry["textEdit"]["newText"] == "retry:\n      max_attempts: "
        assert retry["insertTextFormat"] == 1


def test_an_item_is_documented_when_it_is_looked_at(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    timeout = item(complete(editor, uri, 6, 4), "timeout")
    assert "documentation" not in timeout
    resolved = editor.request("completionItem/resolve", timeout)
    assert resolved["documentation"]["kind"] == "markdown"
    assert "How long one attempt may take" in resolved["documentation"]["value"]
    assert resolved["textEdit"] == timeout["textEdit"]


def test_an_item_of_nothing_known_is_resolved_to_itself(editor: Editor) -> None:
    item = {"label": "x", "data": {"uri": "file:///gone"}}
    assert editor.request("completionItem/resolve", item) == item


def test_blanks_of_the_margin_ask_for_nothing(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    assert complete(editor, uri, 6, 4, typed=" ")["items"] == []
    editor.replace(uri, (6, 4), (6, 4), "timeout: ")
    assert "30s" in labels(complete(editor, uri, 6, 13, typed=" "))


def test_components_of_other_files_are_imported(tmp_path: Path) -> None:
    with Editor(tmp_path, {"lib/kit.flow.yaml": KIT}) as editor:
        uri = editor.open("a.flow.yaml", TEXT.replace("std.log", ""))
        found = complete(editor, uri, 5, 10)
        assert found["isIncomplete"], "the other files are still being read"
        session = editor.server.session
        assert session is not None
        document = session.documents[uri]
        editor.wait(lambda: not session.neighbourhood.is_looking(document))
        greet = item(complete(editor, uri, 5, 10), "kit.greet")
        assert greet["additionalTextEdits"] == [
            {
                "newText": "imports:\n  kit: ./lib/kit.flow.yaml\n",
                "range": {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}},
            }
        ]
        assert greet["textEdit"]["newText"].startswith("kit.greet\n    with:\n      who: ")
        resolved = editor.request("completionItem/resolve", greet)
        assert "Say hello." in resolved["documentation"]["value"]


def test_files_of_the_folder_are_offered_before_the_others_are_read(tmp_path: Path) -> None:
    files = {"kit.flow.yaml": KIT, "sub/a.flow.yaml": TEXT, ".b.flow.yaml": TEXT, "c.txt": ""}
    with Editor(tmp_path, files) as editor:
        uri = editor.open("order.flowtest.yaml", "flow_test: 1\npipeline: \n")
        found = complete(editor, uri, 1, 10)
        assert labels(found) == ["./kit.flow.yaml", "./sub/"]
        assert found["isIncomplete"]
        uri = editor.open("own.flow.yaml", TEXT.replace("steps:", "imports: {p: }\nsteps:"))
        assert labels(complete(editor, uri, 3, 13))[:2] == ["./kit.flow.yaml", "./sub/"]
        editor.replace(uri, (6, 10), (6, 17), "./")
        assert labels(complete(editor, uri, 6, 12)) == ["./kit.flow.yaml", "./sub/"]


def test_names_of_a_long_file_that_are_far_away(editor: Editor) -> None:
    steps = "".join(f"  s{n}:\n    uses: std.log\n    with: {{message: x}}\n" for n in range(150))
    text = f"flow: 1\nname: a\ntypes:\n  First: string\n  Last: string\nsteps:\n{steps}"
    uri = editor.open("a.flow.yaml", f"{text}  z:\n    depends_on: []\n    returns: {{x: }}\n")
    line = text.count("\n") + 1
    found = complete(editor, uri, line, 17)
    assert {"s0", "s149"} <= {*labels(found)}
    assert "z" not in labels(found)
    place = item(found, "s149")["textEdit"]["range"]["start"]
    assert place == {"line": line, "character": 17}
    assert {"First", "Last"} <= {*labels(complete(editor, uri, line + 1, 17))}


def test_deprecated_components_are_marked(editor: Editor) -> None:
    own = "components:\n  old: {deprecated: use new, run: {shell: [x]}}\n"
    uri = editor.open("a.flow.yaml", f"{own}{TEXT.replace('std.log', '')}")
    assert item(complete(editor, uri, 7, 10), "old")["tags"] == [1]
