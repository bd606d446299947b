"""The registration table: which module answers which method of the protocol."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import msgspec

HANDLERS = (
    "workspace",
    "sync",
    "diagnostics",
    "completion",
    "hover",
    "signature",
    "navigation",
    "rename",
    "highlight",
    "calls",
    "symbols",
    "actions",
    "formatting",
    "tokens",
    "hints",
    "lenses",
    "folding",
    "links",
    "files",
    "graph",
    "commands",
    "validation",
)
"""The modules of `flow_lsp.handlers`. Each has `FEATURES`; whoever adds one names it here."""


class Feature(msgspec.Struct, frozen=True):
    """A method, what answers it (given the session and the parameters), and its options."""

    method: str
    handle: Callable[..., Any]
    options: Any = None


def features() -> Iterator[Feature]:
    """All features."""
    for name in HANDLERS:
        module = import_module(f"flow_lsp.handlers.{name}")
        yield from module.FEATURES
