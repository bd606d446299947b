"""What was recorded of a run makes a scenario that passes, and goes as the run did."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulating import module_of, project_of

from flow_core.kernel import Kernel
from flow_core.kernel.events import Cancel, Failed, Signal, Start, Succeeded
from flow_core.module import Module
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.project import Project, kind_of
from flow_core.settings import load
from flow_core.simulate import Run, SimulationError, simulate
from flow_core.simulate.given import with_unknown
from flow_core.simulate.outcomes import Result
from flow_core.simulate.recorded import Recording, recording_of, recording_of_trace
from flow_core.simulate.run import plan_of
from flow_core.simulate.scenarios import Suite
from flow_core.simulate.trace import read_trace, write_trace
from flow_core.simulate.written import write_scenario
from flow_core.syntax import parse
from flow_core.types import Type, deref
from flow_core.types.kinds import ObjectType
from flow_core.types.sample import sample

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PIPELINES = [
    "order-processing/order.flow.yaml",
    "etl/etl.flow.yaml",
    "multi-flow/first_order.flow.yaml",
    "multi-flow/flows/payment.flow.yaml",
]


def module_at(name: str) -> Module:
    path = EXAMPLES / name
    module = Project(load(path.parent)).module(str(path))
    assert module is not None
    return module


MODULES = {name: module_at(name) for name in PIPELINES}
PLANS: dict[str, PipelinePlan] = {name: plan_of(module) for name, module in MODULES.items()}


class Chance:
    """Attempts end as a seed has it: well with outputs of their types, with an error, or never."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - not secret

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        if not leaf.target.effect and not leaf.waits:
            return None
        takes = self.random.choice([0, leaf.target.p50 or 0, 1_500_000])
        errors = [*sorted(leaf.target.errors or ()), "unexpected"]
        if self.random.random() < 0.2:
            return Result(takes, Failed(start.id, self.random.choice(errors)))
        if leaf.policy.timeout and self.random.random() < 0.2:
            return Result(0, None)
        return Result(takes, Succeeded(start.id, dict(self.outputs(leaf.type))))

    def outputs(self, type_: Type) -> dict[str, object]:
        found = deref(type_)
        fields = found.fields if isinstance(found, ObjectType) else {}
        return {name: sample(field.type, self.random, name) for name, field in fields.items()}


def random_run(name: str, seed: int) -> Run:
    random = Random(seed)  # noqa: S311 - not secret
    ports = MODULES[name].pipeline.inputs
    inputs = {name: sample(port.type, random, name) for name, port in ports.items()}
    return simulate(PLANS[name], inputs, source=Chance(seed))


def written(recording: Recording, module: Module, text: str | None = None) -> tuple[str, Suite]:
    """The text of a file with the recording, and its suite."""
    file = str(Path(module.file).parent / "recorded.flowtest.yaml")
    done = write_scenario(recording, module, file, "it goes so", text)
    return done.text, Suite(Module(file, parse(done.text, kind_of(file)), module.project))


def history(run: Run) -> list[object]:
    return [(n.at, n.what, n.path, n.attempt, n.how) for n in run.notes]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PIPELINES), st.integers(0, 2**32))
def test_what_is_written_of_a_random_run_passes_and_goes_the_same_way(name: str, seed: int) -> None:
    run = random_run(name, seed)
    if run.outcome is None:
        return
    _, suite = written(recording_of(run), MODULES[name])
    result = suite.run("it goes so")
    assert result.passed
    assert result.run is not None
    assert history(result.run) == history(run)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(PIPELINES), st.integers(0, 2**32))
def test_a_trace_gives_the_scenario_that_its_run_gives(name: str, seed: int) -> None:
    run, module = random_run(name, seed), MODULES[name]
    if run.outcome is None:
        return
    trace = read_trace(write_trace(run, module), "t.jsonl")
    from_trace = written(recording_of_trace(trace, PLANS[name]), module)[0]
    assert from_trace == written(recording_of(run), module)[0]


@pytest.mark.parametrize("name", PIPELINES)
def test_where_nothing_is_known_examples_stand_for_it_and_that_is_told(name: str) -> None:
    module = MODULES[name]
    recording = recording_of(simulate(PLANS[name], with_unknown(module.pipeline, {})))
    done = write_scenario(recording, module, f"{module.file}.flowtest.yaml", "it", None)
    assert any("not known" in remark for remark in done.remarks)
    assert not any("another way" in remark for remark in done.remarks)


SMALL = """\
inputs:
  key: {type: string, secret: true}
  open: {type: string, default: public}
steps:
  a: {uses: k.work, retry: {max_attempts: 3, delay: 1s, errors: [A]}}
  b: {depends_on: [a], for_each: [1, 2], uses: k.quick}
  c: {depends_on: [b], uses: k.tell}
outputs: {n: "${{ steps.a.outputs.n }}"}
"""


