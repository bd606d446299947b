"""What a step gives where a handler may give it."""

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
TEXT = """\
flow: 1
name: grade
components:
  tell: {inputs: {text: {type: string, enum: [good, poor]}}, run: {shell: [tell]}}
steps:
  judge:
    switch: [{value: {text: good}}]
    catch: [{value: {text: HANDLED}}]
  tell:
    uses: tell
    with: {text: "${{ steps.judge.outputs.text }}"}
"""


@pytest.mark.parametrize(("handled", "expected"), [("poor", []), ("none", ["FL309"])])
def test_readers_see_what_a_handler_gives(handled: str, expected: list[str]) -> None:
    text = TEXT.replace("HANDLED", handled)
    module = Project(Settings("/project"), {FILE: text}.get).module(FILE)
    assert module is not None
    assert [found.code for found in check(module)] == expected
