"""What is wanted of a value, by where it stands."""

import pytest
from marked import at
from small_shop import FILES, HEAD

from flow_core.ide.expected import expected
from flow_core.types import show

CHARGE = "steps:\n  a:\n    uses: shop.charge\n"
PIPELINES = {
    "an argument": (f"{CHARGE}    with: {{amount: ‸1}}", "number"),
    "a part of an argument": (f"{CHARGE}    with: {{order: {{id: ‸x}}}}", "string"),
    "an item deep inside": (f"{CHARGE}    with: {{order: {{lines: [{{qty: ‸1}}]}}}}", "integer"),
    "an unknown input": (f"{CHARGE}    with: {{amont: ‸1}}", None),
    "a condition": (f"{CHARGE}    when: ‸true", "boolean"),
    "what a step writes": (f"{CHARGE}    set: {{audit: [‸x]}}", "string"),
    "a value of another key": (f"{CHARGE}    timeout: ‸1s", None),
}
HEADS = {
    "an input's default": ("inputs:\n  a: {type: list<integer>, default: [‸1]}\n", "integer"),
    "a channel's default": ("state:\n  a: {type: map<number>, default: {x: ‸1}}\n", "number"),
    "a schedule's input": (
        "inputs: {a: boolean}\nschedule: [{cron: '* * * * *', inputs: {a: ‸true}}]\n",
        "boolean",
    ),
    "a component's default": (
        "components:\n  c:\n    inputs: {a: {type: number, default: ‸1}}\n",
        "number",
    ),
}
SCENARIOS = {
    "an input": ("    inputs: {order: {total: ‸1}}", "number"),
    "what a mock returns": ("    mocks: {a: {returns: {receipt: ‸x}}}", "string"),
    "what one of several returns": ("    mocks: {a: [{returns: {hint: ‸x}}]}", "string?"),
    "of a component": ("    mocks: {shop.charge: {returns: {receipt: ‸x}}}", "string"),
    "an output": ("    expect: {outputs: {r: ‸x}}", "string"),
    "a channel": ("    expect: {state: {audit: [‸x]}}", "string"),
    "a step's output": ("    expect: {steps: {a: {outputs: {receipt: ‸x}}}}", "string"),
    "a step's error": ("    expect: {steps: {a: {error: ‸x}}}", None),
    "of an unknown step": ("    expect: {steps: {b: {outputs: {receipt: ‸x}}}}", None),
}
TESTED = f"{HEAD}{CHARGE}outputs: {{r: '${{{{ steps.a.outputs.receipt }}}}'}}\n"


def check_expected(text: str, wanted: str | None, name: str = "a.flow.yaml") -> None:
    cursor = at(text, name=name, files={**FILES, "tested.flow.yaml": TESTED})
    found = expected(cursor.module, cursor.path)
    assert (found and show(found.type)) == wanted


@pytest.mark.parametrize(("text", "wanted"), PIPELINES.values(), ids=PIPELINES)
def test_what_is_wanted_in_steps(text: str, wanted: str | None) -> None:
    check_expected(f"{HEAD}{text}\n", wanted)


@pytest.mark.parametrize(("text", "wanted"), HEADS.values(), ids=HEADS)
def test_what_is_wanted_of_literals(text: str, wanted: str | None) -> None:
    check_expected(f"flow: 1\nname: x\n{text}", wanted)


@pytest.mark.parametrize(("text", "wanted"), SCENARIOS.values(), ids=SCENARIOS)
def test_what_is_wanted_in_scenarios(text: str, wanted: str | None) -> None:
    head = "flow_test: 1\npipeline: ./tested.flow.yaml\nscenarios:\n  s:\n"
    check_expected(f"{head}{text}\n", wanted, "a.flowtest.yaml")


def test_a_scenario_without_its_pipeline_wants_nothing() -> None:
    text = "flow_test: 1\npipeline: ./gone.flow.yaml\nscenarios:\n  s: {inputs: {a: ‸1}}\n"
    check_expected(text, None, "a.flowtest.yaml")
