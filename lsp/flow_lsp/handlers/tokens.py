"""Semantic tokens: of a whole document, of a range, and what changed since the last time."""

from weakref import WeakKeyDictionary

import msgspec
from lsprotocol import types

from flow_core.ide.pieces import kind_of_module
from flow_core.ide.tokens import tokens, tokens_between
from flow_core.ide.tokens.legend import MODIFIERS, TYPES
from flow_lsp.document import OpenDocument
from flow_lsp.features import Feature
from flow_lsp.patience import look_through
from flow_lsp.session import Session
from flow_lsp.token_data import encoder, token_data, token_edits

LEGEND = types.SemanticTokensLegend(list(TYPES), list(MODIFIERS))


class _Sent(msgspec.Struct, frozen=True):
    """What a client was told of a document last."""

    result_id: str
    data: list[int]


_sent: WeakKeyDictionary[OpenDocument, _Sent] = WeakKeyDictionary()


async def full(session: Session, params: types.SemanticTokensParams) -> types.SemanticTokens:
    """All tokens."""
    found = await _tell(session, params.text_document.uri)
    return types.SemanticTokens(found.data, found.result_id)


async def delta(
    session: Session, params: types.SemanticTokensDeltaParams
) -> types.SemanticTokens | types.SemanticTokensDelta:
    """What changed since an answer; all tokens where that was not the last one."""
    uri = params.text_document.uri
    last = _sent.get(session.document(uri))
    found = await _tell(session, uri)
    if last is None or last.result_id != params.previous_result_id:
        return types.SemanticTokens(found.data, found.result_id)
    return types.SemanticTokensDelta(token_edits(last.data, found.data), found.result_id)


async def _tell(session: Session, uri: str) -> _Sent:
    look = session.syntax(uri)
    module, version = look.module, look.document.version
    await look_through(module, encoder(session.encoding.kind))
    data = token_data(tokens(module.document, kind_of_module(module)), session.encoding)
    found = _Sent(str(version), data)
    _sent[look.document] = found
    return found


def within(session: Session, params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
    """The tokens of a range."""
    look = session.syntax(params.text_document.uri)
    first, last = params.range.start.line, params.range.end.line
    found = tokens_between(look.module.document, kind_of_module(look.module), first, last)
    return types.SemanticTokens(token_data(found, session.encoding))


FEATURES = (
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, full, LEGEND),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, delta, LEGEND),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, within, LEGEND),
)
