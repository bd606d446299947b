"""Dry runs: the kernel driven by a virtual clock, with mocks and estimates in the place of effects.

Nothing here has an effect: no component's code is imported, nothing is fetched, nothing is written.
"""

from flow_core.simulate.errors import SimulationError
from flow_core.simulate.run import Run, simulate

__all__ = ["Run", "SimulationError", "simulate"]
