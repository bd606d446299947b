"""Symbols in the protocol's terms: their kinds, and those of a whole workspace."""

from collections.abc import Iterable

from lsprotocol import types

from flow_core.ide.symbols.pieces import SymbolKind
from flow_core.ide.symbols.workspace import WorkspaceSymbol, find_symbols
from flow_core.module import Module
from flow_core.syntax import Document
from flow_lsp.encoding import Encoding

KINDS: dict[SymbolKind, types.SymbolKind] = {
    "pipeline": types.SymbolKind.Module,
    "library": types.SymbolKind.Package,
    "scenarios": types.SymbolKind.File,
    "section": types.SymbolKind.Namespace,
    "import": types.SymbolKind.Package,
    "type": types.SymbolKind.Struct,
    "input": types.SymbolKind.Field,
    "secret": types.SymbolKind.Key,
    "channel": types.SymbolKind.Variable,
    "component": types.SymbolKind.Function,
    "step": types.SymbolKind.Method,
    "group": types.SymbolKind.Class,
    "branch": types.SymbolKind.EnumMember,
    "handler": types.SymbolKind.Event,
    "compensation": types.SymbolKind.Event,
    "output": types.SymbolKind.Property,
    "scenario": types.SymbolKind.Method,
}


def symbols_of(
    modules: Iterable[Module], query: str, encoding: str
) -> list[tuple[str, types.WorkspaceSymbol]]:
    """The symbols that a query finds, each with its file; their URIs are still to be given."""
    known = {module.file: module for module in modules}
    units = Encoding(encoding)
    return [
        (found.location.file, _converted(known[found.location.file].document, found, units))
        for found in find_symbols(known.values(), query)
    ]


def _converted(
    document: Document, found: WorkspaceSymbol, encoding: Encoding
) -> types.WorkspaceSymbol:
    span = found.location.span
    ends = (_position(document, offset, encoding) for offset in (span.start, span.end))
    return types.WorkspaceSymbol(
        types.Location("", types.Range(*ends)),
        found.name,
        KINDS[found.kind],
        container_name=found.container or None,
    )


def _position(document: Document, offset: int, encoding: Encoding) -> types.Position:
    line, column = document.lines.position(offset)
    start = document.lines.starts[line]
    return types.Position(line, encoding.units(document.text[start : start + column]))
