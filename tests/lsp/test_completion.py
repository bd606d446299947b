"""Completion over the wire."""

import copy
from pathlib import Path
from typing import Any

from editor import CAPABILITIES, Editor

TEXT = """\
flow: 1
name: a
inputs: {who: string}
steps:
  hello:
    uses: std.log
    
"""
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


def test_a_key_is_a_snippet_that_the_client_indents(tmp_path: Path) -> None:
    capabilities = copy.deepcopy(CAPABILITIES)
    item = capabilities["textDocument"]["completion"]["completionItem"]
    item["insertTextModeSupport"] = {"valueSet": [1, 2]}
    with Editor(tmp_path, capabilities=capabilities) as editor:
        uri = editor.open("a.flow.yaml", TEXT)
        found = complete(editor, uri, 6, 4)
        assert labels(found)[0] == "with"
        item = next(item for item in found["items"] if item["label"] == "retry")
        assert item["textEdit"]["newText"] == "retry:\n  max_attempts: $0"
        assert item["insertTextFormat"] == 2
        assert item["insertTextMode"] == 2
