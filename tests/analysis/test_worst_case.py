"""What steps and pipelines take, shown as least..most time, cost and attempts.

A ``+`` after a figure says that more is possible, as far as is known.
"""

import pytest

from flow_core.analysis.effort import Effort, Range
from flow_core.durations import show_duration
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

COMPONENTS = """
components:
  ask: {estimate: {p50: 1s, p95: 3s, cost: 0.5}, run: {shell: [ask]}}
  plain: {run: {shell: [plain]}}
  sub: {run: {flow: ./sub.flow.yaml}}
"""
SUB = """
flow: 1
name: sub
steps:
  one: {uses: std.wait, with: {duration: 10s}}
  two: {uses: std.shell, with: {command: [x]}, timeout: 20s, depends_on: [one]}
finally:
  last: {uses: std.wait, with: {duration: 5s}}
"""


def module(text: str, **files: str) -> Module:
    texts = {f"/p/{name}.flow.yaml": body for name, body in files.items()}
    project = Project(Settings("/p"), {"/p/main.flow.yaml": text, **texts}.get)
    found = project.module("/p/main.flow.yaml")
    assert found is not None
    return found


def shown(effort: Effort) -> str:
    def times(span: Range) -> str:
        more = "" if span.bounded else "+"
        return f"{show_duration(int(span.least))}..{show_duration(int(span.most))}{more}"

    def numbers(span: Range) -> str:
        return f"{span.least:g}..{span.most:g}{'' if span.bounded else '+'}"

    return f"{times(effort.duration)} {numbers(effort.cost)} {numbers(effort.attempts)}"


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("uses: plain", "0s..0s+ 0..0 1..1"),
        ("uses: ask", "0s..3s+ 0.5..0.5 1..1"),
        ("{uses: ask, estimate: {p50: 9s, cost: 2}}", "0s..9s+ 2..2 1..1"),
        ("{uses: ask, timeout: 10s}", "0s..10s 0.5..0.5 1..1"),
        ("{uses: ask, timeout: 10s, retry: {max_attempts: 3, delay: 1s, backoff: linear}}",
         "0s..33s 0.5..1.5 1..3"),
        ("{uses: ask, retry: {max_attempts: 3, delay: 1s, max_duration: 1m}}",
         "0s..1m 0.5..1.5 1..3"),
        ("{uses: plain, timeout: 10s, repeat: {until: x, max_iterations: 3, delay: 1m}}",
         "0s..2m30s 0..0 1..3"),
        ("{uses: plain, timeout: 10s, when: '${{ inputs.x }}'}", "0s..10s 0..0 0..1"),
        ("{uses: plain, timeout: 10s, for_each: [1, 2, 3]}", "0s..10s 0..0 3..3"),
        ("{uses: plain, timeout: 10s, for_each: [1, 2, 3], max_parallel: 2}",
         "0s..20s 0..0 3..3"),
        ("{uses: plain, timeout: 10s, for_each: []}", "0s..0s 0..0 0..0"),
        ("{uses: plain, timeout: 10s, for_each: '${{ inputs.x }}'}", "0s..10s+ 0..0+ 0..1+"),
        ("{uses: std.log, with: {message: x}, timeout: 10s, retry: {max_attempts: 3}}",
         "0s..0s 0..0 1..1"),
        ("{uses: std.wait, with: {duration: 1h}}", "1h..1h 0..0 1..1"),
        ("{uses: std.wait, with: {duration: '${{ inputs.x }}'}}", "0s..0s+ 0..0 1..1"),
        ("{uses: std.approval, with: {message: x}, timeout: 1d}", "0s..1d 0..0 1..1"),
        ("{uses: plain, timeout: 10s, catch: [{skip: true}, {uses: ask, timeout: 1m}]}",
         "0s..1m10s 0..0.5 0..2"),
        ("{uses: plain, timeout: 10s, catch: [{value: {}}]}", "0s..10s 0..0 0..1"),
        ("{switch: [{when: '${{ inputs.x }}', uses: ask}, {uses: plain}], timeout: 9s}",
         "0s..9s 0..0.5 1..1"),
        ("{switch: [{when: '${{ inputs.x }}', uses: plain}], timeout: 9s}", "0s..9s 0..0 0..1"),
        ("{uses: sub}", "15s..35s 0..0 2..2"),
        ("{uses: sub, timeout: 12s}", "12s..12s 0..0 2..2"),
        ("{uses: ./sub.flow.yaml, retry: {max_attempts: 2, delay: 1s}}", "15s..1m11s 0..0 2..4"),
        ("{uses: unknown.thing}", "0s..0s+ 0..0+ 0..0+"),
        ("{uses: unknown.thing, timeout: 1m}", "0s..1m 0..0+ 0..0+"),
        ("{}", "0s..0s+ 0..0+ 0..0+"),
    ],
)  # fmt: skip
def test_a_step(step: str, wanted: str) -> None:
    text = f"flow: 1\nname: x\ninputs: {{x: any}}\n{COMPONENTS}\nsteps:\n  it:\n    {step}\n"
    found = module(text, sub=SUB)
    assert shown(found.worst_case.step(found.pipeline.steps["it"])) == wanted


