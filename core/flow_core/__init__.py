"""The language: everything that knows what a pipeline means. No terminal, no LSP, no network.

For the authors of components: ``from flow_core import component, Secret, Estimate``. For those who
build pipelines in Python: ``from flow_core import Pipeline, step``; the builder's third name must
come as ``from flow_core.builder import expr``, for here `expr` is a package.
"""

TYPE_CHECKING = False  # as type checkers know it; `typing` itself costs more than all of this file
if TYPE_CHECKING:
    from flow_core.builder import Pipeline, step
    from flow_core.components.decorator import Estimate, Secret, component

__all__ = ["Estimate", "Pipeline", "Secret", "component", "step"]


def __getattr__(name: str) -> object:
    """Import the module of a public name when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in ("Pipeline", "step"):
        from flow_core import builder

        return getattr(builder, name)
    from flow_core.components import decorator

    return getattr(decorator, name)
