"""`flow_faults` and the strategies as a user has them, in projects of their own."""

import shutil
from pathlib import Path

import pytest

from flow_core.rules import all_rules
from flow_testing import api, fault_runs, items, keeping, reporting, strategies

LOADED = api, fault_runs, items, keeping, reporting, strategies, all_rules(())
"""Loaded before pytest runs inside of pytest, which would else load it again for each run."""

ROOT = Path(__file__).parents[2]

ORDER = """\
flow: 1
name: order
components:
  reserve:
    inputs: {sku: string}
    outputs: {reservation: string}
    errors: {OutOfStock: the shelf is empty}
    run: {shell: [reserve]}
  release: {inputs: {reservation: string}, run: {shell: [release]}}
  charge:
    inputs: {amount: number}
    outputs: {receipt: string}
    errors: {Declined: no money, Busy: ask again}
    run: {shell: [charge]}
inputs:
  sku: string
  amount: {type: number, minimum: 0, maximum: 100}
  lines: {type: list<string>, maxItems: 2}
steps:
  reserve:
    uses: reserve
    with:
      sku: ${{ inputs.sku }}
    compensate:
      uses: release
      with:
        reservation: ${{ outputs.reservation }}
  charge:
    depends_on: [reserve]
    for_each: ${{ inputs.lines }}
    uses: charge
    with:
      amount: ${{ inputs.amount }}
    timeout: 5s
    retry: {max_attempts: 3, delay: 1s, errors: [Busy, timeout]}
outputs:
  receipts: ${{ steps.charge.outputs.map(c, c.receipt) }}
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a pipeline beside its tests."""
    (pytester.path / "order.flow.yaml").write_text(ORDER, encoding="utf-8")
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    return pytester


def names(result: pytest.RunResult) -> list[str]:
    """The ids of the tests that were collected."""
    return [line.partition("[")[2][:-1] for line in result.outlines if "::" in line and "[" in line]


TEST = """
from flow_testing import flow_faults

@flow_faults("order.flow.yaml", {arguments})
def test_order(run):
    {body}
"""


def faults(
    project: pytest.Pytester, arguments: str, body: str = "assert run.terminated", *options: str
) -> pytest.RunResult:
    """Run a test of faults."""
    project.makepyfile(TEST.format(arguments=arguments, body=body))
    return project.runpytest("-q", "-p", "no:randomly", *options)


INPUTS = "inputs={'sku': 'mug', 'amount': 2.5, 'lines': ['a']}"


def test_each_fault_is_a_test_with_a_readable_name(project: pytest.Pytester) -> None:
    result = faults(project, INPUTS, "assert run.terminated", "--collect-only")
    assert names(result) == [
        "none",
        "reserve#1=OutOfStock",
        "reserve#1=unexpected",
        "charge[0]#1=Busy",
        "charge[0]=Busy",
        "charge[0]#1=Declined",
        "charge[0]#1=unexpected",
        "charge[0]#1=hang",
        "charge[0]=hang",
    ]


def test_kinds_and_steps_can_be_chosen(project: pytest.Pytester) -> None:
    arguments = f"{INPUTS}, each=['timeout'], steps=['charge']"
    result = faults(project, arguments, "assert run.terminated", "--collect-only")
    assert names(result) == ["none", "charge[0]#1=hang", "charge[0]=hang"]


def test_a_plain_text_is_one_kind_or_one_step(project: pytest.Pytester) -> None:
    arguments = f"{INPUTS}, each='timeout', steps='charge'"
    result = faults(project, arguments, "assert run.terminated", "--collect-only")
    assert names(result) == ["none", "charge[0]#1=hang", "charge[0]=hang"]


def test_a_second_fault_is_one_that_the_first_made_possible(project: pytest.Pytester) -> None:
    result = faults(project, f"{INPUTS}, depth=2", "assert run.terminated", "--collect-only")
    pairs = [name for name in names(result) if "+" in name]
    assert "charge[0]#1=Busy+charge[0]#2=Declined" in pairs
    assert "charge[0]#1=Declined+reserve!compensate#1=unexpected" in pairs
    assert not any(name.startswith("reserve#1") for name in pairs)


