"""What a dry run assumes of what is only known after the run."""

import pytest

from flow_core.builder import Pipeline
from flow_core.simulate import Run, simulate
from flow_core.simulate.report import assumptions

CHECK = {"outputs": {"ok": "boolean", "n": "integer"}, "run": {"shell": ["check"]}}


def run(**whens: str) -> Run:
    """A dry run of steps that wait for `check` and have these conditions."""
    made = Pipeline("assumed", components={"check": CHECK}).step("check", uses="check")
    for name, when in whens.items():
        fails = name.startswith("fail")
        message = {"message": "x"}
        made.step(name, when=when, uses="std.fail" if fails else "std.log", with_=message)
    return simulate(made)


def ran(found: Run) -> list[str]:
    return [name for name in found.path if name != "check"]


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        ({"a": "${{ steps.check.outputs.ok }}"}, ["a"]),
        ({"a": "${{ !steps.check.outputs.ok }}"}, []),
        ({"b": "${{ !steps.check.outputs.ok }}", "a": "${{ steps.check.outputs.ok }}"}, ["a"]),
        (
            {"a": "${{ steps.check.outputs.n > 1 }}", "b": "${{ steps.check.outputs.n < 1 }}"},
            ["a", "b"],
        ),
        ({"fail": "${{ steps.check.outputs.n > 1 }}"}, []),
        ({"fail": "${{ !steps.check.outputs.ok }}", "a": "${{ steps.check.outputs.ok }}"}, ["a"]),
    ],
)
def test_conditions_over_one_output_agree(whens: dict[str, str], expected: list[str]) -> None:
    found = run(**whens)
    assert found.status == "succeeded"
    assert ran(found) == expected
    assert [each["question"] for each in assumptions(found)] == [f"{name}.when" for name in whens]


def test_an_approval_that_nobody_gives_is_assumed() -> None:
    approve = {"uses": "std.approval", "with_": {"message": "go?"}}
    found = simulate(Pipeline("asked").step("approve", **approve))
    assert assumptions(found) == [
        {"question": "approve", "answer": "answered at once", "because": ""}
    ]
