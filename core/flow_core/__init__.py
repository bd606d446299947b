"""The language: everything that knows what a pipeline means. No terminal, no LSP, no network.

For the authors of components: ``from flow_core import component, Secret, Estimate``.
"""

TYPE_CHECKING = False  # as type checkers know it; `typing` itself costs more than all of this file
if TYPE_CHECKING:
    from flow_core.components.decorator import Estimate, Secret, component

__all__ = ["Estimate", "Secret", "component"]


def __getattr__(name: str) -> object:
    """Import the decorator's module when one of its names is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from flow_core.components import decorator

    return getattr(decorator, name)
