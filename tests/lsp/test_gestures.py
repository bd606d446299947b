"""What people do all day, to a workspace that they have not tuned for anybody's tests."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor import Editor

from flow_core.check import check
from flow_core.convert import to_json
from flow_core.project import Project
from flow_core.settings import Settings

PARTS = """\
flow: 1
name: parts
types:
  Reading:
    fields: {device: string, value: number}
components:
  parse:
    description: Parse a file of readings. 🎬
    inputs: {path: string}
    outputs: {readings: list<Reading>}
    errors: {BadFile: the file can't be parsed}
    run: {shell: [parse]}
  store:
    description: Store readings.
    inputs: {readings: list<Reading>, part: integer}
    outputs: {count: integer}
    errors: {StoreBusy: try again}
    run: {shell: [store]}
"""
INGEST = """\
flow: 1
name: ingest
imports:
  parts: ./parts.flow.yaml
inputs:
  folder: string
  limit: {type: number, default: 50.0}
state:
  seen: {type: integer, reduce: sum, default: 0}
steps:
  list:
    uses: std.list_files
    with:
      path: ${{ inputs.folder }}
  parse:
    for_each: ${{ steps.list.outputs.paths }}
    uses: parts.parse
    with:
      path: ${{ item }}
    catch:
      - errors: [BadFile]
        value: {readings: []}
  store:
    for_each: ${{ chunk(flatten(steps.parse.outputs.map(p, p.readings)), 100) }}
    uses: parts.store
    with:
      readings: ${{ item.filter(limit, limit.value < inputs.limit) }}
      part: ${{ index }}
    retry: {max_attempts: 3, delay: 100ms, errors: [StoreBusy]}
    set:
      seen: ${{ outputs.count }}
  "tell":
    depends_on: {store: settled}
    uses: std.log
    with:
      message: |
        🎬 é ${{ inputs.folder }}: ${{ steps.store.status }}
        after ${{ steps.parse.outputs.map(parse, parse.readings).size() }} files
outputs:
  seen: ${{ state.seen }}
"""
OUTER = """\
flow: 1
name: outer
inputs: {folders: list<string>}
steps:
  each:
    for_each: ${{ inputs.folders }}
    uses: ./ingest.flow.yaml
    with: {folder: "${{ item }}"}
outputs:
  total: ${{ sum(steps.each.outputs.map(e, e.seen)) }}
"""
SCENARIO = """\
flow_test: 1
pipeline: ./outer.flow.yaml
scenarios:
  one folder:
    inputs: {folders: [a]}
    mocks:
      each/list: {returns: {paths: [x]}}
      each/parse: {returns: {readings: [{device: d, value: 1.5}]}}
      each/store[0]: {returns: {count: 1}}
    expect:
      status: succeeded
      outputs: {total: 1}
"""
YAML = {
    "parts.flow.yaml": PARTS,
    "ingest.flow.yaml": INGEST,
    "outer.flow.yaml": OUTER,
    "outer.flowtest.yaml": SCENARIO,
}
JSON = {
    name.replace(".yaml", ".json"): to_json(text).replace(".yaml", ".json")
    for name, text in YAML.items()
}


@pytest.fixture(params=[YAML, JSON], ids=["yaml", "json"])
def files(request: pytest.FixtureRequest) -> dict[str, str]:
    """The workspace in one syntax."""
    found: dict[str, str] = request.param
    return found


@pytest.fixture
def opened(tmp_path: Path, files: dict[str, str]) -> Iterator[Editor]:
    """An editor that has opened all of the workspace."""
    with Editor(tmp_path, files) as editor:
        for name in files:
            editor.open(name)
        yield editor


def codes(editor: Editor, name: str) -> list[str]:
    params = {"textDocument": {"uri": editor.uri(name)}}
    return [each["code"] for each in editor.request("textDocument/diagnostic", params)["items"]]


def open_files(editor: Editor) -> set[str]:
    assert editor.server.session is not None
    return {uri.rpartition("/")[2] for uri in editor.server.session.documents}


def all_codes(editor: Editor) -> dict[str, list[str]]:
    """The findings of what the editor shows, as the command would find them."""
    shown = {f"{editor.root}/{name}": editor.text(editor.uri(name)) for name in open_files(editor)}
    project = Project(Settings(str(editor.root)), shown.get)
    modules = [module for file in shown if (module := project.module(file)) is not None]
    found = {module.file: [finding.code for finding in check(module)] for module in modules}
    return {Path(file).name: codes for file, codes in found.items() if codes}


def names(editor: Editor, uri: str) -> set[str]:
    """The names of all symbols of a file."""
    waiting = editor.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    found: set[str] = set()
    while waiting:
        symbol = waiting.pop()
        found.add(symbol["name"])
        waiting += symbol.get("children") or []
    return found


def position(text: str, offset: int) -> dict[str, int]:
    line = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    return {"line": line, "character": len(text[start:offset].encode("utf-16-le")) // 2}


def offset(text: str, at: dict[str, int]) -> int:
    lines = text.splitlines(keepends=True)
    line = lines[at["line"]] if at["line"] < len(lines) else ""
    before = line.encode("utf-16-le")[: 2 * at["character"]].decode("utf-16-le")
    return sum(map(len, lines[: at["line"]])) + len(before)


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    spans = [(offset(text, e["range"]["start"]), offset(text, e["range"]["end"])) for e in edits]
    for (start, end), edit in sorted(zip(spans, edits, strict=True), key=lambda e: -e[0][0]):
        text = text[:start] + edit["newText"] + text[end:]
    return text


def apply(editor: Editor, edit: dict[str, Any]) -> None:
    """Make the changes of a workspace edit in the documents that are open; open those made."""
    changes = dict(edit.get("changes") or {})
    for each in edit.get("documentChanges") or []:
        if each.get("kind") == "create":
            editor.open(each["uri"].rpartition("/")[2], "")
        else:
            changes.setdefault(each["textDocument"]["uri"], []).extend(each["edits"])
    for uri, edits in changes.items():
        editor.change(uri, {"text": edited(editor.text(uri), edits)})


def rename(editor: Editor, name: str, at: int, new: str) -> None:
    uri = editor.uri(name)
    params = editor.at(uri, *position(editor.text(uri), at).values())
    apply(editor, editor.request("textDocument/rename", {**params, "newName": new}))


DECLARED = [
    (YAML, "parts", "Reading"),
    (JSON, "parts", "parse"),
    (YAML, "parts", "readings"),
    (JSON, "ingest", "limit"),
    (YAML, "ingest", "seen"),
    (JSON, "ingest", "parts"),
    (YAML, "ingest", "store"),
    (JSON, "outer", "each"),
]
"""Names of each kind, in one syntax or the other: which one makes no difference to most of it."""


@pytest.mark.parametrize(
    ("files", "stem", "word"), DECLARED, indirect=["files"], ids=[each[2] for each in DECLARED]
)
def test_a_name_that_is_renamed_and_back_changes_nothing(
    opened: Editor, files: dict[str, str], stem: str, word: str
) -> None:
    assert all_codes(opened) == {}
    name = next(each for each in files if each.startswith(f"{stem}.flow."))
    written = f'"{word}":' if name.endswith("json") else f"{word}:"
    at = files[name].index(written) + written.index(word)
    rename(opened, name, at, "quite_new")
    assert opened.text(opened.uri(name)) != files[name]
    assert all_codes(opened) == {}
    rename(opened, name, at, word)
    assert {each: opened.text(opened.uri(each)) for each in files} == files


TYPED = ["x", '"', '"x', '"x"', '"x":', '"x": {', '"x": {"y', '"x": [', '"x": "${{ ', "}", "]", "{"]
"""What there is for a moment on a line of JSON where somebody types an entry."""


@pytest.mark.parametrize("typed", TYPED)
def test_half_an_entry_of_json_hides_no_other(tmp_path: Path, typed: str) -> None:
    with Editor(tmp_path, JSON) as editor:
        uri = editor.open("ingest.flow.json")
        known = names(editor, uri)
        lines = JSON["ingest.flow.json"].splitlines(keepends=True)
        at = next(n for n, line in enumerate(lines) if '"uses": "parts.store"' in line)
        text = "".join([*lines[:at], f"      {typed}\n", *lines[at:]])
        editor.change(uri, {"text": text})
        assert known - {"store"} <= names(editor, uri)
        found = [each["range"]["start"]["line"] for each in editor.findings(uri)]
        assert found
        assert all(abs(line - at) <= 2 for line in found), found


ERRORS = "StoreBusy, FileNotFound, FileNotReadable"
HALF = [
    "us",
    "uses:",
    "uses: par",
    "uses: parts.sto",
    'uses: "parts',
    "uses: [",
    "uses: {",
    "- uses",
]


@pytest.mark.parametrize("typed", HALF)
def test_half_a_call_is_all_that_is_complained_about(tmp_path: Path, typed: str) -> None:
    text = INGEST.replace("state:", f"errors: [{ERRORS}]\nstate:", 1)
    at = text[: text.index("uses: parts.store")].count("\n")
    with Editor(tmp_path, YAML) as editor:
        uri = editor.open("ingest.flow.yaml", text)
        assert codes(editor, "ingest.flow.yaml") == []
        editor.change(uri, {"text": text.replace("uses: parts.store", typed)})
        found = [each["range"]["start"]["line"] for each in editor.findings(uri)]
        assert found
        assert all(abs(line - at) <= 1 for line in found), editor.findings(uri)


def chosen(editor: Editor, uri: str, span: tuple[int, int], title: str) -> dict[str, Any]:
    """The edit of the action whose title starts so."""
    text = editor.text(uri)
    where = {"start": position(text, span[0]), "end": position(text, span[1])}
    params = {"textDocument": {"uri": uri}, "range": where, "context": {"diagnostics": []}}
    actions = editor.request("textDocument/codeAction", params)
    action = next(each for each in actions if each["title"].startswith(title))
    found: dict[str, Any] = editor.request("codeAction/resolve", action)["edit"]
    return found


@pytest.mark.parametrize(
    ("first", "last"), [("list", "list"), ("parse", "parse"), ("list", "parse")]
)
def test_steps_go_to_a_file_of_their_own_and_come_back(
    opened: Editor, files: dict[str, str], first: str, last: str
) -> None:
    name = next(each for each in files if each.startswith("ingest."))
    uri, text = opened.uri(name), files[name]
    following = {"list": "parse", "parse": "store"}
    start = text.rindex("\n", 0, text.index(first, text.index("steps"))) + 1
    end = len(text[: text.index(following[last], text.index("uses", start))].rstrip(' \n",'))
    apply(opened, chosen(opened, uri, (start, end), "Extract"))
    (made,) = open_files(opened) - {*files}
    assert all_codes(opened) == {}
    call = opened.text(uri).index(f"./{made}")
    apply(opened, chosen(opened, uri, (call, call), "Inline"))
    assert all_codes(opened) == {}


def test_json_and_yaml_of_one_workspace_offer_the_same(tmp_path: Path) -> None:
    offered = []
    for files in (YAML, JSON):
        name = next(each for each in files if each.startswith("ingest."))
        text = files[name]
        with Editor(tmp_path, files) as editor:
            uri = editor.open(name)
            at = text.index("inputs.folder }}", text.index("steps")) + len("inputs.")
            params = editor.at(uri, *position(text, at).values())
            found = editor.request("textDocument/completion", params)["items"]
            offered.append([(each["label"], each["detail"]) for each in found])
    assert offered[0] == offered[1]
    assert json.dumps(offered[0]).count("folder") == 1
