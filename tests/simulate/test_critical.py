"""The critical path, by hand."""

import pytest
from simulating import run_of

CASES = {
    "the longer of two": (
        (
            "steps: {a: {uses: k.quick}, b: {uses: k.slow}, "
            "c: {depends_on: {a: succeeded, b: succeeded}, uses: k.quick}}"
        ),
        ["b", "c"],
    ),
    "the last to end": ("steps: {a: {uses: k.slow}, b: {uses: k.quick}}", ["a"]),
    "a slot": (
        "max_parallel: 1\nsteps: {a: {uses: k.slow}, b: {uses: k.quick}}",
        ["a", "b"],
    ),
    "a group": (
        (
            "steps: {g: {steps: {x: {uses: k.quick}, y: {uses: k.slow}}}, "
            "b: {depends_on: [g], uses: k.quick}}"
        ),
        ["g", "g/y", "b"],
    ),
    "a sub-pipeline": ("steps: {s: {uses: ./sub.flow.yaml}}", ["s", "s/p", "s/q"]),
    "an element": (
        (
            'steps: {e: {for_each: [1, 2], steps: {w: {uses: std.wait, with: {duration: "'
            "${{ item == 1 ? duration('9s') : duration('1s') }}\"}}}}}"
        ),
        ["e", "e[0]", "e[0]/w"],
    ),
    "finally": (
        "steps: {a: {uses: k.slow}}\nfinally: {z: {uses: k.quick}}",
        ["a", "z"],
    ),
    "nothing that is skipped": (
        'steps: {a: {uses: k.quick}, b: {when: "${{ false }}", uses: k.slow}}',
        ["a"],
    ),
    "nothing at all": ('steps: {a: {when: "${{ false }}", uses: k.slow}}', []),
}


@pytest.mark.parametrize(("pipeline", "expected"), CASES.values(), ids=CASES)
def test_critical_path(pipeline: str, expected: list[str]) -> None:
    sub = "steps: {p: {uses: k.quick}, q: {depends_on: [p], uses: k.slow}}\n"
    assert run_of(f"{pipeline}\n", files={"sub": sub}).critical_path == expected
