"""The hierarchy of calls: who calls a pipeline, component or step, and what it calls."""

from typing import Any

import msgspec
from lsprotocol import types

from flow_core.ide.calls import CallItem, Calls, incoming, outgoing, prepare_calls
from flow_core.ide.cursor import Cursor
from flow_core.ide.references import within
from flow_core.module import Module
from flow_lsp.everywhere import apply
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import Session

_KINDS = {
    "pipeline": types.SymbolKind.Module,
    "component": types.SymbolKind.Function,
    "step": types.SymbolKind.Method,
}


async def prepared(
    session: Session, params: types.CallHierarchyPrepareParams
) -> list[types.CallHierarchyItem] | None:
    """What a position is on that calls or is called."""
    uri = params.text_document.uri
    look = session.text(uri)
    found = await session.far(_prepared, uri, look.offset_at(params.position))
    return [_item(look, found, uri)] if found else None


def _prepared(module: Module, offset: int) -> CallItem | None:
    return prepare_calls(Cursor(module, offset))


def _item(look: Look, found: CallItem, uri: str) -> types.CallHierarchyItem:
    """An item; its data tell what it is, and the document that the client began with."""
    return types.CallHierarchyItem(
        name=found.name,
        kind=_KINDS[found.kind],
        uri=look.uri(found.file),
        range=look.range(found.span, found.file),
        selection_range=look.range(found.selection, found.file),
        detail=found.detail,
        data={"from": uri, "item": msgspec.to_builtins(found)},
    )


async def callers(
    session: Session, params: types.CallHierarchyIncomingCallsParams
) -> list[types.CallHierarchyIncomingCall]:
    """Who calls an item."""
    look, item = _read(session, params.item)
    found = await apply(session, look.module.file, _incoming, item, await session.files())
    return [
        types.CallHierarchyIncomingCall(_item(look, each.other, _uri(params.item)), ranges)
        for each in found or ()
        for ranges in [[look.range(span, each.other.file) for span in each.places]]
    ]


def _incoming(module: Module, item: CallItem, files: list[str]) -> tuple[Calls, ...]:
    return incoming(item, within(module.project, files))


async def called(
    session: Session, params: types.CallHierarchyOutgoingCallsParams
) -> list[types.CallHierarchyOutgoingCall]:
    """What an item calls."""
    look, item = _read(session, params.item)
    found = await apply(session, look.module.file, outgoing, item)
    return [
        types.CallHierarchyOutgoingCall(_item(look, each.other, _uri(params.item)), ranges)
        for each in found or ()
        for ranges in [[look.range(span, item.file) for span in each.places]]
    ]


def _read(session: Session, item: types.CallHierarchyItem) -> tuple[Look, CallItem]:
    """A look at the document that the client began with, and the item."""
    data: Any = item.data
    return session.text(data["from"]), msgspec.convert(data["item"], CallItem)


def _uri(item: types.CallHierarchyItem) -> str:
    data: Any = item.data
    return str(data["from"])


FEATURES = (
    Feature(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, prepared),
    Feature(types.CALL_HIERARCHY_INCOMING_CALLS, callers),
    Feature(types.CALL_HIERARCHY_OUTGOING_CALLS, called),
)
