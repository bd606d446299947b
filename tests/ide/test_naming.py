"""A text of what names a step has all that waits for it."""

import pytest
from marked import module

from flow_core.ide.naming import MOST_PARTS, text_naming
from flow_core.ide.outline import outline

NAMES = ("a", "b", "ab", "group")
TEXT = """\
flow: 1
name: x
steps:
  a:
    uses: std.log
  # a is not waited for here
  b:
    depends_on: [a]
    uses: std.log
  ab:
    uses: std.log
    with: {message: "${{ steps.b.status }}"}
  group:
    steps:
      inner:
        uses: std.log
        with: {message: "${{ steps.a.status }}"}
outputs:
  c: ${{ steps.ab.status }}
"""


def dependents(text: str, name: str) -> list[str]:
    return module(text).graph.dependents[name]


@pytest.mark.parametrize("name", NAMES)
def test_all_that_waits_for_a_step_is_there(name: str) -> None:
    lines = TEXT.splitlines(keepends=True)
    part = text_naming(lines, outline(lines), name)
    assert dependents(part, name) == dependents(TEXT, name)


def test_what_does_not_name_a_step_is_left_out() -> None:
    lines = TEXT.splitlines(keepends=True)
    assert "  a:" not in text_naming(lines, outline(lines), "ab")


def test_more_than_a_bound_is_not_looked_at() -> None:
    steps = "".join(f"  s{n}:\n    depends_on: [a]\n" for n in range(100))
    lines = f"flow: 1\nsteps:\n  a:\n    uses: std.log\n{steps}".splitlines(keepends=True)
    part = text_naming(lines, outline(lines), "a")
    assert len(dependents(part, "a")) == MOST_PARTS
