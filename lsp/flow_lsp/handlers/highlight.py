"""The other places of a document where a name stands."""

from lsprotocol import types

from flow_core.ide.highlight import highlight
from flow_core.ide.occurrences import found_at
from flow_core.ide.word_slices import slice_with
from flow_core.module import Module
from flow_core.project import kind_of
from flow_core.syntax import parse
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import Session


def highlights(
    session: Session, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    """Where the name at a position stands; in a long document, in the parts around."""
    look = _look(session, params)
    kinds = types.DocumentHighlightKind
    return [
        types.DocumentHighlight(look.range(each.span), kinds.Write if each.writes else kinds.Read)
        for each in highlight(look.cursor)
    ]


def _look(session: Session, params: types.DocumentHighlightParams) -> Look:
    look = session.at(params)
    document, found = look.document, found_at(look.cursor)
    if found is None or not document.is_split:
        return look
    lines, line = document.buffer.lines, params.position.line
    part = slice_with(lines, document.outline, line, found.symbols[0].name)
    text = parse(part.text, kind_of(document.file))
    module = Module(document.file, text, document.project)
    return Look(document, part, module, session.encoding, session.uris, params.position)


FEATURES = (Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights),)
