"""What the built-in components do."""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from flow_core.components.std import std_signature
from flow_core.diagnostics import Json

_BY_THE_RUN = frozenset({"wait"})
"""Components that no code stands behind: a run waits by itself."""


@cache
def pure(name: str) -> Callable[..., dict[str, Json]] | None:
    """What the component ``std.<name>`` does, if it has no effect.

    The function takes the inputs by their names and gives the outputs, or raises `ComponentError`.

    >>> pure("sort")(items=[2, 1])
    {'items': [1, 2]}
    >>> pure("http") is None
    True
    """
    signature = std_signature(name)
    if signature is None or signature.effect or name in _BY_THE_RUN:
        return None
    module, _, function = signature.target.partition(":")
    found: Callable[..., dict[str, Json]] = getattr(import_module(module), function)
    return found
