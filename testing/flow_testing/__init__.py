"""The harness for tests of pipelines. Loading this package imports nothing of the core.

What it offers is imported from here by name, and loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flow_testing.amounts import Duration as Duration
    from flow_testing.api import Flow as Flow
    from flow_testing.api import PipelineTest as PipelineTest
    from flow_testing.api import simulate as simulate
    from flow_testing.components.component import component as component
    from flow_testing.errors import FlowTestError as FlowTestError
    from flow_testing.mocking import fail as fail
    from flow_testing.mocking import hang as hang
    from flow_testing.running import LiveRun as LiveRun
    from flow_testing.running import SimulatedRun as SimulatedRun

_HOMES: dict[str, str] = {
    "Duration": "amounts",
    "Flow": "api",
    "FlowTestError": "errors",
    "LiveRun": "running",
    "PipelineTest": "api",
    "SimulatedRun": "running",
    "component": "components.component",
    "fail": "mocking",
    "hang": "mocking",
    "simulate": "api",
}
"""The module of each name that is offered."""

__all__ = [
    "Duration",
    "Flow",
    "FlowTestError",
    "LiveRun",
    "PipelineTest",
    "SimulatedRun",
    "component",
    "fail",
    "hang",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"`flow_testing` offers no `{name}`")
    return getattr(import_module(f"flow_testing.{home}"), name)
