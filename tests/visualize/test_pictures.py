"""Pictures of all examples, of broken and of hostile pipelines, in every layout and direction."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from drawing import check_drawing, check_ways, module_of, module_of_file

from flow_visualize.layout import Layout, lay_out
from flow_visualize.picture_json import picture_json
from flow_visualize.reading import picture_of
from flow_visualize.svg import svg
from flow_visualize.themes import THEMES

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("docs/examples", "core/flow_core/templates")
    for file in (ROOT / folder).rglob("*.flow.*")
)
LAYOUTS: tuple[Layout, ...] = ("layered", "force", "circular", "grid")
CYCLE = """\
flow: 1
name: circle
steps:
  a: {uses: std.log, depends_on: [c], with: {message: a}}
  b: {uses: std.log, depends_on: [a], with: {message: b}}
  c: {uses: std.log, depends_on: [b, c], with: {message: c}}
"""
BROKEN = """\
flow: 1
name: broken
steps:
  lost: {uses: nowhere.to_be_found}
  none: {}
  many: {for_each: "${{ [1] }}", uses: ./missing.flow.yaml, depends_on: [lost, ghost]}
  half: {uses: std.log, with: {message: "${{ steps.lost.outputs"
"""
HOSTILE = """\
flow: 1
name: "<script>alert(1)</script>"
description: "\\u202egnp.exe & \\"quotes\\" '"
steps:
  "x\\" onload=\\"alert(1)":
    uses: std.log
    when: "${{ '</text><script>' == \\"]]>\\" }}"
    with: {message: "&lt;"}
  "\\x01\\e[2J":
    uses: std.log
    depends_on: {"x\\" onload=\\"alert(1)": [failed, skipped]}
    with: {message: m}
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_nothing_overlaps(file: Path, direction: str) -> None:
    picture = picture_of(module_of_file(file))
    for layout in LAYOUTS:
        check_drawing(picture, lay_out(picture, layout, direction))  # type: ignore[arg-type]
    check_drawing(picture, lay_out(picture, ports=True))
    check_ways(picture, lay_out(picture, "layered", direction))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [CYCLE, BROKEN, HOSTILE, "flow: 1\nname: empty\nsteps: {}\n"])
@pytest.mark.parametrize("theme", THEMES)
def test_whatever_it_is_an_svg_is_drawn(text: str, theme: str) -> None:
    picture = picture_of(module_of(text))
    for layout in LAYOUTS:
        drawing = lay_out(picture, layout)
        check_drawing(picture, drawing)
        tree = ET.fromstring(svg(picture, drawing, theme))  # type: ignore[arg-type]  # noqa: S314
        assert {element.tag.partition("}")[2] for element in tree.iter()} <= {
            *("svg", "title", "desc", "rect", "g", "path", "text", "polygon", "circle")
        }
        assert not [name for element in tree.iter() for name in element.attrib if name[:2] == "on"]


def test_the_arrows_of_a_cycle_are_marked() -> None:
    picture = picture_of(module_of(CYCLE))
    assert {(edge.source, edge.target) for edge in picture.edges if edge.broken} == {
        ("a", "b"),
        ("b", "c"),
        ("c", "a"),
        ("c", "c"),
    }


def test_broken_calls_are_marked() -> None:
    picture = picture_of(module_of(BROKEN))
    assert [node.id for node in picture.nodes if node.broken] == ["lost", "none", "many"]


def test_the_same_pipeline_gives_the_same_bytes() -> None:
    file = ROOT / "docs/examples/order-processing/order.flow.yaml"
    one, other = (picture_of(module_of_file(file)) for _ in range(2))
    assert svg(one, lay_out(one)) == svg(other, lay_out(other))
    assert picture_json(one, lay_out(one)) == picture_json(other, lay_out(other))


def test_what_a_picture_of_the_order_holds() -> None:
    file = ROOT / "docs/examples/order-processing/order.flow.yaml"
    picture = picture_of(module_of_file(file))
    nodes = {node.id: node for node in picture.nodes}
    edges = {(edge.source, edge.target): edge for edge in picture.edges}
    assert nodes["reserve"].for_each == "inputs.order.lines"
    assert nodes["ship/book"].parent == "ship!switch[1]"
    assert nodes["close"].parent == "!finally"
    assert nodes["charge"].line == 109
    assert edges["refuse", "charge"].label == "skipped"
    assert edges["charge", "charge!catch[0]"].label == "CardDeclined"
    assert edges["ship!switch", "ship!switch[0]"].label == "inputs.region == 'eu'"
    assert edges["charge!catch[0]", "charge!catch[0]!compensate"].kind == "compensate"


def test_sub_pipelines_are_drawn_inside() -> None:
    file = ROOT / "docs/examples/multi-flow/first_order.flow.yaml"
    nodes = {node.id: node for node in picture_of(module_of_file(file)).nodes}
    assert nodes["onboard"].cluster
    assert nodes["onboard/screen"].parent == "onboard"
    assert nodes["onboard/screen"].file == "flows/onboarding.flow.yaml"


def test_a_pipeline_that_calls_itself_has_an_end() -> None:
    text = "flow: 1\nname: me\nsteps:\n  again: {uses: ./file.flow.yaml}\n"
    assert [node.id for node in picture_of(module_of(text)).nodes] == ["again"]
