"""Long work in short slices, so that whoever types does not wait for it."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from flow_core.ide.pieces import Piece, kind_of_module, pieces
from flow_core.module import Module

_SLICE = 0.002
"""Seconds after which others have their turn."""


async def look_through(module: Module, compute: Callable[[Piece], Any]) -> None:
    """Let a function see each piece of a module's text: its results are then remembered.

    The first time that takes long for a long text, and later only what was edited counts.
    """
    begun = time.perf_counter()
    for placed in pieces(module.document, kind_of_module(module)):
        placed.remembered(compute)
        if time.perf_counter() - begun > _SLICE:
            await asyncio.sleep(0)
            begun = time.perf_counter()
