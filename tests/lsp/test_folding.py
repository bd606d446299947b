"""Folding, selections and links as clients get them."""

from pathlib import Path
from typing import Any

import pytest
from editor import Editor, span

TEXT = """\
# 😀 one
# two
flow: 1
steps:
  # region 😀
  a:
    uses: std.log
    with: {message: "😀 ${{ inputs.x }}"}
  # endregion
"""


def asked(editor: Editor, method: str, text: str = TEXT, **more: Any) -> Any:
    uri = editor.open("a.flow.yaml", text)
    return editor.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, **more})


def test_folding(editor: Editor) -> None:
    found = asked(editor, "foldingRange")
    assert [(one["startLine"], one["endLine"], one.get("kind")) for one in found] == [
        (0, 1, "comment"),
        (3, 7, None),
        (4, 7, "region"),
        (5, 7, None),
    ]


def test_a_selection_grows(editor: Editor) -> None:
    position = {"line": 7, "character": 36}
    (found,) = asked(editor, "selectionRange", positions=[position])
    ranges: list[Any] = []
    while found:
        ranges.append(found["range"])
        found = found.get("parent")
    assert ranges[:3] == [
        span((7, 35), (7, 36)),
        span((7, 28), (7, 36)),
        span((7, 24), (7, 39)),
    ]
    assert ranges[-1] == span((0, 0), (9, 0))


def test_an_empty_text_has_a_selection(editor: Editor) -> None:
    (found,) = asked(editor, "selectionRange", "", positions=[{"line": 0, "character": 0}])
    assert found["range"] == span((0, 0), (0, 0))


@pytest.mark.parametrize("rest", ["", "# a long file\n" * 300])
def test_links(tmp_path: Path, rest: str) -> None:
    files = {
        "b.flow.yaml": "flow: 1\nname: b\nsteps: {a: {uses: std.log}}\n",
        "shop.py": "\n\ndef pay(): ...\n",
    }
    text = (
        "# 😀 https://a.example\nsteps: {a: {uses: ./b.flow.yaml}}\n"
        "components: {c: {run: {python: 'shop:pay'}}}\n"
    )
    with Editor(tmp_path, files) as editor:
        found = asked(editor, "documentLink", text + rest)
        targets = [editor.uri("b.flow.yaml"), f"{editor.uri('shop.py')}#L3"]
    assert [link["target"] for link in found] == ["https://a.example", *targets]
    assert found[0]["range"] == span((0, 5), (0, 22))
    assert found[1]["range"] == span((1, 18), (1, 31))
    assert found[1]["tooltip"] == "Open b.flow.yaml"
