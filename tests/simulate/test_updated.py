"""Expectations that were not met become what happened, and every other byte stays."""

import pytest

from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate.scenarios import Suite
from flow_core.simulate.updated import Updated, update_of, updated

PIPELINE = """\
flow: 1
name: parcels
components:
  carry:
    run: {shell: [carry]}
    outputs: {code: string, "n": number?}
    errors: {Lost: it is gone}
    estimate: {p50: 4m2s, cost: 1.402}
steps:
  carry: {uses: carry, retry: {max_attempts: 3, delay: 10s, errors: [Lost]}}
  tell: {depends_on: [carry], uses: std.log, with: {message: "${{ steps.carry.outputs.code }}"}}
outputs: {code: "${{ steps.carry.outputs.code }}", n: "${{ steps.carry.outputs.n }}"}
"""
HEAD = "flow_test: 1\npipeline: ./p.flow.yaml\nscenarios:\n"
MOCKS = '    mocks: {carry: [{fail: Lost}, {returns: {code: a, "n": 1}}]}\n'
ONE = f"{HEAD}  # first\n  it arrives:   # yes\n{MOCKS}    expect:  # so\n"


def suite_of(text: str) -> Suite:
    project = Project(Settings("/demo"), lambda _: None)
    project.add("/demo/p.flow.yaml", PIPELINE)
    return Suite(project.add("/demo/p.flowtest.yaml", text))


def update(text: str) -> Updated:
    """The file with all its scenarios updated."""
    suite = suite_of(text)
    found = [update_of(suite.run(each.name), suite.module) for each in suite.scenarios]
    return updated(text, suite.module, [each for each in found if each])


EXPECTATIONS = [
    ("status: failed   # it was", "status: succeeded   # it was"),
    ("ran: [tell]", "ran: [carry, tell]"),
    ("compensated: true", "compensated: false"),
    ("steps: {carry: {attempts: 1, waits: []}}", "steps: {carry: {attempts: 2, waits: [10s]}}"),
    ('outputs: {code: "b"}  # ten', "outputs: {code: a}  # ten"),
    ('outputs:\n        code: b\n        "n": 1', 'outputs:\n        code: a\n        "n": 1'),
    ("steps: {carry: {attempts: 9}}", "steps: {carry: {attempts: 2}}"),  # what no run can meet
    ("outputs: {code: 5}", "outputs: {code: a}"),
    ("error: Lost\n      status: succeeded", "status: succeeded"),
    ("elapsed: 1s", "elapsed: 8m14s"),
    ('elapsed: "< 1s"', "elapsed: < 8m20s"),
    ("elapsed: '<= 8m'", "elapsed: <= 8m20s"),
    ('elapsed: "> 1h"', 'elapsed: "> 8m10s"'),
    ("cost: 7", "cost: 2.804"),
    ('cost: "< 1.5"', "cost: < 2.9"),
    ("max_cost: 1", "max_cost: 2.9"),
    ("max_duration: 1m", "max_duration: 8m20s"),
]


@pytest.mark.parametrize(("before", "after"), EXPECTATIONS)
def test_what_was_expected_becomes_what_happened(before: str, after: str) -> None:
    tail = "\n\n# the end\n"
    text = f"{ONE}      {before}{tail}"
    found = update(text)
    assert found.changed == ("it arrives",)
    assert found.left == ()
    assert found.text == f"{ONE}      {after}{tail}"
    assert suite_of(found.text).run("it arrives").passed


def test_what_can_not_become_so_is_left_and_told() -> None:
    text = f"{ONE}      elapsed: '!= 8m14s'\n"
    found = update(text)
    assert (found.text, found.changed) == (text, ())
    assert found.left == ("`it arrives`: `elapsed`: it says what is not to be",)


def test_an_expectation_that_the_file_does_not_name_is_left() -> None:
    text = f"{HEAD}  it arrives:\n    mocks: {{carry: {{fail: unexpected}}}}\n"
    found = update(text)
    why = "the scenario expects nothing, so that the run is to succeed"
    assert (found.text, found.left) == (text, (f"`it arrives`: `status`: {why}",))


def test_what_failed_for_another_reason_is_not_touched() -> None:
    unmet = "      status: failed\n"
    for text in (ONE.replace("carry: [", "carri: [") + unmet, f"{ONE}{unmet}      x: 1"):
        assert update(text) == Updated(text)


def test_expectations_that_scenarios_share_are_left_alone() -> None:
    shared = f"{HEAD}  one:\n{MOCKS}    expect: &same {{status: failed}}\n"
    text = f"{shared}  two:\n    mocks: {{carry: {{fail: Lost}}}}\n    expect: *same\n"
    found = update(text)
    assert found.text == text
    assert found.left == ("`one`: it shares what it expects with `two`",)


def test_expectations_at_an_anchor_of_their_own_are_rewritten_there() -> None:
    text = f"{HEAD}  one:\n{MOCKS}    expect: {{status: failed, ran: &ran [tell]}}\n"
    assert "ran: &ran [carry, tell]" in update(text).text


def test_each_scenario_of_a_file_by_itself() -> None:
    one, two = ("".join((f"  {name}:\n", MOCKS, "    expect: {status: failed}\n")) for name in "ab")
    three = f"  c:\n{MOCKS}    expect: {{status: succeeded, cost: 1}}\n"
    found = update(HEAD + one + two + three)
    assert found.changed == ("a", "b", "c")
    suite = suite_of(found.text)
    assert all(suite.run(each.name).passed for each in suite.scenarios)


def test_outputs_of_what_did_not_succeed_are_expected_no_more() -> None:
    mocks = "    mocks: {carry: {fail: Lost}}\n"
    step = "carry: {status: succeeded, outputs: {code: a}}"
    given = f"expect: {{status: succeeded, outputs: {{code: a}}, steps: {{{step}}}}}"
    found = update(f"{HEAD}  it:\n{mocks}    {given}\n").text
    assert found.endswith("expect: {status: failed, steps: {carry: {status: failed}}}\n")
    assert suite_of(found).run("it").passed


def test_json_too() -> None:
    mocks = '{"carry": {"returns": {"code": "a"}}}'
    before, after = (
        f'{{"flow_test": 1, "pipeline": "./p.flow.yaml", "scenarios": {{"one": {{"mocks": {mocks}, '
        f'"expect": {{"status": "{status}", "elapsed": "< {most}"}}}}}}}}'
        for status, most in (("failed", "1s"), ("succeeded", "4m10s"))
    )
    project = Project(Settings("/demo"), lambda _: None)
    project.add("/demo/p.flow.yaml", PIPELINE)
    suite = Suite(project.add("/demo/p.flowtest.json", before))
    found = update_of(suite.run("one"), suite.module)
    assert found is not None
    assert updated(before, suite.module, [found]).text == after
