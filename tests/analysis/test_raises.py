"""The errors of steps: of their attempts, what comes on top before `catch`, and what is left.

`expression_error` and `type_error` are always possible before `catch`; they are left out here.
"""

import pytest

from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

HEAD = """
flow: 1
name: x
inputs: {x: any}
components:
  pay: {errors: {Declined: no, Down: down}, run: {shell: [pay]}}
  guarded:
    errors: {Down: down}
    circuit_breaker: {failure_threshold: 3, reset_timeout: 1m}
    run: {shell: [pay]}
  sub: {run: {flow: ./sub.flow.yaml}}
"""
SUB = """
flow: 1
name: sub
budget: {cost: 1}
steps:
  fail: {uses: std.fail, with: {message: x}}
"""
EVALUATION = {"expression_error", "type_error"}
PAYS = "Declined Down unexpected"


def module(text: str, **files: str) -> Module:
    texts = {f"/p/{name}.flow.yaml": body for name, body in files.items()}
    project = Project(Settings("/p"), {"/p/main.flow.yaml": text, **texts}.get)
    found = project.module("/p/main.flow.yaml")
    assert found is not None
    return found


def words(errors: frozenset[str]) -> str:
    return " ".join(sorted(errors - EVALUATION))


@pytest.mark.parametrize(
    ("step", "attempt", "on_top"),
    [
        ("uses: pay", PAYS, ""),
        ("{uses: pay, timeout: 1s}", "Declined Down timeout unexpected", ""),
        ("{uses: pay, retry: {max_attempts: 2, max_duration: 1s}}", PAYS, "timeout"),
        ("{uses: pay, repeat: {until: x, max_iterations: 2}}", PAYS, "repeat_exhausted"),
        ("uses: guarded", "Down circuit_open unexpected", ""),
        ("{steps: {a: {uses: pay, catch: [{errors: [Down], skip: true}]}}}",
         "Declined unexpected", ""),
        ("{switch: [{when: '${{ inputs.x }}', uses: pay}, {uses: std.log, with: {message: x}}]}",
         PAYS, ""),
        ("{uses: std.fail, with: {message: x, error: Mine}}", "Mine unexpected", ""),
        ("uses: sub", "Failed budget_exceeded unexpected", ""),
    ],
)  # fmt: skip
def test_what_retry_and_catch_see(step: str, attempt: str, on_top: str) -> None:
    found = module(f"{HEAD}steps:\n  it:\n    {step}\n", sub=SUB)
    raises, it = found.raises, found.pipeline.steps["it"]
    assert raises.is_known(it.call, it.path)
    assert words(raises.attempt(it)) == attempt
    assert words(raises.activation(it) - raises.attempt(it)) == on_top
    assert raises.activation(it) >= EVALUATION
    assert raises.step(it) == raises.activation(it)


@pytest.mark.parametrize(
    ("handler", "left"),
    [
        ("{errors: [Declined], skip: true}", "Down unexpected"),
        ("{skip: true}", ""),
        ("{when: '${{ inputs.x }}', skip: true}", PAYS),
        ("{uses: guarded, timeout: 1s}", "Down circuit_open timeout unexpected"),
        ("{uses: guarded, retry: {max_attempts: 2, max_duration: 1s}}",
         "Down circuit_open timeout unexpected"),
    ],
)  # fmt: skip
def test_what_handlers_leave(handler: str, left: str) -> None:
    found = module(f"{HEAD}steps:\n  it:\n    uses: pay\n    catch:\n      - {handler}\n")
    assert words(found.raises.step(found.pipeline.steps["it"])) == left


@pytest.mark.parametrize(
    "step",
    [
        "uses: unknown.thing",
        "uses: ./missing.flow.yaml",
        "uses: ./main.flow.yaml",
        "uses: ./unknown.flow.yaml",
        "{uses: std.fail, with: {message: x, error: '${{ inputs.x }}'}}",
        "{steps: {a: {uses: pay}, b: {uses: pay, catch: [{uses: unknown.thing}]}}}",
        "{switch: [{uses: unknown.thing}]}",
        "{}",
    ],
)
def test_what_is_not_known(step: str) -> None:
    inner = "flow: 1\nname: unknown\nsteps:\n  it: {uses: unknown.thing}\n"
    found = module(f"{HEAD}steps:\n  it:\n    {step}\n", sub=SUB, unknown=inner)
    it = found.pipeline.steps["it"]
    assert not found.raises.is_known(it.call, it.path)
    assert not found.raises.pipeline_is_known


def test_a_pipeline_raises_what_its_steps_and_its_end_raise() -> None:
    found = module(f"{HEAD}steps:\n  a: {{uses: pay}}\nfinally:\n  b: {{uses: guarded}}\n")
    own = {"Declined", "Down", "circuit_open", "unexpected"}
    assert set(found.raises.pipeline) - EVALUATION == own
    assert found.raises.pipeline_is_known


def test_defaults_give_timeouts_to_leaf_calls_alone() -> None:
    found = module(
        f"{HEAD}defaults: {{timeout: 1s}}\nsteps:\n  a: {{uses: pay}}\n  b: {{uses: sub}}\n"
        "  c: {uses: pay, timeout: null}\n  d: {uses: std.approval, with: {message: x}}\n",
        sub=SUB,
    )
    raises, steps = found.raises, found.pipeline.steps
    assert {name for name in steps if "timeout" in raises.step(steps[name])} == {"a"}
