"""Semantic tokens as clients get them: in numbers, of all, of a range, and what changed."""

from pathlib import Path
from typing import Any

import pytest
from editor import CAPABILITIES, Editor, span

TEXT = """\
flow: 1
name: "é😀"  # 😀
steps:
  a: {uses: std.log}
  b:
    uses: std.log
    with: {message: "😀 ${{ steps.a.status }}"}
"""


def full(editor: Editor, uri: str) -> dict[str, Any]:
    document = {"textDocument": {"uri": uri}}
    result: dict[str, Any] = editor.request("textDocument/semanticTokens/full", document)
    return result


def words(text: str, data: list[int], legend: dict[str, list[str]]) -> list[str]:
    """Tokens as `word type`; columns are units of UTF-16."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    found: list[str] = []
    line = column = 0
    for at in range(0, len(data), 5):
        down, ahead, length, type_, _ = data[at : at + 5]
        line, column = line + down, ahead if down else column + ahead
        word = lines[line][2 * column : 2 * (column + length)].decode("utf-16-le")
        found.append(f"{word} {legend['tokenTypes'][type_]}")
    return found


def legend(editor: Editor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = editor.initialized["capabilities"]["semanticTokensProvider"][
        "legend"
    ]
    return found


def test_all_kinds_are_offered(editor: Editor) -> None:
    provider = editor.initialized["capabilities"]["semanticTokensProvider"]
    assert (provider["full"], provider["range"]) == ({"delta": True}, True)
    assert "keyword" in provider["legend"]["tokenTypes"]
    assert "declaration" in provider["legend"]["tokenModifiers"]


def test_tokens_count_as_the_client_does(editor: Editor) -> None:
    data = full(editor, editor.open("a.flow.yaml", TEXT))["data"]
    assert words(TEXT, data, legend(editor)) == [
        *("flow keyword", "1 number", "name keyword", '"é😀" string', "# 😀 comment"),
        *("steps keyword", "a class", "uses keyword", "std namespace", "log function"),
        *("b class", "uses keyword", "std namespace", "log function", "with keyword"),
        *("message parameter", '"😀 string', "${{ operator", "steps variable", "a class"),
        *("status property", "}} operator", '" string'),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_tokens_count_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    general = {"general": {"positionEncodings": [encoding]}}
    with Editor(tmp_path, capabilities=CAPABILITIES | general) as editor:
        data = full(editor, editor.open("a.flow.yaml", TEXT))["data"]
    name = data[10 + 5 : 10 + 10]
    assert name[2] == {"utf-8": 8, "utf-16": 5, "utf-32": 4}[encoding]


def test_a_range_has_the_tokens_of_its_lines(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    params = {"textDocument": {"uri": uri}, "range": span((3, 0), (4, 2))}
    data = editor.request("textDocument/semanticTokens/range", params)["data"]
    assert data[0] == 3
    expected = ["a class", "uses keyword", "std namespace", "log function", "b class"]
    assert words(TEXT, data, legend(editor)) == expected


EDITS = [
    ((3, 2), (3, 3), "other"),
    ((3, 0), (4, 0), ""),
    ((0, 0), (0, 0), "# first\n\n"),
    ((6, 0), (7, 0), ""),
    ((1, 0), (1, 0), ""),
    ((2, 0), (7, 0), "steps: {{{"),
]


@pytest.mark.parametrize("name", ["a.flow.yaml", "a.flow.json"])
@pytest.mark.parametrize(("start", "end", "text"), EDITS)
def test_what_changed_applied_to_the_old_is_the_new(
    editor: Editor, name: str, start: tuple[int, int], end: tuple[int, int], text: str
) -> None:
    uri = editor.open(name, TEXT)
    old = full(editor, uri)
    editor.replace(uri, start, end, text)
    params = {"textDocument": {"uri": uri}, "previousResultId": old["resultId"]}
    changes = editor.request("textDocument/semanticTokens/full/delta", params)
    data = old["data"]
    for edit in changes["edits"]:
        data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
    assert data == full(editor, uri)["data"]


def test_a_change_of_one_word_is_told_in_one_token(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    old = full(editor, uri)
    editor.replace(uri, (3, 18), (3, 19), "gg")
    params = {"textDocument": {"uri": uri}, "previousResultId": old["resultId"]}
    (edit,) = editor.request("textDocument/semanticTokens/full/delta", params)["edits"]
    assert edit["deleteCount"] == len(edit["data"]) == 5


def test_nothing_changed_is_no_edit(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    params = {"textDocument": {"uri": uri}, "previousResultId": full(editor, uri)["resultId"]}
    assert editor.request("textDocument/semanticTokens/full/delta", params)["edits"] == []


def test_a_client_that_is_behind_gets_all(editor: Editor) -> None:
    uri = editor.open("a.flow.yaml", TEXT)
    params = {"textDocument": {"uri": uri}, "previousResultId": "long ago"}
    answer = editor.request("textDocument/semanticTokens/full/delta", params)
    assert answer["data"] == full(editor, uri)["data"]
