"""The harness for tests of pipelines. Loading this package imports nothing of the core.

What it offers is imported from here by name, and loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flow_core.simulate.faults import Fault as Fault
    from flow_core.simulate.faults import FaultPlan as FaultPlan
    from flow_testing.amounts import Duration as Duration
    from flow_testing.api import Flow as Flow
    from flow_testing.api import PipelineTest as PipelineTest
    from flow_testing.api import simulate as simulate
    from flow_testing.components.component import component as component
    from flow_testing.errors import FlowTestError as FlowTestError
    from flow_testing.fault_runs import flow_faults as flow_faults
    from flow_testing.live_runs import LiveRun as LiveRun
    from flow_testing.mocking import estimated as estimated
    from flow_testing.mocking import fail as fail
    from flow_testing.mocking import hang as hang
    from flow_testing.random_pipelines import pipelines as pipelines
    from flow_testing.running import SimulatedRun as SimulatedRun
    from flow_testing.sampling import Sampled as Sampled
    from flow_testing.strategies import fault_plans as fault_plans
    from flow_testing.strategies import flow_inputs as flow_inputs
    from flow_testing.strategies import outputs_of as outputs_of

_HOMES: dict[str, str] = {
    "Duration": "amounts",
    "Fault": "api",
    "FaultPlan": "api",
    "Flow": "api",
    "FlowTestError": "errors",
    "LiveRun": "live_runs",
    "PipelineTest": "api",
    "Sampled": "sampling",
    "SimulatedRun": "running",
    "component": "components.component",
    "estimated": "mocking",
    "fail": "mocking",
    "fault_plans": "strategies",
    "flow_faults": "fault_runs",
    "flow_inputs": "strategies",
    "hang": "mocking",
    "outputs_of": "strategies",
    "pipelines": "random_pipelines",
    "simulate": "api",
}
"""The module of each name that is offered."""

__all__ = [
    "Duration",
    "Fault",
    "FaultPlan",
    "Flow",
    "FlowTestError",
    "LiveRun",
    "PipelineTest",
    "Sampled",
    "SimulatedRun",
    "component",
    "estimated",
    "fail",
    "fault_plans",
    "flow_faults",
    "flow_inputs",
    "hang",
    "outputs_of",
    "pipelines",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"`flow_testing` offers no `{name}`")
    __tracebackhide__ = True
    try:
        return getattr(import_module(f"flow_testing.{home}"), name)
    except ModuleNotFoundError as error:
        from flow_testing.errors import not_installed

        raise not_installed(name, error) from None
