"""Python components at run time: JSON data as a function's hints want it, and back.

Nothing here imports a component: it is given the function, or a value that one returned.
"""

from flow_core.run.python.given import arguments
from flow_core.run.python.returned import NotData, outputs_of

__all__ = ["NotData", "arguments", "outputs_of"]
