"""What is shown of a picture, and that what is not shown is said."""

from pathlib import Path

import pytest
from drawing import check_drawing, module_of, module_of_file

from flow_visualize.layout import lay_out
from flow_visualize.picture import Picture
from flow_visualize.reading import picture_of
from flow_visualize.svg import svg
from flow_visualize.view import collapsed, filtered, fitting, focused

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture(name="order")
def order_() -> Picture:
    return picture_of(module_of_file(EXAMPLES / "order-processing" / "order.flow.yaml"))


def names(picture: Picture) -> set[str]:
    return {node.id for node in picture.nodes}


def arrows(picture: Picture) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in picture.edges}


def test_collapsed() -> None:
    picture = picture_of(module_of_file(EXAMPLES / "multi-flow" / "first_order.flow.yaml"))
    found = {node.id: node for node in collapsed(picture).nodes}
    assert (found["onboard"].cluster, found["onboard"].holds) == (False, 4)
    assert not [name for name in found if "/" in name]
    assert "close" in found  # `finally` stays open


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (0, {"refuse"}),
        (1, {"review", "refuse", "charge"}),
        (9, {"ship", "ship/book", "ship!switch[1]", "confirm"}),
    ],
)
def test_focused(order: Picture, depth: int, expected: set[str]) -> None:
    found = focused(order, "refuse", depth)
    assert expected <= names(found)
    assert depth == 9 or names(found) == expected
    assert ("boxes are not shown" in "".join(found.notes)) == (names(found) != names(order))


def test_focus_shows_what_is_around() -> None:
    order = picture_of(module_of_file(EXAMPLES / "order-processing" / "order.flow.yaml"))
    assert names(focused(order, "send", 0)) == {"ship", "ship!switch[1]", "ship/send"}


@pytest.mark.parametrize("step", ["nobody", "refund"])
def test_focus_needs_one_step(order: Picture, step: str) -> None:
    with pytest.raises(LookupError):
        focused(order, step, 1)


def test_filtered_joins_over_what_is_left_out(order: Picture) -> None:
    found = filtered(order, ["kind:http", "kind:std"])
    assert names(found) == {"explain", "review", "refuse", "confirm", "!finally", "close"}
    assert arrows(found) == {("review", "refuse"), ("refuse", "confirm")}


@pytest.mark.parametrize("word", ["python", "color:red", ":", "kind"])
def test_what_is_no_filter(order: Picture, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        filtered(order, [word])


def test_a_picture_that_fits_is_left_alone(order: Picture) -> None:
    assert fitting(order) is order


def steps(count: int) -> str:
    """A pipeline in which each step waits for two others."""
    lines = (
        f"  s{i}: {{uses: std.log, with: {{message: m}}, depends_on: [s{i // 3}, s{i // 7}]}}\n"
        for i in range(8, count)
    )
    first = (f"  s{i}: {{uses: std.log, with: {{message: m}}}}\n" for i in range(8))
    return "flow: 1\nname: large\nsteps:\n" + "".join((*first, *lines))


def test_many_steps_are_folded_and_none_is_lost() -> None:
    picture = fitting(picture_of(module_of(steps(10_000))))
    assert len(picture.nodes) <= 60
    assert sum(node.holds for node in picture.nodes) == 10_000
    assert not any(edge.broken for edge in picture.edges)
    assert picture.notes[0].startswith("10,000 boxes are drawn as")
    drawing = lay_out(picture)
    check_drawing(picture, drawing)
    assert picture.notes[0][:20] in svg(picture, drawing)


def test_groups_close_before_steps_are_folded() -> None:
    group = "  g{0}:\n    steps:\n"
    step = "      g{0}s{1}: {{uses: std.log, with: {{message: m}}}}\n"
    text = "flow: 1\nname: groups\nsteps:\n" + "".join(
        group.format(g) + "".join(step.format(g, s) for s in range(30)) for g in range(40)
    )
    picture = fitting(picture_of(module_of(text)))
    assert {node.kind for node in picture.nodes} == {"group"}
    assert {node.holds for node in picture.nodes} == {30}
