"""Which steps will run, may run and won't."""

import pytest
from simulating import run_of

HEAD = """\
inputs: {yes: {type: boolean, default: true}, no: {type: boolean, default: false}}
steps:
  a: {uses: k.ask}
"""
KNOWN = "steps.a.outputs.yes"
WHEN = {
    "a when that is true": ("inputs.yes", "will"),
    "a when that is false": ("inputs.no", "wont"),
    "a when that is not known": (KNOWN, "may"),
    "unknown and true": (f"{KNOWN} && inputs.yes", "may"),
    "unknown and false": (f"{KNOWN} && inputs.no", "wont"),
    "false and unknown": (f"inputs.no && {KNOWN}", "wont"),
    "unknown or true": (f"{KNOWN} || inputs.yes", "will"),
    "true or unknown": (f"inputs.yes || {KNOWN}", "will"),
    "unknown or false": (f"{KNOWN} || inputs.no", "may"),
    "not unknown": (f"!{KNOWN}", "may"),
    "chosen by what is unknown": (f"{KNOWN} ? inputs.yes : inputs.no", "may"),
    "chosen by what is known": (f"inputs.yes ? inputs.yes : {KNOWN}", "will"),
    "a status": ("steps.a.status == 'succeeded'", "will"),
    "the size of an unknown list": ("size(steps.a.outputs.some) > 0", "may"),
}


@pytest.mark.parametrize(("when", "expected"), WHEN.values(), ids=WHEN)
def test_when(when: str, expected: str) -> None:
    found = run_of(f"{HEAD}  b:\n    when: >-\n      ${{{{ {when} }}}}\n    uses: k.work\n")
    assert found.certainties == {"a": "will", "b": expected}


UNSURE = HEAD + f'  b: {{when: "${{{{ {KNOWN} }}}}", uses: k.work}}\n'
BELOW = {
    "what waits for it": ("  c: {depends_on: [b], uses: k.work}\n", {"c": "may"}),
    "what waits for that": (
        "  c: {depends_on: [b], uses: k.work}\n  d: {depends_on: [c], uses: k.work}\n",
        {"c": "may", "d": "may"},
    ),
    "what waits until it has settled": (
        "  c: {depends_on: {b: settled}, uses: k.work}\n",
        {"c": "will"},
    ),
    "what waits for it in either way": (
        "  c: {depends_on: {b: [succeeded, skipped]}, uses: k.work}\n",
        {"c": "will"},
    ),
    "what waits for it to be skipped": (
        "  c: {depends_on: {b: skipped}, uses: k.work}\n",
        {"c": "may"},
    ),
    "what does not": ("  c: {uses: k.work}\n", {"c": "will"}),
    "what is in a group": (
        "  g: {depends_on: [b], steps: {x: {uses: k.work}}}\n",
        {"g": "may", "g/x": "may"},
    ),
    "what is inside only": (
        (
            '  g: {steps: {x: {when: "${{ steps.a.outputs.yes }}", uses: k.work}, '
            "y: {uses: k.work}}}\n"
        ),
        {"g": "will", "g/x": "may", "g/y": "will"},
    ),
    "the steps of a branch": (
        (
            '  g: {switch: [{when: "${{ steps.a.outputs.yes }}", steps: {x: {uses: k.work}}}, '
            "{value: {}}]}\n"
        ),
        {"g": "will", "g/x": "may"},
    ),
    "finally": ("finally: {z: {uses: k.work}}\n", {"z": "will"}),
    "an unknown list": (
        '  e: {for_each: "${{ steps.a.outputs.some }}", uses: k.work}\n',
        {"e": "may"},
    ),
    "a known list": ("  e: {for_each: [1, 2], uses: k.work}\n", {"e": "will"}),
}


@pytest.mark.parametrize(("steps", "expected"), BELOW.values(), ids=BELOW)
def test_what_follows(steps: str, expected: dict[str, str]) -> None:
    found = run_of(UNSURE + steps).certainties
    assert {path: found[path] for path in expected} == expected


def test_rows_stand_where_they_begin() -> None:
    found = run_of(
        "steps:\n"
        "  a: {for_each: [1, 2], uses: k.slow}\n"
        "  b: {uses: k.quick}\n"
        "  g: {steps: {x: {uses: k.slow}}}\n"
    )
    assert list(found.rows) == ["g", "g/x", "a", "a[0]", "a[1]", "b"]
