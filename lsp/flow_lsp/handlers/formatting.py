"""Formatting: a document, some lines of one, and while typing."""

from lsprotocol import types

from flow_core.diagnostics import Edit
from flow_core.ide.formatting.ranges import format_edits
from flow_core.ide.formatting.typing import TRIGGERS, on_type
from flow_core.module import Module
from flow_lsp.features import Feature
from flow_lsp.session import Session


async def document(
    session: Session, params: types.DocumentFormattingParams
) -> list[types.TextEdit]:
    """Format a document; where it is broken, what is sound in it."""
    uri = params.text_document.uri
    look = session.text(uri)
    return look.text_edits(await session.far(_all_edits, uri))


def _all_edits(module: Module) -> list[Edit]:
    return format_edits(module.document, 0, len(module.document.lines))


def within(session: Session, params: types.DocumentRangeFormattingParams) -> list[types.TextEdit]:
    """Format the steps and other parts that a range touches."""
    look = session.syntax(params.text_document.uri)
    first, last = _lines(params.range)
    return look.text_edits(format_edits(look.module.document, first, last))


def _lines(found: types.Range) -> tuple[int, int]:
    """The lines of a range; one that it ends right before is none of them."""
    first, last = found.start.line, found.end.line
    return first, last - (last > first and found.end.character == 0)


def while_typing(
    session: Session, params: types.DocumentOnTypeFormattingParams
) -> list[types.TextEdit]:
    """What to change once a character was typed."""
    look = session.at(params)
    return look.text_edits(on_type(look.module, look.offset, params.ch))


FEATURES = (
    Feature(types.TEXT_DOCUMENT_FORMATTING, document),
    Feature(types.TEXT_DOCUMENT_RANGE_FORMATTING, within),
    Feature(
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        while_typing,
        types.DocumentOnTypeFormattingOptions(TRIGGERS[0], TRIGGERS[1:]),
    ),
)
