"""A suite runs the scenarios of a file, and says of each failure what and where."""

from pathlib import Path

import pytest

from flow_core.diagnostics import Severity
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate.scenarios import Subject, Suite

PIPELINE = """\
flow: 1
name: parcels
inputs: {address: string}
components:
  carry: {run: {shell: [carry]}, inputs: {to: string}, outputs: {code: string}}
steps:
  carry: {uses: carry, with: {to: "${{ inputs.address }}"}}
outputs: {code: "${{ steps.carry.outputs.code }}"}
"""
SCENARIOS = """\
flow_test: 1
pipeline: {pipeline}
scenarios:
  it arrives:
    inputs: {{address: Kiel}}
    mocks: {{carry: {{returns: {{code: a}}}}}}
    expect: {{status: succeeded, outputs: {{code: {code}}}}}
  it has no mock:
    inputs: {{address: Kiel}}
  it has a mistake:
    inputs: {{address: Kiel}}
    mocks: {{carri: {{returns: {{code: a}}}}}}
"""
FAILING = """\
flow_test: 1
pipeline: p.flow.yaml
scenarios:
  it breaks:
    inputs: {address: Kiel}
    mocks: {carry: {fail: unexpected}}
"""
NOT_SUCCEEDED = 'the run: expected "succeeded", found "failed"'


def suite(folder: Path, *, code: str = "a", pipeline: str = "p.flow.yaml") -> Suite:
    (folder / "p.flow.yaml").write_text(PIPELINE)
    file = folder / "p.flowtest.yaml"
    file.write_text(SCENARIOS.format(code=code, pipeline=pipeline))
    module = Project(load(folder)).module(str(file))
    assert module is not None
    return Suite(module)


def told(found: Suite, name: str) -> list[tuple[int, str]]:
    """The lines of the failures, counted from 1, and their messages."""
    lines = found.module.document.lines
    failures = found.run(name).failures
    return [(lines.line(each.span.start) + 1, each.message) for each in failures]


def test_what_goes_as_expected_passes(tmp_path: Path) -> None:
    result = suite(tmp_path).run("it arrives")
    assert result.passed
    assert result.run is not None
    assert result.run.outputs == {"code": "a"}


def test_what_was_not_met_is_told_at_its_line(tmp_path: Path) -> None:
    found = told(suite(tmp_path, code="b"), "it arrives")
    assert found == [(7, 'outputs.code: expected "b", found "a"')]


def test_what_was_expected_and_what_was_found_can_be_laid_side_by_side(tmp_path: Path) -> None:
    (unmet,) = suite(tmp_path, code="b").run("it arrives").unmet
    assert (unmet.expected, unmet.found) == ('"b"', '"a"')


def test_what_keeps_a_scenario_from_going_on_is_told(tmp_path: Path) -> None:
    found = suite(tmp_path)
    assert told(found, "it has no mock") == [(8, "nothing mocks `carry`, which `carry` calls")]
    assert [line for line, _ in told(found, "it has a mistake")] == [12]


def test_a_pipeline_that_is_not_there_is_told_for_each_scenario(tmp_path: Path) -> None:
    found = suite(tmp_path, pipeline="gone.flow.yaml")
    assert [line for line, _ in told(found, "it arrives")] == [2]


def test_no_scenario_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        suite(tmp_path).run("gone")


@pytest.mark.parametrize("there", ["flows/gone.flow.yaml", "flows/other.flow.yaml"])
def test_a_pipeline_that_was_moved_is_found_by_its_file_or_its_name(
    tmp_path: Path, there: str
) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / there).write_text(PIPELINE.replace("parcels", "gone"))
    found = suite(tmp_path, pipeline="gone.flow.yaml").run("it arrives").failures
    assert [each.help for each in found] == [f"it may have moved: write `./{there}`"]


def test_of_two_places_that_a_pipeline_may_be_at_none_is_named(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "gone.flow.yaml").write_text(PIPELINE)
    found = suite(tmp_path, pipeline="gone.flow.yaml").run("it arrives").failures
    assert not any("moved" in each.help for each in found)


def test_two_scenarios_of_one_name_are_told_where_the_second_stands(tmp_path: Path) -> None:
    found = suite(tmp_path)
    text = found.module.document.text.replace("it has no mock", "it arrives")
    twice = Suite(found.module.project.add(found.module.file, text))
    assert [line for line, _ in told(twice, "it arrives")] == [8]


def test_suites_share_what_they_know_of_a_pipeline(tmp_path: Path) -> None:
    project = suite(tmp_path).module.project
    (tmp_path / "q.flowtest.yaml").write_text(SCENARIOS.format(code="a", pipeline="p.flow.yaml"))
    shared: dict[str, Subject] = {}
    files = [str(tmp_path / f"{name}.flowtest.yaml") for name in ("p", "q")]
    modules = [project.module(file) for file in files]
    suites = [Suite(module, shared) for module in modules if module]
    assert suites[0].plan is suites[1].plan


@pytest.mark.parametrize("text", ["", "flow_test: 1\n", "flow_test: 1\nscenarios:\n", "a: [", "[]"])
def test_a_file_without_scenarios_says_why(tmp_path: Path, text: str) -> None:
    found = suite(tmp_path)
    assert found.problems == ()
    without = Suite(found.module.project.add(found.module.file, text))
    assert without.scenarios == ()
    assert [each.severity for each in without.problems][:1] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("expect", "failures"),
    [
        ("", [(4, NOT_SUCCEEDED)]),
        ("    expect: {}\n", [(7, NOT_SUCCEEDED)]),
        ("    samples: 3\n", [(4, f"{NOT_SUCCEEDED} (in 3 of 3 runs)")]),
        ("    expect: {status: failed}\n", []),
        ("    expect: {ran: [carry]}\n", []),
    ],
)
def test_a_scenario_that_expects_nothing_expects_success(
    tmp_path: Path, expect: str, failures: list[tuple[int, str]]
) -> None:
    project, file = suite(tmp_path).module.project, str(tmp_path / "q.flowtest.yaml")
    assert told(Suite(project.add(file, FAILING + expect)), "it breaks") == failures


def test_what_no_run_can_meet_is_told_with_what_happened(tmp_path: Path) -> None:
    result = suite(tmp_path, code="5").run("it arrives")
    assert result.run is not None
    assert [each.code for each in result.failures] == ["FL813"]
    assert result.failures[0].help
