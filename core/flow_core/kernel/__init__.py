"""The kernel: the scheduler as a state machine without IO, events in and commands out.

Dry runs, tests, runs, replay and the debugger all drive this one kernel. It reads no clock, does no
IO and imports nothing that could: what happens next follows from the plan, the inputs, the seed and
the events alone (R-instant-5).
"""

from flow_core.kernel.kernel import Kernel

__all__ = ["Kernel"]
