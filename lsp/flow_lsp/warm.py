"""Warming up: what is slow the first time is done once, before somebody types."""

import asyncio
import gc
from datetime import UTC, datetime

from flow_core.check import check
from flow_core.ide.cursor import Cursor
from flow_core.ide.hover import hover
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

_TEXT = """\
flow: 1
name: warm
inputs: {order: {fields: {id: string, total: number}}}
steps:
  one:
    uses: std.log
    with: {message: "order ${{ inputs.order.id }}"}
    retry: {max_attempts: 3, delay: 1s, errors: [Busy]}
    timeout: 30s
outputs: {total: "${{ inputs.order.total }}"}
"""
_DELAY = 0.2
"""Seconds after the start: whoever opens a file at once is not to wait for this."""


async def warm() -> None:
    """Do everything once, in pieces, and spare the garbage collector what stays anyway."""
    await asyncio.sleep(_DELAY)
    for text in (_TEXT, _TEXT + "\n]: [", _TEXT.replace("}}", "")):
        module = Project(Settings("/"), lambda _: None).add("/warm.flow.yaml", text)
        for piece in (_check, _hover):
            piece(module)
            await asyncio.sleep(0)
    gc.collect()
    gc.freeze()


def _check(module: Module) -> None:
    check(module)


def _hover(module: Module) -> None:
    for word in ("total }}", "std.log", "retry"):
        hover(Cursor(module, _TEXT.index(word)), datetime.now(UTC))
