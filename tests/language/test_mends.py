"""Mends: what they write, and that nothing is left to say afterwards."""

import pytest

from flow_core.language.shape import check_shape
from flow_core.syntax import parse
from flow_core.syntax.patch import apply_edits, apply_patches

STEP = "flow: 1\nname: p\nsteps:\n  a:\n    uses: x.y  # why\n    HERE\n"
ROOT = "flow: 1\nname: p\nHERE\nsteps:\n  a: {uses: x.y}\n"

SAFE = [
    (STEP, "timout: 30s", "timeout: 30s"),
    (STEP, "needs: [b]", "depends_on: [b]"),
    (STEP, "needs: b", "depends_on: [b]"),
    (STEP, "dependsOn: [b]", "depends_on: [b]"),
    (STEP, "if: inputs.ok", "when: ${{ inputs.ok }}"),
    (STEP, "if: ${{ inputs.ok }}", "when: ${{ inputs.ok }}"),
    (STEP, "timeout-minutes: 5", "timeout: 5m"),
    (STEP, "retries: 3", "max_attempts: 4"),
    (STEP, "TimeoutSeconds: 90", "timeout: 90s"),
    (STEP, "name: Charge the card", "description: Charge the card"),
    (STEP, "parameters: {a: 1}", "with: {a: 1}"),
    (STEP, "retry: {limit: 2}", "retry: {max_attempts: 3}"),
    (STEP, "retry: {attempts: 2, interval: 1s}", "retry: {max_attempts: 2, delay: 1s}"),
    (STEP, "depends_on: b", "depends_on: [b]"),
    (STEP, "fail_fast: no", "fail_fast: false"),
    (STEP, 'fail_fast: "false"', "fail_fast: false"),
    (STEP, 'max_parallel: "3"', "max_parallel: 3"),
    (STEP, "timeout: 1.5 hours", "timeout: 1h30m"),
    (STEP, "timeout: PT90S", "timeout: 1m30s"),
    (ROOT, "version: 1.10", 'version: "1.10"'),
    (ROOT, "description: 2026", 'description: "2026"'),
    (STEP, "retry: {max_attempts: 2, backoff: linaer}", "backoff: linear"),
    (STEP, "params:\n      # kept\n      b: 1", "with:\n      # kept\n      b: 1"),
    (ROOT.replace("flow: 1\n", ""), "tags: [a]", "flow: 1"),
    ("flow: 1\nname: p\nsteps:\n  a: HERE\n", "x.y", "uses: x.y"),
]
UNSAFE = [
    (STEP, "retry: 3", "max_attempts: 4"),
    (STEP, "continue-on-error: true", "skip: true"),
    (STEP, "timeout: 30", "timeout: 30s"),
    (STEP, "when: inputs.ok", "when: ${{ inputs.ok }}"),
    (STEP, 'for_each: "{{ inputs.x }}"', "${{ inputs.x }}"),
    (STEP, "timout: [30s]", "timeout: [30s]"),
    (ROOT, "inputs: {a-b: string}", "inputs: {a_b: string}"),
    (ROOT, "inputs: {for: string}", "inputs: {for_: string}"),
]


def mend(text: str) -> tuple[str, set[str]]:
    """The text after its mends, and how safe they are."""
    document = parse(text, "yaml")
    assert document.problems == ()
    mends = [problem.mend for problem in check_shape(document) if problem.mend]
    patches = [patch for found in mends for patch in found.patches]
    edits = apply_patches(document, patches)
    return apply_edits(text, edits), {found.safety for found in mends}


@pytest.mark.parametrize(
    ("template", "broken", "mended"),
    SAFE,
    ids=[case[1] for case in SAFE],
)
def test_a_safe_mend_leaves_nothing_to_say(template: str, broken: str, mended: str) -> None:
    text, safety = mend(template.replace("HERE", broken))
    assert safety == {"safe"}
    assert check_shape(parse(text, "yaml")) == ()
    assert mended in text
    assert text.count("#") == template.count("#") + broken.count("#")


@pytest.mark.parametrize(("template", "broken", "mended"), UNSAFE, ids=[c[1] for c in UNSAFE])
def test_a_mend_that_guesses_is_marked(template: str, broken: str, mended: str) -> None:
    text, safety = mend(template.replace("HERE", broken))
    assert safety == {"unsafe"}
    assert mended in text


@pytest.mark.parametrize(
    "broken",
    ["needs: [{job: b}]", "retries: many", "if: [a]", "trigger_rule: one_failed", "foo: 1"],
)
def test_what_is_not_certain_is_not_mended(broken: str) -> None:
    (problem,) = check_shape(parse(STEP.replace("HERE", broken), "yaml"))
    assert problem.mend is None