def test_the_longest_chain_makes_the_duration() -> None:
    found = module("""
flow: 1
name: x
steps:
  late: {uses: std.wait, with: {duration: 30s}, depends_on: [early]}
  alone: {uses: std.wait, with: {duration: 35s}}
  early: {uses: std.wait, with: {duration: 10s}}
  group:
    depends_on: {late: settled}
    steps:
      b: {uses: std.wait, with: {duration: 2s}, depends_on: [a]}
      a: {uses: std.wait, with: {duration: 1s}}
finally:
  last: {uses: std.wait, with: {duration: 1h}}
""")
    assert shown(found.worst_case.pipeline) == "43s..43s 0..0 5..5"
    assert show_duration(int(found.worst_case.whole.duration.most)) == "1h43s"
    assert found.worst_case.critical_path() == ("early", "late", "group")


def test_defaults_are_for_leaf_calls() -> None:
    found = module(f"""
flow: 1
name: x
inputs: {{x: boolean}}
defaults: {{timeout: 1m, retry: {{max_attempts: 2}}}}
{COMPONENTS}
steps:
  leaf: {{uses: plain}}
  own: {{uses: plain, timeout: 5s, retry: null}}
  sub: {{uses: sub}}
  wait: {{uses: std.wait, with: {{duration: 1h}}}}
  group: {{steps: {{inner: {{uses: plain}}}}}}
  mixed:
    switch:
      - {{when: "${{{{ inputs.x }}}}", uses: plain}}
      - {{uses: sub}}
""", sub=SUB)  # fmt: skip
    most = {
        name: show_duration(int(found.worst_case.step(step).duration.most))
        for name, step in found.pipeline.steps.items()
    }
    assert most == {
        "leaf": "2m",
        "own": "5s",
        "sub": "35s",
        "wait": "1h",
        "group": "2m",
        "mixed": "2m",
    }


def test_a_pipeline_that_calls_itself_is_unknown_and_ends() -> None:
    text = "flow: 1\nname: x\nsteps:\n  again: {uses: ./main.flow.yaml}\n"
    assert not module(text).worst_case.pipeline.duration.bounded
    text += "finally:\n  once_more: {uses: ./main.flow.yaml}\n"
    assert not module(text).worst_case.whole.duration.bounded


def test_a_cycle_of_steps_ends() -> None:
    steps = "a: {uses: plain, depends_on: [b], timeout: 1s}, b: {uses: plain, depends_on: [a]}"
    found = module(f"flow: 1\nname: x\n{COMPONENTS}\nsteps: {{{steps}}}\n")
    assert found.worst_case.pipeline.duration.most >= 1_000_000
    assert found.worst_case.critical_path()


def test_a_long_chain_of_files_ends() -> None:
    files = {
        f"f{n}": f"flow: 1\nname: f{n}\nsteps:\n  next: {{uses: ./f{n + 1}.flow.yaml}}\n"
        for n in range(500)
    }
    found = module("flow: 1\nname: x\nsteps:\n  next: {uses: ./f0.flow.yaml}\n", **files)
    assert not found.worst_case.pipeline.duration.bounded
    assert not found.raises.pipeline_is_known
