"""A section that could not be read is one finding: what it may declare is not unknown too."""

import pytest

from flow_core.check import check
from flow_core.project import Project
from flow_core.settings import Settings

SECTIONS = {
    "inputs": "{name: string?}",
    "imports": "{lib: './lib.flow.yaml'}",
    "state": "{name: {type: integer}}",
    "types": "{Name: string}",
    "secrets": "[name]",
    "components": "{work: {inputs: {a: any}, run: {shell: [a]}}}",
}
USES = """\
steps:
  one:
    uses: lib.thing
    with: {a: "${{ inputs.x }} ${{ inputs.names }}"}
    set: {names: 1, y: 2}
  two:
    uses: works
    with: {a: "${{ state.y }} ${{ state.names }}", b: "${{ secrets.z }} ${{ secrets.names }}"}
  three: {uses: other}
outputs:
  t: {type: Names, value: "${{ inputs.x }}"}
  u: {type: Other, value: "${{ inputs.x }}"}
schedule: [{cron: "0 0 * * *", inputs: {x: 1}}]
"""
LIBRARY = "flow: 1\ncomponents: {thing: {inputs: {a: any}, run: {shell: [a]}}}\n"


def codes(text: str) -> list[str]:
    project = Project(Settings("/project"), {"/project/lib.flow.yaml": LIBRARY}.get)
    return sorted({found.code for found in check(project.add("/project/a.flow.yaml", text))})


def text_with(sections: dict[str, str]) -> str:
    head = "".join(f"{name}: {value}\n" for name, value in sections.items())
    return f"flow: 1\nname: a\n{head}{USES}"


def test_sections_that_can_be_read_show_what_is_unknown() -> None:
    found = codes(text_with({**SECTIONS, "imports": "{lob: './lib.flow.yaml'}"}))
    assert {"FL216", "FL301", "FL304", "FL508", "FL701", "FL702"} <= set(found)


@pytest.mark.parametrize("value", ["", "null", "text", "1"])
def test_sections_without_names_are_all_that_is_found(value: str) -> None:
    found = codes(text_with(dict.fromkeys(SECTIONS, value)))
    assert found == (["FL114"] if value in {"", "null"} else ["FL103"])


def test_sections_that_stand_twice_are_all_that_is_found() -> None:
    text = text_with({**SECTIONS, "imports": "{lob: './lib.flow.yaml'}"})
    twice = "".join(f"{name}: {value}\n" for name, value in SECTIONS.items())
    assert codes(text + twice) == ["FL002"]


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ("inputs", "FL304"),
        ("imports", "FL702"),
        ("state", "FL216"),
        ("types", "FL301"),
        ("secrets", "FL508"),
        ("components", "FL701"),
    ],
)
def test_only_that_section_is_unsure(section: str, code: str) -> None:
    whole = {**SECTIONS, "imports": "{lob: './lib.flow.yaml'}"}
    assert code in codes(text_with(whole))
    assert code not in codes(text_with({**whole, section: ""}))
    assert len({"FL216", "FL508", "FL702"} & set(codes(text_with({**whole, section: ""})))) >= 2


CALLER = """\
flow: 1
name: b
steps:
  sub: {uses: ./a.flow.yaml, with: {x: 1}}
"""


@pytest.mark.parametrize(("inputs", "sure"), [("{y: string?}", True), ("", False)])
def test_a_caller_is_not_blamed_either(inputs: str, *, sure: bool) -> None:
    called = f"flow: 1\nname: a\ninputs: {inputs}\nsteps: {{a: {{uses: std.log}}}}\n"
    project = Project(Settings("/project"), {"/project/a.flow.yaml": called}.get)
    found = {each.code for each in check(project.add("/project/b.flow.yaml", CALLER))}
    assert ("FL705" in found) is sure
