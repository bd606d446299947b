"""Components from Python source, which is parsed and never imported or run."""

from flow_core.components.modules import FindModule
from flow_core.components.python.reader import read_function, read_module

__all__ = ["FindModule", "read_function", "read_module"]
