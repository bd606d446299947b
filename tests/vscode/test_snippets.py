"""Every snippet of the extension, filled with what it offers, is something the checker accepts."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from flow_core.check import Selection, check
from flow_core.project import Project
from flow_core.settings import Settings

SNIPPETS = Path(__file__).parents[2] / "vscode-extension" / "snippets"
PLACE = re.compile(r"\$\{\d+:([^{}]*)\}|\$\{\d+\|([^,|]*)[^|]*\|\}")

KIT = """\
flow: 1
name: kit
inputs:
  lines: {type: list<string>, default: []}
  fast: {type: boolean, default: true}
state:
  audit: {type: list<string>, reduce: append}
types:
  Line: {fields: {sku: string}}
components:
  ask:
    description: Ask whether it is done.
    outputs: {done: boolean}
    errors: {Busy: it does not answer}
    run: {shell: [ask]}
  look:
    description: Look for something.
    run: {shell: [look]}
steps:
  before:
    uses: std.log
    with: {message: first}
  fetch:
    retry: {max_attempts: 2}
    uses: ask
"""
"""A pipeline that has what snippets refer to."""


def snippets(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SNIPPETS / f"{name}.yaml").read_text("utf-8"))
    return found


def filled(body: str) -> str:
    return PLACE.sub(lambda place: place[1] or place[2], body).replace("$0", "")


def without(text: str, key: str) -> str:
    """A file without one of its root keys."""
    return re.sub(rf"^{key}:.*\n(?:[ ].*\n)*", "", text, flags=re.MULTILINE)


def pipeline(where: str, body: str) -> str:
    """The kit with a snippet where it belongs."""
    if where == "file":
        return body
    if where == "root":
        return without(KIT, body.partition(":")[0]) + body
    if where == "component":
        run = "    run: {shell: [look]}\n"
        return KIT.replace(run, run + indent(body, " " * 4))
    if where == "step":
        kit = KIT.replace("    retry: {max_attempts: 2}\n", "") if body[:5] == "retry" else KIT
        return kit + indent(body, " " * 4)
    return KIT.replace(f"{where}:\n", f"{where}:\n{indent(body, '  ')}")


def scenario(where: str, body: str) -> str:
    """A file of scenarios with a snippet where it belongs."""
    if where == "file":
        return body
    head = "flow_test: 1\npipeline: ./my.flow.yaml\nscenarios:\n"
    if where == "scenarios":
        return head + indent(body, "  ")
    if where == "mocks":
        return f"{head}  one:\n    mocks:\n{indent(body, ' ' * 6)}"
    mocks = "    mocks: {fetch: {returns: {done: true}}}\n"
    return f"{head}  one:\n{mocks}{indent(body, ' ' * 4)}"


SUB = """\
flow: 1
name: ship
inputs: {order: string}
steps:
  log:
    uses: std.log
    with: {message: "${{ inputs.order }}"}
"""
FILES = {
    "my.flow.yaml": KIT,
    "ship.flow.yaml": SUB,
    "shop/steps.py": "def charge(amount: float) -> None: ...\n",
}


def cases() -> Iterator[Any]:
    for name, text in (("pipeline", pipeline), ("scenario", scenario)):
        for prefix, snippet in snippets(name).items():
            suffix = "flow" if name == "pipeline" else "flowtest"
            whole = text(snippet["in"], filled(snippet["body"]))
            yield pytest.param(f"a.{suffix}.yaml", whole, id=prefix)


UNUSED = Selection(ignore=("FL208", "FL209", "FL214"))
"""What the kit and a snippet do not use, other parts of a real file do."""


@pytest.mark.parametrize(("name", "text"), [*cases()])
def test_the_checker_has_nothing_to_say_of_a_snippet(name: str, text: str) -> None:
    texts = {f"/project/{file}": content for file, content in FILES.items()}
    module = Project(Settings("/project"), texts.get).add(f"/project/{name}", text)
    findings = [f"{found.code} {found.message}" for found in check(module, UNUSED)]
    assert not findings, text
