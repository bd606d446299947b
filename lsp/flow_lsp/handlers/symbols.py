"""The outline of a document, and the symbols of the workspace."""

from collections.abc import Iterator

from lsprotocol import types

from flow_core.ide.symbols.document import symbols
from flow_core.ide.symbols.pieces import DocumentSymbol, piece_symbols
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.patience import look_through
from flow_lsp.session import Session
from flow_lsp.symbols import KINDS


async def outline(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The outline of a document: a tree, or for clients that know none a list."""
    look = session.syntax(params.text_document.uri)
    await look_through(look.module, piece_symbols)
    root = symbols(look.module)
    if root is None:
        return []
    if _knows_trees(session):
        return [_tree(look, root)]
    uri = params.text_document.uri
    return list(_list(look, root, uri, None))


def _knows_trees(session: Session) -> bool:
    client = session.client.text_document
    known = client.document_symbol if client else None
    return bool(known and known.hierarchical_document_symbol_support)


def _tree(look: Look, symbol: DocumentSymbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        kind=KINDS[symbol.kind],
        range=look.range(symbol.span),
        selection_range=look.range(symbol.selection),
        detail=symbol.detail or None,
        children=[_tree(look, child) for child in symbol.children] or None,
    )


def _list(
    look: Look, symbol: DocumentSymbol, uri: str, container: str | None
) -> Iterator[types.SymbolInformation]:
    location = types.Location(uri, look.range(symbol.span))
    yield types.SymbolInformation(
        location, symbol.name, KINDS[symbol.kind], container_name=container
    )
    for child in symbol.children:
        yield from _list(look, child, uri, symbol.name)


async def everywhere(
    session: Session, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol]:
    """What the files of the workspace declare."""
    for document in session.documents.values():
        session.work.open(document.file, document.buffer.text)
    found: list[tuple[str, types.WorkspaceSymbol]] = await session.work.ask(
        "symbols", params.query, session.encoding.kind.value
    )
    for file, symbol in found:
        symbol.location.uri = session.uri(file)
    return [symbol for _, symbol in found]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, outline),
    Feature(types.WORKSPACE_SYMBOL, everywhere),
)
