"""The harness for tests of pipelines. Loading this package imports nothing of the core.

What it offers is imported from here by name, and loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flow_testing.components.component import component as component
    from flow_testing.recording import record as record  # replaced by what is offered

_HOMES: dict[str, str] = {"component": "components.component", "record": "recording"}
"""The module of each name that is offered."""

__all__ = ["component", "record"]


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"`flow_testing` offers no `{name}`")
    return getattr(import_module(f"flow_testing.{home}"), name)
