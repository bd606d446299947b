"""Steps that never run, and where that begins."""

import pytest

from flow_core.project import Project
from flow_core.settings import Settings

FETCH = "uses: std.http, with: {url: https://example.com}"


def roots(steps: str) -> tuple[dict[str, str], set[str]]:
    """What each step that never runs is due to; and the steps that can't succeed."""
    indented = "\n".join(f"  {line}" for line in steps.split("\n"))
    text = f"flow: 1\nname: live\ninputs: {{on: boolean}}\nsteps:\n{indented}\n"
    module = Project(Settings("/project")).add("/project/main.flow.yaml", text)
    dead = {name for name in module.steps if not module.liveness.succeeds(name)}
    return module.liveness.cause, dead


def test_what_needs_a_step_that_is_off_is_off() -> None:
    cause, dead = roots(f"""
off: {{when: false, {FETCH}}}
after: {{{FETCH}, depends_on: [off]}}
later: {{{FETCH}, depends_on: [after]}}
instead: {{{FETCH}, depends_on: {{off: skipped}}}}
either: {{{FETCH}, depends_on: {{after: [succeeded, skipped]}}}}
""")
    assert cause == {"off": "off", "after": "off", "later": "off"}
    assert dead == {"off", "after", "later"}


@pytest.mark.parametrize(
    ("first", "condition", "runs"),
    [
        (f"{{{FETCH}}}", "failed", True),
        (f"{{{FETCH}}}", "skipped", False),
        (f"{{{FETCH}}}", "cancelled", True),
        (f"{{{FETCH}, catch: [{{skip: true}}]}}", "failed", False),
        (f"{{{FETCH}, catch: [{{skip: true}}]}}", "skipped", True),
        (f"{{{FETCH}, catch: [{{errors: [timeout], skip: true}}]}}", "failed", True),
        (f"{{{FETCH}, catch: [{{uses: std.log, with: {{message: x}}}}]}}", "failed", True),
        ("{value: {x: 1}}", "failed", False),
        ('{value: {x: "${{ 1 / int(inputs.on ? 1 : 0) }}"}}', "failed", True),
        ('{when: "${{ inputs.on }}", value: {x: 1}}', "skipped", True),
        ("{uses: std.fail, with: {message: x}}", "succeeded", False),
        ("{uses: std.fail, with: {message: x}}", "failed", True),
        ("{uses: std.fail, with: {message: x}, catch: [{value: {}}]}", "succeeded", True),
        ('{for_each: "${{ [1] }}", uses: std.fail, with: {message: x}}', "succeeded", True),
        ('{switch: [{when: "${{ inputs.on }}", value: {x: 1}}]}', "skipped", True),
        ("{switch: [{skip: true}]}", "succeeded", False),
    ],
)
def test_a_condition_that_can_or_cannot_be(first: str, condition: str, runs: bool) -> None:  # noqa: FBT001
    cause, _ = roots(f"first: {first}\nsecond: {{{FETCH}, depends_on: {{first: {condition}}}}}")
    assert cause == ({} if runs else {"second": "second"})