def test_a_test_sees_the_run_with_its_fault(project: pytest.Pytester) -> None:
    body = "assert run.succeeded or run.compensated or run.step('reserve').error"
    result = faults(project, INPUTS, body)
    result.assert_outcomes(passed=9)


def test_mocks_stand_before_what_is_drawn(project: pytest.Pytester) -> None:
    arguments = f"{INPUTS}, mocks={{'charge': {{'receipt': 'r1'}}}}"
    body = "assert not run.succeeded or run.outputs == {'receipts': ['r1']}"
    result = faults(project, arguments, body)
    result.assert_outcomes(passed=9)


def test_a_failure_shows_the_timeline_and_a_scenario_to_keep(project: pytest.Pytester) -> None:
    result = faults(project, INPUTS, "assert run.succeeded")
    result.stdout.fnmatch_lines(
        ["*test_order?charge?0?=Busy?*", "*3/3*", "*Keep this case*", "flow_test: 1"]
    )


def test_the_scenario_to_keep_passes(project: pytest.Pytester) -> None:
    body = "assert run.succeeded or not run.save_scenario('found.flowtest.yaml', run.error.name)"
    faults(project, f"{INPUTS}, steps=['reserve']", body).assert_outcomes(passed=3)
    kept = project.path / "found.flowtest.yaml"
    assert "OutOfStock" in kept.read_text()
    project.runpytest("-q", "found.flowtest.yaml").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("steps=['chrage']", "did you mean `charge`?"),
        ("steps='chrage'", "did you mean `charge`?"),
        ("each=['hang']", "`hang` is no kind of fault: `error`, `timeout` or `slow`"),
        ("each='errors'", "`errors` is no kind of fault: `error`, `timeout` or `slow`"),
        ("inputs={'sku': 1}", "*`sku`*"),
        ("mocks={'charge': {'recept': 'x'}}", "required property `receipt` is missing"),
        ("mocks={'chrage': {}}", "*chrage*"),
        (f"{INPUTS}, depth=2, most=5", "*more than 5 fault plans*"),
    ],
)
def test_what_is_wrong_with_a_test_is_told_by_the_test(
    project: pytest.Pytester, arguments: str, told: str
) -> None:
    result = faults(project, arguments)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*{told}*"])
    assert "Traceback" not in result.stdout.str()
    assert "traceback" not in result.stdout.str()


def test_the_pipeline_must_be_named(project: pytest.Pytester) -> None:
    project.makepyfile(
        "from flow_testing import flow_faults\n@flow_faults\ndef test_it(run): ...\n"
    )
    result = project.runpytest("-q")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(['E *name the pipeline: `@flow_faults("order.flow.yaml")`'])
    result.stdout.no_fnmatch_line("*fault_runs.py*")


def test_a_pipeline_that_is_not_there_is_told(project: pytest.Pytester) -> None:
    (project.path / "order.flow.yaml").unlink()
    result = faults(project, INPUTS)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*there is no pipeline `order.flow.yaml`*"])


def test_a_test_without_an_argument_for_the_run_is_refused(project: pytest.Pytester) -> None:
    project.makepyfile(
        "from flow_testing import flow_faults\n"
        "@flow_faults('order.flow.yaml')\n"
        "def test_order():\n    pass\n"
    )
    result = project.runpytest("-q")
    result.stdout.fnmatch_lines(["*`test_order` needs an argument `run`*"])


