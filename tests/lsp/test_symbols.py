"""The outline of a document, and the symbols of a workspace, as clients get them."""

from pathlib import Path
from typing import Any

import pytest
from editor import CAPABILITIES, Editor, span

TEXT = """\
flow: 1
name: shop
steps:
  "😀": {uses: std.log}
  charge:
    steps:
      inner: {uses: std.log}
"""


def outline(editor: Editor) -> list[Any]:
    uri = editor.open("a.flow.yaml", TEXT)
    document = {"textDocument": {"uri": uri}}
    found: list[Any] = editor.request("textDocument/documentSymbol", document)
    return found


def test_outline_is_a_tree(editor: Editor) -> None:
    (root,) = outline(editor)
    (steps,) = root["children"]
    assert [child["name"] for child in steps["children"]] == ["😀", "charge"]
    face, charge = steps["children"]
    assert face["detail"] == "std.log"
    assert face["selectionRange"] == span((3, 2), (3, 6))
    assert face["range"] == span((3, 2), (3, 23))
    assert [child["name"] for child in charge["children"]] == ["inner"]


def test_outline_is_a_list_for_clients_without_trees(tmp_path: Path) -> None:
    text_document = {**CAPABILITIES["textDocument"], "documentSymbol": {}}
    with Editor(tmp_path, capabilities={**CAPABILITIES, "textDocument": text_document}) as editor:
        found = [(one["name"], one.get("containerName")) for one in outline(editor)]
    assert found == [
        ("shop", None),
        ("steps", "shop"),
        ("😀", "steps"),
        ("charge", "steps"),
        ("inner", "charge"),
    ]


@pytest.mark.parametrize(("query", "names"), [("chg", ["charge", "chargeback"]), ("zzz", [])])
def test_symbols_of_all_files_and_of_open_texts(
    tmp_path: Path, query: str, names: list[str]
) -> None:
    files = {"sub/b.flow.yaml": "flow: 1\nname: b\nsteps:\n  chargeback: {uses: std.log}\n"}
    with Editor(tmp_path, files) as editor:
        editor.open("a.flow.yaml", TEXT)
        found = editor.request("workspace/symbol", {"query": query})
        uris = [editor.uri("a.flow.yaml"), editor.uri("sub/b.flow.yaml")]
    assert [one["name"] for one in found] == names
    if names:
        assert [one["location"]["uri"] for one in found] == uris
        assert found[0]["location"]["range"] == span((4, 2), (4, 8))
        assert found[0]["containerName"] == "shop"
