"""A fault of the text is reported once, not again by what the shape makes of it."""

import pytest

from flow_core.language.shape import check_shape
from flow_core.syntax import parse

HEAD = "flow: 1\nname: x\n"
STEP = "steps:\n  a:\n    uses: std.log\n    with: {message: hi}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{STEP}  b\n",
        f"{HEAD}{STEP}  b:\n    uses std.log\n    with: {{}}\n",
        f"{HEAD}{STEP}  b:\n    uses: *nothing\n",
        f'{HEAD}{STEP}  b:\n    uses: "std.log\n    with: {{message: hi}}\n',
        f"{HEAD}{STEP}    retry: {{max_attempts: ${{{{ inputs.n }}}}}}\n",
        f"{HEAD}{STEP}    1: one\n",
        f"{HEAD}{STEP}    with: {{message: hi, there}}\n",
        f"flow: 1\nname x\n{STEP}",
        f"flow: 1\n name: x\n{STEP}",
        f"{HEAD}steps\n  a:\n    uses: std.log\n",
        f"{HEAD}steps: {{a: {{uses: std.log, with: {{message: hi}}\n",
    ],
)
def test_broken_text_is_no_broken_shape(text: str) -> None:
    document = parse(text, "yaml")
    assert document.problems
    assert check_shape(document) == ()


@pytest.mark.parametrize(
    "text", ['{"flow": 1, "name": , "steps": {"a": {"uses" }}', '{"flow": 1, "name" "x"}']
)
def test_broken_json_is_no_broken_shape(text: str) -> None:
    document = parse(text, "json")
    assert document.problems
    assert {problem.kind for problem in check_shape(document)} <= {"missing-key"}


def test_other_problems_are_reported_beside_a_fault() -> None:
    text = f'{HEAD}{STEP}    timout: 3s\n  b:\n    with: {{}}\n  c:\n    uses: "std.log\n'
    assert [(p.kind, p.place.path) for p in check_shape(parse(text, "yaml"))] == [
        ("unknown-key", ("steps", "a", "timout")),
        ("missing-call", ("steps", "b")),
    ]
