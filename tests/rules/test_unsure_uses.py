"""What seems unused may be used in a part of the file that can't be read, or be meant elsewhere."""

import pytest

from flow_core.check import check
from flow_core.diagnostics import Diagnostic
from flow_core.project import Project
from flow_core.settings import Settings

MAIN = "/project/main.flow.yaml"
FILES = {
    "/project/shop.flow.yaml": """\
flow: 1
name: shop
types: {Plan: string}
components:
  charge: {inputs: {plan: Plan, amount: number}, run: {shell: [charge]}}
""",
    "/project/util.py": "from flow_core import component\n",
}
HEAD = """\
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
inputs: {plan: shop.Plan, amount: number}
defaults: {timeout: 30s}
state: {total: {type: number, initial: 0}}
secrets: [KEY]
types: {Id: string}
steps:
"""


def findings(text: str) -> tuple[Diagnostic, ...]:
    module = Project(Settings("/project"), {**FILES, MAIN: text}.get).module(MAIN)
    assert module is not None
    return check(module)


def codes(text: str) -> list[str]:
    return [found.code for found in findings(text)]


@pytest.mark.parametrize(
    "steps",
    [
        "  - uses: shop.charge\n    with: {plan: a, amount: 1}\n",
        "  pay: {calls: shop.charge, timeout: 5s}\n",
        "  pay: shop.charge\n",
    ],
)
def test_nothing_is_unused_where_a_part_is_unread(steps: str) -> None:
    found = findings(HEAD + steps)
    assert found
    assert not {"FL209", "FL214", "FL217", "FL421", "FL704"} & {each.code for each in found}
    fixes = [each.fix for each in found if each.fix and not each.code.startswith("FL1")]
    assert "safe" not in {fix.safety for fix in fixes}


def test_it_is_reported_where_all_is_read() -> None:
    text = HEAD + "  pay: {uses: shop.charge, timeout: 5s, with: {plan: a, amount: 1}}\n"
    assert {"FL209", "FL211", "FL214", "FL217", "FL421"} <= set(codes(text))


def test_an_input_that_a_call_lacks_is_not_unused() -> None:
    text = """\
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
inputs: {plan: shop.Plan, amount: number}
steps:
  pay: {uses: shop.charge, with: {amount: "${{ inputs.amount }}"}}
"""
    assert codes(text) == ["FL706"]
