"""Pipelines built in Python mean what files mean."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import flow_core
from flow_core import Pipeline, builder, step
from flow_core.builder import expr
from flow_core.check import check
from flow_core.components import decorator
from flow_core.convert import to_json, to_yaml
from flow_core.model.pipeline import Pipeline as Model
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.syntax import parse
from flow_core.syntax.format import format_text

YAML = """\
flow: 1
name: order
version: 1.2.0
types:
  Line: {fields: {sku: string, qty: {type: integer, minimum: 1}}}
inputs:
  lines: list<Line>
  region: {type: string, enum: [eu, us], default: eu}
state:
  audit: {type: list<string>, reduce: append}
secrets: [KEY]
steps:
  pick:
    for_each: ${{ inputs.lines }}
    uses: std.log
    with: {message: "${{ item.sku }} times ${{ item.qty }}"}
    timeout: 1m30s
    catch:
      - errors: [timeout]
        skip: true
    set: {audit: [picked]}
  group:
    depends_on: [pick]
    steps:
      inner: {uses: std.wait, with: {duration: 5s}}
    outputs: {done: true}
finally:
  close: {uses: std.log, with: {message: "${{ run.status }}"}}
outputs:
  done: ${{ steps.group.outputs.done }}
  lines: {value: "${{ inputs.lines }}", type: list<Line>}
"""


def built() -> Pipeline:
    return (
        Pipeline("order", version="1.2.0", secrets=["KEY"])
        .type("Line", {"fields": {"sku": "string", "qty": {"type": "integer", "minimum": 1}}})
        .input("lines", "list<Line>")
        .input("region", "string", enum=["eu", "us"], default="eu")
        .state("audit", "list<string>", reduce="append")
        .step(
            "pick",
            for_each=expr("inputs.lines"),
            uses="std.log",
            with_={"message": f"{expr('item.sku')} times {expr('item.qty')}"},
            timeout=timedelta(seconds=90),
            catch=[step(errors=("timeout",), skip=True)],
            set={"audit": ["picked"]},
        )
        .step(
            "group",
            depends_on=["pick"],
            steps={"inner": step(uses="std.wait", with_={"duration": timedelta(seconds=5)})},
            outputs={"done": True},
        )
        .finally_("close", uses="std.log", with_={"message": expr("run.status")})
        .output("done", expr("steps.group.outputs.done"))
        .output("lines", expr("inputs.lines"), type_="list<Line>")
    )


def model(text: str, kind: Any) -> Model:
    return Module("/project/order", parse(text, kind), Project(Settings("/project"))).pipeline


def test_yaml_json_and_python_give_one_model() -> None:
    expected = model(YAML, "yaml")
    assert list(expected.steps) == ["pick", "group"]
    assert model(to_json(YAML), "json") == expected
    assert model(built().json(), "json") == expected
    assert model(built().yaml(), "yaml") == expected


def test_the_model_of_a_builder_is_that_of_its_text() -> None:
    assert built().model().steps == model(YAML, "yaml").steps


def test_the_texts_of_a_builder_are_in_style() -> None:
    assert built().yaml() == to_yaml(built().json())
    assert format_text(built().yaml(), "yaml") == built().yaml()


def test_a_builder_is_checked_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "order.flow.yaml").write_text(YAML)
    module = Project(Settings(str(tmp_path))).module(str(tmp_path / "order.flow.yaml"))
    assert module is not None
    of_the_file = {(found.code, found.message) for found in check(module)}
    assert {(found.code, found.message) for found in built().check(str(tmp_path))} == of_the_file
    broken = Pipeline("a").step("b", uses="std.log", with_={"message": "x"}, tiemout="1s")
    (found,) = broken.check(str(tmp_path))
    assert "tiemout" in found.message
    assert broken.json()[found.span.start : found.span.end].strip('"') == "tiemout"


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="`steps` already has `a`"):
        Pipeline("p").step("a", uses="std.log").step("a", uses="std.log")


def test_the_public_names() -> None:
    assert flow_core.__all__ == sorted(flow_core.__all__)
    for name in flow_core.__all__:
        home = builder if hasattr(builder, name) else decorator
        assert getattr(flow_core, name) is getattr(home, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        flow_core.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_package_imports_nothing_else() -> None:
    script = "import sys, flow_core; print([n for n in sys.modules if n.startswith('flow_core.')])"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout == "[]\n"
