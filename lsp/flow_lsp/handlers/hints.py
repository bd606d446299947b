"""Inlay hints; the client's settings say which kinds it wants."""

from lsprotocol import types

from flow_core.ide.hints import KINDS, Hint, HintKind, hints
from flow_core.places import Span
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import Session


def hinted(session: Session, params: types.InlayHintParams) -> list[types.InlayHint]:
    """The hints in a range."""
    wanted: list[HintKind] = [
        kind for kind in KINDS if session.setting("inlayHints", kind, default=True)
    ]
    look = session.within(params.text_document.uri, params.range)
    span = Span(look.offset_at(params.range.start), look.offset_at(params.range.end))
    return [_hint(look, hint) for hint in hints(look.module, span, wanted, look.slice.others)]


def _hint(look: Look, hint: Hint) -> types.InlayHint:
    where = look.range(Span(hint.offset, hint.offset))
    return types.InlayHint(
        position=where.start,
        label=hint.label,
        kind=types.InlayHintKind.Type if hint.kind == "types" else None,
        text_edits=look.text_edits(hint.edits) or None,
        tooltip=types.MarkupContent(types.MarkupKind.Markdown, hint.tooltip),
        padding_left=not hint.label.startswith(":"),
    )


FEATURES = (Feature(types.TEXT_DOCUMENT_INLAY_HINT, hinted, types.InlayHintOptions()),)
