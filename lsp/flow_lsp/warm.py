"""Warming up: what is slow the first time is done once, before somebody types."""

import asyncio
import gc
from collections.abc import Iterator
from datetime import UTC, datetime

from lsprotocol import types

from flow_core.check import check
from flow_core.ide.actions import actions
from flow_core.ide.completion import complete
from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import definition
from flow_core.ide.hover import hover
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import Project
from flow_core.settings import Settings
from flow_lsp.findings import needing_the_whole
from flow_lsp.protocol import FlowProtocol

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


_AT = {"textDocument": {"uri": ""}, "position": {"line": 0, "character": 0}}
_EDIT = {
    "textDocument": {"uri": "", "version": 1},
    "contentChanges": [{"range": {"start": _AT["position"], "end": _AT["position"]}, "text": ""}],
}
_MESSAGES: dict[str, object] = {
    types.TEXT_DOCUMENT_DID_CHANGE: _EDIT,
    types.TEXT_DOCUMENT_DIAGNOSTIC: _AT,
    types.TEXT_DOCUMENT_COMPLETION: _AT,
    types.TEXT_DOCUMENT_HOVER: _AT,
    types.TEXT_DOCUMENT_DEFINITION: _AT,
}


async def warm(protocol: FlowProtocol) -> None:
    """Do everything once, in pieces, and spare the garbage collector what stays anyway."""
    await asyncio.sleep(_DELAY)
    for method, params in _MESSAGES.items():
        number = {} if method == types.TEXT_DOCUMENT_DID_CHANGE else {"id": 0}
        message = {"jsonrpc": "2.0", "method": method, "params": params, **number}
        protocol.structure_message(message)
        await asyncio.sleep(0)
    needing_the_whole()
    for text in (_TEXT, _TEXT + "\n]: [", _TEXT.replace("}}", "")):
        module = Project(Settings("/"), lambda _: None).add("/warm.flow.yaml", text)
        for piece in (_check, _hover, _complete, _go):
            piece(module)
            await asyncio.sleep(0)
    gc.collect()
    gc.freeze()


def _check(module: Module) -> None:
    check(module)


def _hover(module: Module) -> None:
    for cursor in _cursors(module):
        hover(cursor, datetime.now(UTC))


def _complete(module: Module) -> None:
    for cursor in _cursors(module):
        complete(cursor)


def _go(module: Module) -> None:
    for cursor in _cursors(module):
        definition(cursor)
        actions(module, Span(cursor.offset, cursor.offset))


def _cursors(module: Module) -> Iterator[Cursor]:
    return (
        Cursor(module, _TEXT.index(word) + 1) for word in ("total", "std.log", "retry", "order ${")
    )
