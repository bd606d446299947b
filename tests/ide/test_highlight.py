"""The places of a name in its file, and which of them write."""

import pytest
from ranged import ranged

from flow_core.ide.highlight import highlight

CASES = {
    "a channel": (
        (
            "state: {⟦log⟧: {type: string}}\n"
            'steps: {a: {set: {⟦lo‸g⟧: x}}, b: {when: "${{ state.⟦log⟧ == null }}"}}\n'
        ),
        [True, True, False],
    ),
    "a step": ("steps:\n  ⟦b‸⟧: {uses: x}\n  c: {depends_on: [⟦b⟧]}\n", [True, False]),
    "only in this file": (
        (
            "imports: {s: ./s.flow.yaml}\nsteps: {b: {uses: s.⟦‸c⟧}, d: {uses: s.⟦c⟧}}\n"
            "=== s.flow.yaml\ncomponents: {c: {run: {shell: [x]}}}\n"
        ),
        [False, False],
    ),
    "through what is linked in this file": (
        "steps:\n  b: {steps: {}, outputs: {⟦o⟧: 1}, catch: [{value: {⟦o‸⟧: 2}}]}\n",
        [True, False],
    ),
    "nothing": ("steps: {a: {uses: std.log, with: {message: he‸llo}}}\n", []),
}


@pytest.mark.parametrize(("text", "writes"), CASES.values(), ids=CASES)
def test_highlights(text: str, writes: list[bool]) -> None:
    case = ranged(text)
    found = highlight(case.cursor)
    assert tuple(each.span for each in found) == case.ranges["a.flow.yaml"]
    assert [each.writes for each in found] == writes