def test_fixtures_and_classes_go_with_it(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from flow_testing import flow_faults

        @pytest.fixture
        def allowed():
            return {"succeeded", "failed"}

        class TestOrder:
            @pytest.mark.parametrize("again", [1, 2])
            @flow_faults("order.flow.yaml", steps=["reserve"], each=["error"])
            def test_order(self, run, allowed, again):
                assert run.status in allowed
        """
    )
    project.runpytest("-q").assert_outcomes(passed=6)


def test_workers_of_xdist_find_the_same_tests(project: pytest.Pytester) -> None:
    options = ("-n", "2", "-p", "no:hypothesispytest")
    faults(project, "depth=2", "assert run.terminated", *options).assert_outcomes(passed=39)


def test_nothing_is_simulated_when_the_module_is_only_imported(project: pytest.Pytester) -> None:
    project.makepyfile(
        tested="from flow_testing import flow_faults\n"
        "@flow_faults('nowhere.flow.yaml')\ndef test_it(run): pass\n",
        test_import="def test_import():\n    import tested\n",
    )
    project.runpytest("-q", "test_import.py").assert_outcomes(passed=1)


# Hypothesis

GIVEN = """
from hypothesis import given, settings
from flow_testing import FaultPlan, fault_plans, flow_inputs, outputs_of, simulate

settings.register_profile("here", max_examples=20, deadline=None, derandomize=True, database=None)
settings.load_profile("here")

{body}
"""


def drawn(project: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run a property test."""
    project.makepyfile(GIVEN.format(body=body))
    return project.runpytest("-q", "-p", "no:randomly")


def test_inputs_and_faults_are_drawn_from_a_pipeline(project: pytest.Pytester) -> None:
    body = """
@given(flow_inputs("order.flow.yaml"), fault_plans("order.flow.yaml"))
def test_terminates(inputs, faults):
    assert 0 <= inputs["amount"] <= 100
    assert simulate("order.flow.yaml", inputs, faults).terminated
"""
    drawn(project, body).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("each=['hang']", "`hang` is no kind of fault: `error`, `timeout` or `slow`"),
        ("steps='chrage'", "did you mean `charge`?"),
    ],
)
def test_what_is_wrong_with_drawn_faults_is_told(
    project: pytest.Pytester, arguments: str, told: str
) -> None:
    body = f"""
@given(fault_plans("order.flow.yaml", {arguments}))
def test_faults(faults):
    pass
"""
    result = drawn(project, body)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"E *{told}*"])


def test_outputs_are_drawn_for_a_step_and_for_a_component(project: pytest.Pytester) -> None:
    body = """
@given(outputs_of("charge", pipeline="order.flow.yaml"))
def test_outputs(outputs):
    assert set(outputs) == {"receipt"}

@given(outputs_of("chrage", pipeline="order.flow.yaml"))
def test_typo(outputs):
    pass
"""
    result = drawn(project, body)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*did you mean `charge`?*"])


def test_a_failure_shrinks_to_the_plainest_case_and_tells_how_to_keep_it(
    project: pytest.Pytester,
) -> None:
    body = """
@given(flow_inputs("order.flow.yaml"), fault_plans("order.flow.yaml"))
def test_never_fails(inputs, faults):
    assert simulate("order.flow.yaml", inputs, faults).succeeded
"""
    result = drawn(project, body)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*faults=FaultPlan.read('reserve#1=OutOfStock'),*",
            "*Keep this case*",
            "flow_test: 1",
            "*reserve: {fail: OutOfStock}*",
        ]
    )


def test_a_fault_plan_can_be_copied_from_a_report(project: pytest.Pytester) -> None:
    body = """
def test_again():
    faults = FaultPlan.read("charge[0]#1=Busy")
    inputs = {"sku": "", "amount": 0, "lines": ["a"]}
    assert simulate("order.flow.yaml", inputs, faults).step("charge").attempts == 2
"""
    drawn(project, body).assert_outcomes(passed=1)


def test_the_tests_of_the_etl_example_pass(pytester: pytest.Pytester) -> None:
    shutil.copytree(
        ROOT / "docs" / "examples" / "etl",
        pytester.path / "etl",
        ignore=shutil.ignore_patterns(".flow_cache", "__pycache__", "broken", "pytest.ini"),
    )
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    result = pytester.runpytest("-q", "etl/tests")
    assert result.ret == 0
