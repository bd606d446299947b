"""Whatever goes wrong in the nightly load, the warehouse holds a whole batch or none of it."""

from flow_testing import fault_plans, flow_faults, flow_inputs, simulate
from hypothesis import given, settings


@flow_faults("etl.flow.yaml", steps=["load", "report"], depth=2)
def test_no_batch_stays_without_its_report(run):
    loaded = run.step("load").status == "succeeded"
    undone = run.calls("warehouse.unload")
    assert run.succeeded or not loaded or undone


@flow_faults("etl.flow.yaml", steps=["rates"])
def test_the_load_does_without_the_bank(run):
    assert run.succeeded


@settings(deadline=None)
@given(flow_inputs("etl.flow.yaml"), fault_plans("etl.flow.yaml"))
def test_every_run_ends_within_the_budget(inputs, faults):
    run = simulate("etl.flow.yaml", inputs, faults)
    assert run.terminated
    assert run.elapsed <= "4h"