def small(*ends: str) -> tuple[Module, Recording]:
    """A run whose attempts of the first step fail with these errors, and then succeed."""
    module, left = module_of(SMALL), list(ends)

    def source(start: Start, leaf: Leaf, _kernel: Kernel) -> Result:
        if start.path == "a" and left:
            return Result(2_000_000, Failed(start.id, left.pop(0)))
        return Result(leaf.target.p50 or 0, Succeeded(start.id, dict.fromkeys(leaf.outputs, 7)))

    return module, recording_of(simulate(module, {"key": "s3cret-value"}, source=source))


def test_a_scenario_is_short_and_without_secrets() -> None:
    module, recording = small("A")
    text, _ = written(recording, module)
    assert (
        text
        == """\
flow_test: 1
pipeline: ./demo.flow.yaml
scenarios:
  it goes so:
    inputs: {key: x}
    mocks:
      a: [{fail: A, takes: 2s}, {returns: {"n": 7}}]
      b: {returns: {"n": 7}}
      c: {returns: {}}
    expect:
      status: succeeded
      ran: [a, b, c]
      steps: {a: {attempts: 2, waits: [1s]}, b: {attempts: 2}}
      outputs: {"n": 7}
      elapsed: 4s
      cost: 2
"""
    )


def test_what_is_left_out_is_told() -> None:
    module, recording = small()
    done = write_scenario(recording, module, "/demo/x.flowtest.yaml", "it", None)
    assert done.remarks == ("the input `key` is secret or not known: an example stands for it",)


def test_it_is_added_to_a_file_and_every_other_byte_stays() -> None:
    module, recording = small("A", "A")
    text = written(recording, module)[0].replace("it goes so", "first") + "  # the end\n"
    for before in (text, text.replace("\n  first", "\n\n  first")):
        after, suite = written(recording, module, before)

        assert [scenario.name for scenario in suite.scenarios] == ["first", "it goes so"]
        added = after.index("\n  it goes so:")
        assert before.startswith(after[:added].rstrip("\n"))
        assert suite.run("first").passed


@pytest.mark.parametrize(
    "text",
    [
        "flow_test: 1\npipeline: ./demo.flow.yaml\nscenarios:\n",
        "flow_test: 1\npipeline: ./demo.flow.yaml\n",
        "{flow_test: 1, pipeline: ./demo.flow.yaml, scenarios: {}}\n",
        "flow_test: 1\npipeline: ./demo.flow.yaml\nscenarios: {a: {}} # yes\n",
    ],
)
def test_it_is_added_however_the_file_is_written(text: str) -> None:
    module, recording = small()
    _, suite = written(recording, module, text)
    assert suite.run("it goes so").passed


def test_json_too() -> None:
    module, recording = small("A")
    file = "/demo/x.flowtest.json"
    text = write_scenario(recording, module, file, "one", None).text
    both = write_scenario(recording, module, file, "two", text).text
    suite = Suite(Module(file, parse(both, "json"), module.project))
    assert [suite.run(name).passed for name in ("one", "two")] == [True, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("flow_test: 1\npipeline: ./other.flow.yaml\n", "is for `other`, not for `demo`"),
        ("flow_test: 1\npipeline: ./gone.flow.yaml\n", "is for no pipeline that can be found"),
        (
            "flow_test: 1\npipeline: ./demo.flow.yaml\nscenarios: {it: {}}\n",
            "has a scenario `it` already",
        ),
        ("a: [\n", "is for no pipeline"),
    ],
)
def test_what_it_is_not_added_to(text: str, message: str) -> None:
    project, module = project_of(SMALL, other="steps: {a: {uses: k.tell}}\n")
    project.add("/demo/x.flowtest.yaml", text)
    recording = small()[1]
    with pytest.raises(SimulationError, match=message):
        write_scenario(recording, module, "/demo/x.flowtest.yaml", "it", text)


def test_what_no_scenario_can_say_is_refused() -> None:
    module = module_of("steps: {a: {uses: k.slow}, w: {uses: std.wait_signal}}\n")
    cancelled = simulate(module, events=[(1_000_000, Cancel())])
    with pytest.raises(SimulationError, match="cancelled or paused"):
        recording_of(cancelled)
    waiting = simulate(module, events=[(0, Signal("x"))])
    assert waiting.outcome is None
    with pytest.raises(SimulationError, match="has not ended"):
        recording_of(waiting)


def test_an_answer_becomes_a_mock_that_takes_as_long() -> None:
    module = module_of("steps: {w: {uses: std.wait_signal}, a: {depends_on: [w], uses: k.tell}}\n")
    answer = (3_000_000, Signal("w", {"data": {"yes": True}}))
    run = simulate(module, events=[answer], start="2026-01-01T00:00:00Z")
    text, suite = written(recording_of(run), module)
    assert "takes: 3s" in text
    assert 'data: {"yes": true}' in text
    assert suite.run("it goes so").passed


def test_what_an_example_leads_another_way_is_told() -> None:
    when = "when: '${{ steps.a.outputs.n == 51966 }}'"
    module = module_of(f"steps: {{a: {{uses: k.work}}, b: {{{when}, uses: k.tell}}}}\n")
    recording = recording_of(simulate(module))
    done = write_scenario(recording, module, "/demo/x.flowtest.yaml", "it", None)
    assert "goes another way than the run: `b` skipped" in done.remarks[-1]
