"""How conditions come out is among the notes, so that nobody has to guess it from what follows."""

from typing import Any

import pytest

from flow_core.simulate import simulate
from flow_testing.random_pipelines import COMPONENTS, plan_of

WORK = {"uses": "work"}
NO, YES = "${{ inputs.no }}", "${{ !inputs.no }}"

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "when": (
        {"a": {"when": NO, **WORK}, "b": {"when": YES, **WORK}},
        ["a.when: false", "b.when: true"],
    ),
    "for_each": (
        {
            "a": {"for_each": [], **WORK},
            "b": {"for_each": [1], **WORK},
            "c": {"for_each": [1, 2], **WORK},
        },
        ["a.for_each: 0 elements", "b.for_each: 1 element", "c.for_each: 2 elements"],
    ),
    "the branches of a switch, up to the one that is taken": (
        {"a": {"switch": [{"when": NO, **WORK}, {"when": YES, **WORK}, {"when": YES, **WORK}]}},
        ["a.switch[0]: false", "a.switch[1]: true"],
    ),
    "the branch without a condition": (
        {"a": {"switch": [{"when": NO, **WORK}, {"value": {"n": 1}}]}},
        ["a.switch[0]: false", "a.switch[1]: true"],
    ),
    "a switch in a switch": (
        {"a": {"switch": [{"when": YES, "switch": [{"when": NO, **WORK}, WORK]}]}},
        ["a.switch[0]: true", "a.switch[0].switch[0]: false", "a.switch[0].switch[1]: true"],
    ),
    "until": (
        {"a": {**WORK, "repeat": {"until": "${{ iteration >= 2 }}", "max_iterations": 3}}},
        ["a#1.repeat.until: false", "a#2.repeat.until: true"],
    ),
    "a constant": ({"a": {"when": True, **WORK}}, ["a.when: true"]),
}


@pytest.mark.parametrize(("steps", "expected"), CASES.values(), ids=CASES)
def test_every_condition_tells_how_it_came_out(steps: dict[str, Any], expected: list[str]) -> None:
    inputs = {"no": "boolean"}
    pipeline = {"flow": 1, "name": "x", "components": COMPONENTS, "inputs": inputs, "steps": steps}
    run = simulate(plan_of(pipeline), {"no": False})
    found = [f"{note.path}: {note.how}" for note in run.notes if note.what == "decided"]
    assert found == expected
