"""One cause, one finding: broken text is reported by the rules of syntax alone."""

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
SOUND = """\
flow: 1
name: greet
inputs: {name: string, loud: boolean}
steps:
  hello:
    uses: std.log
    with:
      message: hello ${{ inputs.name }}
  bye:
    when: ${{ inputs.loud }}
    depends_on: [hello]
    uses: std.log
    with: {message: "bye ${{ inputs.name }}"}
    timeout: 5s
"""


def codes(text: str) -> list[str]:
    module = Project(Settings("/project"), {FILE: text}.get).module(FILE)
    assert module is not None
    return [diagnostic.code for diagnostic in check(module)]


def test_the_sound_file_is_sound() -> None:
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: greet", "name greet", "FL001"),
        ("steps:", "steps", "FL001"),
        ("  bye:", "  bye", "FL001"),
        ("uses: std.log\n    with:\n", "uses: std.log\n    with\n", "FL001"),
        ('{message: "bye ${{ inputs.name }}"}', '{message: "bye ${{ inputs.name }}"', "FL001"),
        ("message: hello ${{ inputs.name }}", 'message: "hello ${{ inputs.name }}', "FL001"),
        ("name: greet", "name: greet\nname: meet", "FL002"),
        ("    timeout: 5s", "    5: 5s", "FL003"),
        ("    timeout: 5s", "      timeout: 5s", "FL004"),
        ("    timeout: 5s", "   timeout: 5s", "FL004"),
        ("    timeout: 5s", "\ttimeout: 5s", "FL004"),
        ("      message: hello", "\tmessage: hello", "FL004"),
        ('{message: "bye ${{ inputs.name }}"}', "{message: ${{ inputs.name }}}", "FL005"),
        ("message: hello ${{", "message: {{", "FL119"),
        ('"bye ${{ inputs.name }}"', "{{ inputs.name }}", "FL119"),
        ("when: ${{", "when: &loud {{", "FL119"),
        ("${{ inputs.loud }}", "{{ inputs.loud }}", "FL119"),
        ('{message: "bye ${{ inputs.name }}', '{message: "bye ${ inputs.name }', "FL124"),
        ("message: hello", "message: say: hello", "FL006"),
        ("inputs.loud }}", "inputs.loud }", "FL303"),
        ("inputs.loud }}", "inputs.loud = 'bob' }}", "FL303"),
        ("inputs.loud }}", "inputs.loud + }}", "FL303"),
        ("inputs.loud }}", "inputs.name and inputs.loud }}", "FL303"),
        ("when: ${{ inputs.loud }}", "when: !${{ inputs.loud }}", "FL007"),
        ("message: hello", "message: *hello", "FL007"),
        ("{{ inputs.loud }}", "{{ inputs.loud && inputs.name != ' #' }}", "FL008"),
        ('"bye ${{ inputs.name }}"', "bye, all", "FL010"),
        ('{message: "bye ${{ inputs.name }}"}', "*nothing", "FL011"),
        ("name: greet", "name: *nothing", "FL011"),
        ("message: hello", "message: !secret hello", "FL014"),
        ("name: greet", "name: greet\udcff", "FL015"),
    ],
)
def test_a_fault_is_reported_once(old: str, new: str, code: str) -> None:
    assert old in SOUND
    assert codes(SOUND.replace(old, new, 1)) == [code]
