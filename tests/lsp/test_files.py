"""Files that move and go, over the wire."""

from pathlib import Path
from typing import Any

import pytest
from editor import Editor, span

FILES = {
    "flow.toml": "",
    "main.flow.yaml": "flow: 1\nname: main\nsteps:\n  pack: {uses: ./sub.flow.yaml}\n",
    "sub.flow.yaml": "flow: 1\nname: sub\nimports: {l: ./lib.flow.yaml}\nsteps: {s: {uses: l.c}}\n",
    "lib.flow.yaml": "flow: 1\ncomponents: {c: {run: {shell: [x]}}}\n",
}


@pytest.fixture
def flows(tmp_path: Path) -> Any:
    with Editor(tmp_path, FILES) as editor:
        yield editor


def move(editor: Editor, old: str, new: str) -> dict[str, Any]:
    return {"files": [{"oldUri": editor.uri(old), "newUri": editor.uri(new)}]}


def test_paths_follow_a_file_that_moves(flows: Editor) -> None:
    files = move(flows, "sub.flow.yaml", "deep/sub.flow.yaml")
    edit = flows.request("workspace/willRenameFiles", files)
    assert edit["changes"] == {
        flows.uri("main.flow.yaml"): [
            {"range": span((3, 15), (3, 30)), "newText": "./deep/sub.flow.yaml"}
        ],
        flows.uri("sub.flow.yaml"): [
            {"range": span((2, 13), (2, 28)), "newText": "../lib.flow.yaml"}
        ],
    }


def test_a_file_that_nothing_names_needs_no_edits(flows: Editor) -> None:
    files = move(flows, "main.flow.yaml", "new.flow.yaml")
    assert flows.request("workspace/willRenameFiles", files) is None


def test_what_is_open_counts_as_it_is(flows: Editor) -> None:
    uri = flows.open("main.flow.yaml")
    flows.replace(uri, (3, 0), (3, 0), "  # first\n")
    files = move(flows, "sub.flow.yaml", "other.flow.yaml")
    edit = flows.request("workspace/willRenameFiles", files)
    assert edit["changes"][uri] == [
        {"range": span((4, 15), (4, 30)), "newText": "./other.flow.yaml"}
    ]


def test_moved_files_are_found_where_they_are(flows: Editor) -> None:
    uri = flows.open("main.flow.yaml", FILES["main.flow.yaml"].replace("./sub", "./deep/sub"))
    at = flows.at(uri, 3, 17)
    assert flows.request("textDocument/definition", at) == []
    (flows.root / "deep").mkdir()
    (flows.root / "sub.flow.yaml").rename(flows.root / "deep" / "sub.flow.yaml")
    files = move(flows, "sub.flow.yaml", "deep/sub.flow.yaml")
    flows.notify("workspace/didRenameFiles", files)
    (found,) = flows.request("textDocument/definition", at)
    assert found["targetUri"] == flows.uri("deep/sub.flow.yaml")


def test_who_would_miss_a_file_is_told_before_it_goes(flows: Editor) -> None:
    files = {"files": [{"uri": flows.uri("sub.flow.yaml")}]}
    assert flows.request("workspace/willDeleteFiles", files) is None
    shown = [n["params"] for n in flows.notes if n["method"] == "window/showMessage"]
    assert [each["message"] for each in shown] == [
        "`sub.flow.yaml` is still named in `main.flow.yaml`"
    ]


def test_what_was_deleted_is_not_found(flows: Editor) -> None:
    uri = flows.open("main.flow.yaml")
    at = flows.at(uri, 3, 17)
    assert flows.request("textDocument/definition", at)
    (flows.root / "sub.flow.yaml").unlink()
    files = {"files": [{"uri": flows.uri("sub.flow.yaml")}]}
    flows.notify("workspace/didDeleteFiles", files)
    assert flows.request("textDocument/definition", at) == []
