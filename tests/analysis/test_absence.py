"""Why a value may be null, in words and with the place that decides it."""

import pytest

from flow_core.analysis.absence import why_null, why_skipped
from flow_core.model.sites import Context
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

FILE = "/project/main.flow.yaml"
TEXT = """\
flow: 1
name: t
inputs: {ok: boolean, s: string?, order: {fields: {note: string?}}}
state: {last: {type: string}}
components:
  make: {outputs: {s: string, maybe: string?}, run: {shell: [x]}}
steps:
  a: {when: "${{ inputs.ok }}", uses: make}
  b: {depends_on: [a], uses: make}
  c: {depends_on: [b], uses: make}
  d: {uses: make, catch: [{skip: true}]}
  e: {switch: [{when: "${{ inputs.ok }}", uses: make}]}
  sure: {uses: make}
  late: {depends_on: {a: settled}, uses: std.log, with: {message: late}}
finally:
  end: {uses: std.log, with: {message: end}}
"""


@pytest.fixture(scope="module")
def module() -> Module:
    found = Project(Settings("/project"), {FILE: TEXT}.get).module(FILE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("step", "words", "path"),
    [
        ("a", "because of its `when`", ("steps", "a", "when")),
        ("c", "as `a` may be, because of its `when`", ("steps", "a", "when")),
        ("d", "a handler skips it", ("steps", "d", "catch", 0, "skip")),
        ("e", "no branch", ("steps", "e", "switch")),
    ],
)
def test_a_step_is_skipped_for_a_reason(
    module: Module, step: str, words: str, path: tuple[str | int, ...]
) -> None:
    found = why_skipped(module, step)
    assert found is not None
    assert found.place is not None
    assert words in found.reason
    assert found.place.path == path


def test_a_step_that_is_never_skipped_has_none(module: Module) -> None:
    assert why_skipped(module, "sure") is None


@pytest.mark.parametrize(
    ("site", "path", "words"),
    [
        (("outputs",), ("inputs", "s"), "declared as `string?`"),
        (("outputs",), ("inputs", "order", "note"), "`inputs.order.note` is declared"),
        (("outputs",), ("state", "last"), "no `default`"),
        (("outputs",), ("steps", "a", "outputs", "s"), "because of its `when`"),
        (("outputs",), ("steps", "sure", "outputs", "maybe"), "gives `maybe` as `string?`"),
        (("finally", "end"), ("steps", "sure", "outputs", "s"), "did not succeed"),
        (("steps", "late"), ("steps", "a", "outputs", "s"), "`depends_on` lets this step run"),
    ],
)
def test_the_reason_of_a_path(
    module: Module, site: tuple[str, ...], path: tuple[str, ...], words: str
) -> None:
    sites = (found for found in module.sites.values() if found.path[: len(site)] == site)
    context = next((found.context for found in sites), Context())
    found = why_null(module, context, path)
    assert found is not None
    assert words in found.reason


def test_what_is_certain_has_no_reason(module: Module) -> None:
    context = next(iter(module.sites.values())).context
    assert why_null(module, context, ("steps", "sure", "outputs", "s")) is None
    assert why_null(module, context, ("steps", "gone", "outputs", "s")) is None
    assert why_null(module, context, ("item", "x")) is None
