"""Runs, findings and changes on pictures, and the Gantt chart of a run."""

import xml.etree.ElementTree as ET
from pathlib import Path

from drawing import FILE, check_drawing, module_of, module_of_file

from flow_core.check import check
from flow_core.diff.compare import compare
from flow_core.simulate import simulate
from flow_core.simulate.run import plan_of
from flow_core.simulate.trace import read_trace, replay, write_trace
from flow_visualize.gantt import gantt
from flow_visualize.layout import lay_out
from flow_visualize.overlay import (
    course_of,
    recorded_course,
    with_changes,
    with_course,
    with_findings,
)
from flow_visualize.reading import picture_of

RUN = """\
flow: 1
name: run
components:
  work: {estimate: {p50: 2s, failure_rate: 0.1}, run: {shell: [work]}}
  fail: {estimate: {p50: 1s}, errors: {Broken: it broke}, run: {shell: [fail]}}
steps:
  first: {uses: work}
  many:
    for_each: ${{ [1, 2, 3] }}
    max_parallel: 2
    depends_on: [first]
    uses: work
  never: {when: "${{ 1 > 2 }}", uses: work}
  quick: {uses: fail}
"""


def course(text: str = RUN):  # noqa: ANN201
    return course_of(simulate(module_of(text)))


def test_a_run_is_painted() -> None:
    picture = with_course(picture_of(module_of(RUN)), course())
    painted = {node.id: node.painted for node in picture.nodes}
    assert [painted[name].status for name in ("first", "many", "never", "quick")] == [
        "succeeded",
        "succeeded",
        "skipped",
        "succeeded",
    ]
    assert (painted["many"].start, painted["many"].end) == (2_000_000, 6_000_000)
    assert (painted["many"].attempts, painted["many"].elements) == (3, 3)
    assert [name for name in painted if painted[name].critical] == ["first", "many"]
    assert painted["many"].bottleneck
    assert round(painted["many"].share, 3) == 0.667
    assert painted["first"].failure_rate == 0.1
    assert [(edge.source, edge.target) for edge in picture.edges if edge.critical] == [
        ("first", "many")
    ]
    check_drawing(picture, lay_out(picture))


def test_frames_lead_from_start_to_end() -> None:
    picture = with_course(picture_of(module_of(RUN)), course())
    assert [frame.at for frame in picture.frames] == [0, 1_000_000, 2_000_000, 4_000_000, 6_000_000]
    assert picture.frames[0].statuses == {
        "first": "running",
        "never": "skipped",
        "quick": "running",
    }
    assert picture.frames[-1].statuses == {"many": "succeeded"}
    assert (picture.elapsed, picture.status) == (6_000_000, "succeeded")


def test_a_recorded_run_is_painted_as_the_run_was() -> None:
    module = module_of(RUN)
    run = simulate(module)
    replayed = replay(read_trace(write_trace(run, module), "trace"), plan_of(module))
    recorded, simulated = (
        with_course(picture_of(module), found) for found in (recorded_course(replayed), course())
    )
    assert recorded.frames == simulated.frames
    assert recorded.edges == simulated.edges


def test_findings_stand_at_their_steps() -> None:
    text = RUN.replace("depends_on: [first]", "depends_on: [frist]").replace("name: run", "name: 3")
    module = module_of(text)
    picture = with_findings(picture_of(module), {Path(FILE).name: check(module)})
    marked = {node.id: [mark.code for mark in node.marks] for node in picture.nodes if node.marks}
    assert "many" in marked
    assert "quick" not in marked
    assert any(note.startswith("file.flow.yaml: FL") for note in picture.notes)


def test_changes() -> None:
    old = module_of(RUN)
    slow = "slow: {uses: std.wait, with: {duration: 1s}}"
    text = RUN.replace("quick: {uses: fail}", slow).replace("[1, 2, 3]", "[1, 2]")
    new = module_of(text.replace("never:", "at_no_time:"))
    found = with_changes(picture_of(new), picture_of(old), compare(old, new))
    assert {node.id: node.painted.change for node in found.nodes} == {
        "first": "",
        "many": "changed",
        "at_no_time": "changed",  # it is only renamed
        "slow": "added",
        "quick": "removed",
    }
    check_drawing(found, lay_out(found))


def test_a_pipeline_has_no_changes_against_itself() -> None:
    for example in ("order-processing/order", "multi-flow/first_order", "etl/etl"):
        file = Path(__file__).parents[2] / f"docs/examples/{example}.flow.yaml"
        module = module_of_file(file)
        picture = picture_of(module)
        assert with_changes(picture, picture, compare(module, module)) == picture


def test_the_gantt_chart_has_a_line_for_each_row_and_the_same_bytes() -> None:
    found = course()
    text = gantt("<run>", found)
    assert text == gantt("<run>", course())
    tree = ET.fromstring(text)  # noqa: S314 - our own
    texts = [element.text for element in tree.iter() if element.tag.endswith("text")]
    assert texts[:2] == ["<run>", "succeeded after 6s"]
    assert {"first", "many", "[0]", "[1]", "[2]", "never", "quick"} <= set(texts)
