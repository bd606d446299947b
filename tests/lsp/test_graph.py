"""The graph while typing, and the page for a preview."""

from pathlib import Path
from typing import Any

import pytest
from editor import Editor, span

from flow_core.convert import to_json

TEXT = """\
flow: 1
name: shop  # 😀
steps:
  check:
    uses: std.log
    with: {message: "one"}
  group:
    steps:
      inner: {uses: std.log, with: {message: "${{ steps.check.status }}"}}
    catch:
      - value: {}
  tell:
    depends_on: [group]
    uses: ./other.flow.yaml
"""
OTHER = "flow: 1\nname: other\nsteps:\n  deep: {uses: std.log, with: {message: 'x'}}\n"
BOXES = ["check", "group", "group!catch[0]", "group/inner", "tell", "tell/deep"]


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with Editor(tmp_path, {"other.flow.yaml": OTHER}) as editor:
        yield editor


def graph(editor: Editor, uri: str) -> dict[str, Any]:
    found: dict[str, Any] = editor.request("flow/graph", {"textDocument": {"uri": uri}})
    return found


def boxes(found: dict[str, Any]) -> list[str]:
    picture = found["picture"]
    return sorted(node["id"] for node in (*picture["nodes"], *picture["clusters"]))


def lines(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    ranges = found["ranges"].items()
    return {name: (each["start"]["line"], each["end"]["line"]) for name, each in ranges}


def marks(found: dict[str, Any]) -> dict[str, list[str]]:
    """What stands at each box, by severity."""
    picture = found["picture"]
    every = (*picture["nodes"], *picture["clusters"])
    return {n["id"]: [mark["severity"] for mark in n["marks"]] for n in every if n["marks"]}


def test_graph_is_laid_out_and_its_boxes_are_in_the_text(shop: Editor) -> None:
    found = graph(shop, shop.open("a.flow.yaml", TEXT))
    assert boxes(found) == BOXES
    assert found["version"] == 1
    assert found["picture"]["direction"] == "TB"
    assert all(node["box"]["width"] > 0 for node in found["picture"]["nodes"])
    assert found["ranges"]["group/inner"] == span((8, 6), (8, 74))
    assert lines(found) == {
        "check": (3, 5),
        "group": (6, 10),
        "group/inner": (8, 8),
        "group!catch[0]": (10, 10),
        "tell": (11, 13),
    }
    assert (found["findings"], found["stale"]) == ({}, [])


def test_findings_are_at_their_boxes(shop: Editor) -> None:
    text = TEXT.replace("steps.check.status", "steps.chek.status").replace("./other", "./gone")
    found = graph(shop, shop.open("a.flow.yaml", text))
    (finding,) = found["findings"]["group/inner"]
    assert (finding["severity"], finding["code"]) == ("error", "FL201")
    assert finding["range"]["start"]["line"] == 8
    assert "help" not in finding
    assert "\n" not in finding["message"]
    assert marks(found) == {"group/inner": ["error"], "tell": ["error"]}


def test_findings_of_called_pipelines_are_at_their_boxes(tmp_path: Path) -> None:
    other = OTHER.replace("'x'", "${{ nothing }}")
    with Editor(tmp_path, {"other.flow.yaml": other}) as editor:
        found = graph(editor, editor.open("a.flow.yaml", TEXT))
    assert marks(found) == {"tell/deep": ["error"]}
    assert "tell/deep" not in found["ranges"]


@pytest.mark.parametrize("name", ["a.flow.yaml", "a.flow.json"])
def test_what_is_broken_is_shown_as_it_was(shop: Editor, name: str) -> None:
    text = TEXT if name.endswith("yaml") else to_json(TEXT)
    uri = shop.open(name, text)
    before = graph(shop, uri)
    line = next(number for number, each in enumerate(text.split("\n")) if "inner" in each)
    column = text.split("\n")[line].index("std")
    shop.replace(uri, (line, column - 1), (line, column - 1), '{"')
    found = graph(shop, uri)
    assert boxes(found) == boxes(before)
    assert found["stale"] == ["group", "group/inner", "group!catch[0]"]
    assert lines(found)["group"] == lines(before)["group"]
    assert lines(found)["tell"] == lines(before)["tell"]
    assert "info" in marks(found)["group"]
    assert found["version"] == 2
    shop.replace(uri, (line, column - 1), (line, column + 1), "")
    assert graph(shop, uri) == {**before, "version": 3}


def test_a_step_above_what_is_broken_moves_the_rest(shop: Editor) -> None:
    uri = shop.open("a.flow.yaml", TEXT)
    graph(shop, uri)
    shop.replace(uri, (5, 25), (5, 26), "")
    shop.replace(uri, (3, 0), (3, 0), "  new:\n    uses: std.log\n")
    found = graph(shop, uri)
    assert boxes(found) == sorted([*BOXES, "new"])
    assert found["stale"] == ["check"]
    assert lines(found)["new"] == (3, 4)
    assert lines(found)["check"] == (5, 7)
    assert lines(found)["group"] == (8, 12)
    (check,) = [node for node in found["picture"]["nodes"] if node["id"] == "check"]
    assert check["line"] == 6


def test_a_long_file_is_drawn_by_the_worker(shop: Editor) -> None:
    steps = "".join(f"  s{number}:\n    uses: std.log\n" for number in range(150))
    uri = shop.open("a.flow.yaml", f"flow: 1\nname: long\nsteps:\n{steps}")
    found = graph(shop, uri)
    assert len(boxes(found)) == 150
    assert lines(found)["s149"] == (301, 302)
    shop.replace(uri, (3, 4), (3, 5), "")
    found = graph(shop, uri)
    assert len(boxes(found)) == 150
    assert found["stale"] == ["s0"]


@pytest.mark.parametrize("text", ["", "flow: 1", "steps:\n  a", "}", "flow: 1\nsteps: {}\n"])
def test_any_text_has_a_graph(shop: Editor, text: str) -> None:
    found = graph(shop, shop.open("a.flow.yaml", text))
    assert found["picture"]["name"] == "a.flow.yaml"


def test_page_shows_the_graph(shop: Editor) -> None:
    uri = shop.open("a.flow.yaml", TEXT)
    html = shop.request("flow/page", {"textDocument": {"uri": uri}})["html"]
    assert html.startswith("<!DOCTYPE html>")
    assert "<title>shop</title>" in html
    assert '"id":"group/inner"' in html
