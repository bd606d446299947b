"""The formats that are texts: for terminals, Mermaid, DOT, and what Graphviz answers."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from drawing import check_arrows, module_of, module_of_file

from flow_visualize.ascii import ascii_text
from flow_visualize.dot_text import dot_text
from flow_visualize.graphviz import drawing_from
from flow_visualize.layout import lay_out
from flow_visualize.mermaid import mermaid_text
from flow_visualize.picture import Picture
from flow_visualize.picture_json import picture_json
from flow_visualize.reading import picture_of

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FILES = sorted(EXAMPLES.glob("*/*.flow.yaml"))
SMALL = """\
flow: 1
name: small
steps:
  one: {uses: std.log, with: {message: m}}
  two:
    for_each: ${{ [1] }}
    depends_on: {one: [failed]}
    uses: std.log
    with: {message: m}
"""


@pytest.fixture(name="small")
def small_() -> Picture:
    return picture_of(module_of(SMALL))


def test_in_the_terminal(small: Picture) -> None:
    assert ascii_text(small) == (
        "small\n"
        "\n"
        "  ┌─────────┐\n"
        "  │ one     │\n"
        "  │ std.log │\n"
        "  └─────────┘\n"
        "       ╷\n"
        "       │\n"
        "       │\n"
        "    failed\n"
        "       │\n"
        "       ▼\n"
        "┌────────────┐\n"
        "│ two [each] │\n"
        "│ std.log    │\n"
        "└────────────┘\n"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_step_is_in_the_terminal(file: Path) -> None:
    picture = picture_of(module_of_file(file))
    text = ascii_text(picture)
    for node in picture.nodes:
        assert node.name[:30] in text
    assert text == ascii_text(picture_of(module_of_file(file)))


def test_mermaid(small: Picture) -> None:
    assert mermaid_text(small, "LR") == (
        "flowchart LR\n"
        '  s0["one<br/>std.log"]\n'
        '  s1[["two<br/>std.log<br/>for each of [1]"]]\n'
        '  s0 -.->|"failed"| s1\n'
    )


def test_mermaid_obeys_no_name() -> None:
    text = 'flow: 1\nname: x\nsteps:\n  "a\\"]; click <b>#": {uses: std.log, with: {message: m}}\n'
    assert 's0["a#quot;]; click #lt;b#gt;#35;<br/>std.log"]' in mermaid_text(
        picture_of(module_of(text))
    )


def test_json_has_what_its_page_promises(small: Picture) -> None:
    data = json.loads(picture_json(small, lay_out(small)))
    assert list(data) == [
        *("name", "version", "description", "status", "direction", "size", "elapsed"),
        *("inputs", "outputs", "nodes", "clusters", "edges", "notes", "frames"),
    ]
    assert [node["id"] for node in data["nodes"]] == ["one", "two"]
    assert set(data["nodes"][0]["box"]) == {"x", "y", "width", "height"}
    assert data["nodes"][0]["lines"][0] == {"text": "one", "style": "title", "y": 20.0}
    assert (data["edges"][0]["label"], data["edges"][0]["bends"]) == ("failed", True)


def test_dot(small: Picture) -> None:
    lines = dot_text(small).splitlines()
    assert lines[0] == 'digraph "small" {'
    assert '  "one" -> "two" [color="#526073" label="failed" style=dashed] [id=e0];' in lines


@pytest.mark.skipif(
    shutil.which("dot") is None and "CI" not in os.environ,
    reason="Graphviz is not installed; where all has to be tried, that fails",
)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_graphviz_places_it(file: Path) -> None:
    picture = picture_of(module_of_file(file))
    if not picture.nodes:
        return
    done = subprocess.run(
        ["dot", "-Tjson"],  # noqa: S607
        input=dot_text(picture).encode(),
        capture_output=True,
        check=True,
    )
    drawing = drawing_from(picture, done.stdout.decode(), "TB")
    assert set(drawing.boxes) == {node.id for node in picture.nodes}
    assert len(drawing.routes) == len(picture.edges)
    assert drawing.width > 0


ANSWER = """\
{"bb": "0,0,100,200", "objects": [
  {"name": "one", "pos": "50,180", "width": "1", "height": "0.5"},
  {"name": "two", "pos": "50,20", "width": "1", "height": "0.5"}],
 "edges": [{"id": "e0", "pos": "e,50,38 50,162 50,130 50,90 50,48", "lp": "60,100"}]}
"""


def test_what_graphviz_answers_is_turned_upside_down(small: Picture) -> None:
    drawing = drawing_from(small, ANSWER, "TB")
    assert (drawing.boxes["one"].y, drawing.boxes["two"].y) == (18, 178)
    assert (drawing.routes[0].points[0], drawing.routes[0].points[-1]) == ((66, 54), (66, 178))
    check_arrows(small, drawing)


@pytest.mark.parametrize("answer", ["", "{}", "[]", '{"bb": "0,0,1,1"}', '{"bb": "x"}'])
def test_what_is_no_answer(small: Picture, answer: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own, or ours
        drawing_from(small, answer, "TB")
