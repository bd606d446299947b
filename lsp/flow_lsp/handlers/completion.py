"""Completion, and the documentation of the item that somebody looks at."""

from typing import Any

import msgspec
from lsprotocol import types

from flow_core.ide.completion import Completions, Item, Kind, complete, documentation
from flow_core.ide.cursor import Cursor
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import Session

_KINDS: dict[Kind, types.CompletionItemKind] = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.Keyword,
    "value": types.CompletionItemKind.Value,
    "variable": types.CompletionItemKind.Variable,
    "field": types.CompletionItemKind.Field,
    "input": types.CompletionItemKind.Field,
    "output": types.CompletionItemKind.Field,
    "step": types.CompletionItemKind.Event,
    "function": types.CompletionItemKind.Function,
    "component": types.CompletionItemKind.Method,
    "pipeline": types.CompletionItemKind.Module,
    "type": types.CompletionItemKind.Class,
    "error": types.CompletionItemKind.EnumMember,
    "module": types.CompletionItemKind.Module,
    "file": types.CompletionItemKind.File,
    "folder": types.CompletionItemKind.Folder,
    "snippet": types.CompletionItemKind.Snippet,
}
_FORMATS = {False: types.InsertTextFormat.PlainText, True: types.InsertTextFormat.Snippet}
_ADJUST = types.InsertTextMode.AdjustIndentation
_TRIGGERS = (".", ":", " ", "{", '"', "'", "/", "@", "-", "$")


def completed(session: Session, params: types.CompletionParams) -> types.CompletionList:
    """What can be typed at a position."""
    look = session.at(params)
    around = session.neighbourhood
    client = _client(session)
    found = complete(
        _cursor(look),
        snippets=bool(client and client.snippet_support),
        typed=(params.context.trigger_character or "") if params.context else "",
        neighbours=lambda: around.of(look.document),
    )
    items = [_item(session, look, params, found, each) for each in found.items]
    return types.CompletionList(found.incomplete or around.is_looking(look.document), items)


class _Data(msgspec.Struct):
    """Where an item was offered, and what the core remembers it by."""

    uri: str
    line: int
    character: int
    item: Any


def resolved(session: Session, item: types.CompletionItem) -> types.CompletionItem:
    """An item with its documentation."""
    try:
        data = msgspec.convert(item.data, _Data)
    except msgspec.ValidationError:
        return item
    if data.uri in session.documents:
        document = types.TextDocumentIdentifier(data.uri)
        position = types.Position(data.line, data.character)
        look = session.at(types.TextDocumentPositionParams(document, position))
        text = documentation(_cursor(look), data.item)
        if text:
            item.documentation = types.MarkupContent(_markup(session), text)
    return item


def _cursor(look: Look) -> Cursor:
    """The cursor, which knows the names that the look leaves out."""
    names = look.document.outline.names if look.document.is_split else {}
    return Cursor(look.module, look.offset, look.slice.others, names=names)


def _item(
    session: Session, look: Look, params: types.CompletionParams, found: Completions, item: Item
) -> types.CompletionItem:
    mode, text = _indented(session, item.text, found.margin)
    place = params.position
    data = _Data(params.text_document.uri, place.line, place.character, item.data)
    return types.CompletionItem(
        item.label,
        kind=_KINDS[item.kind],
        tags=[types.CompletionItemTag.Deprecated] if item.deprecated else None,
        detail=item.detail or None,
        sort_text=item.sort,
        filter_text=item.filter or None,
        insert_text_format=_FORMATS[item.is_snippet],
        insert_text_mode=mode,
        text_edit=types.TextEdit(look.range(item.span), text),
        additional_text_edits=look.text_edits(item.edits) or None,
        data=msgspec.to_builtins(data),
    )


def _indented(session: Session, text: str, margin: str) -> tuple[types.InsertTextMode | None, str]:
    """A text as the client is to insert it; one that does not indent lines is given the margin."""
    if "\n" not in text:
        return None, text
    document, client = session.client.text_document, _client(session)
    support = client.insert_text_mode_support if client else None
    if support and _ADJUST in support.value_set:
        return _ADJUST, text
    if document and document.completion and document.completion.insert_text_mode == _ADJUST:
        return None, text
    return None, text.replace("\n", f"\n{margin}")


def _client(session: Session) -> types.ClientCompletionItemOptions | None:
    """What the client can do with items."""
    document = session.client.text_document
    return document.completion.completion_item if document and document.completion else None


def _markup(session: Session) -> types.MarkupKind:
    """How the client shows documentation: the first that it names."""
    client = _client(session)
    formats = client.documentation_format if client else None
    return formats[0] if formats else types.MarkupKind.Markdown


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        completed,
        types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True),
    ),
    Feature(types.COMPLETION_ITEM_RESOLVE, resolved),
)
