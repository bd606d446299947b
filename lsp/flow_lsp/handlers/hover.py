"""Hover, with the manual's pages of the rules whose findings are under the cursor."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from lsprotocol import types

from flow_core.ide.cursor import Cursor
from flow_core.ide.hover import hover
from flow_core.ide.hover.rules import rule_page
from flow_core.ide.naming import text_naming
from flow_core.module import Module
from flow_core.syntax import parse
from flow_lsp.document import OpenDocument
from flow_lsp.features import Feature
from flow_lsp.session import Session

_LINE = "\n\n---\n\n"


def hovered(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What is known of what stands at a position."""
    look = session.at(params)
    cursor = Cursor(look.module, look.offset, look.slice.others, partial(_naming, look.document))
    found = hover(cursor, datetime.now(UTC))
    findings = list(_findings(session, params))
    pages = [rule_page(code) for code in dict.fromkeys(str(each.code) for each in findings)]
    texts = [text for text in (found.markdown if found else "", *pages) if text]
    if not texts:
        return None
    where = look.range(found.span) if found else findings[0].range
    return types.Hover(types.MarkupContent(_kind(session), _LINE.join(texts)), where)


def _naming(document: OpenDocument, step: str) -> Module:
    """What of a long document names a step."""
    text = text_naming(document.buffer.lines, document.outline, step)
    return Module(document.file, parse(text, "yaml"), document.project)


def _findings(session: Session, params: types.HoverParams) -> Iterator[types.Diagnostic]:
    """The findings that hold the position."""
    document = session.document(params.text_document.uri)
    for each in session.checking.findings(document):
        if each.range.start <= params.position <= each.range.end:
            yield each


def _kind(session: Session) -> types.MarkupKind:
    """How the client shows texts: the first that it names."""
    client = session.client.text_document
    formats = client.hover.content_format if client and client.hover else None
    return formats[0] if formats else types.MarkupKind.Markdown


FEATURES = (
    Feature(types.TEXT_DOCUMENT_HOVER, hovered, types.HoverOptions(work_done_progress=False)),
)
