"""The outline of a file for editors: its sections, steps with what is inside of them, and so on.

It comes from the syntax alone, so that it is there while a text is broken, and what a piece of the
text gives is remembered with it.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath

import msgspec

from flow_core.fields import label
from flow_core.ide.pieces import kind_of_module, pieces
from flow_core.ide.symbols.pieces import DocumentSymbol, SymbolKind, piece_symbols
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.syntax.nodes import Mapping, Scalar


def symbols(module: Module) -> DocumentSymbol | None:
    """The outline of a module: the file with its sections in it; None where there is nothing."""
    document = module.document
    if not isinstance(document.root, Mapping):
        return None
    named = document.root.fields.get("name")
    is_named = isinstance(named, Scalar) and named.text
    kind: SymbolKind = "pipeline" if module.is_pipeline else "library"
    return DocumentSymbol(
        label(named) if is_named else PurePath(module.file).name,
        "scenarios" if module.is_scenario else kind,
        label(document.root.fields.get("version")),
        Span(0, len(document.text)),
        document.locate(Place(("name",))) if is_named else Span(0, 0),
        tuple(_sections(module)),
    )


def _sections(module: Module) -> Iterator[DocumentSymbol]:
    """The sections, those whose members are pieces of their own with them."""
    placed = pieces(module.document, kind_of_module(module))
    last: DocumentSymbol | None = None
    for path, group in groupby(placed, key=lambda each: each.piece.path):
        found = [
            _moved(symbol, each.start)
            for each in group
            for symbol in each.remembered(piece_symbols)
        ]
        if path and last is not None and found:
            span = Span(last.span.start, found[-1].span.end)
            last = msgspec.structs.replace(last, span=span, children=(*last.children, *found))
        elif not path:
            yield from (found if last is None else [last, *found])[:-1]
            last = found[-1] if found else None
    if last is not None:
        yield last


def _moved(symbol: DocumentSymbol, by: int) -> DocumentSymbol:
    return DocumentSymbol(
        symbol.name,
        symbol.kind,
        symbol.detail,
        Span(symbol.span.start + by, symbol.span.end + by),
        Span(symbol.selection.start + by, symbol.selection.end + by),
        tuple(_moved(child, by) for child in symbol.children),
    )
