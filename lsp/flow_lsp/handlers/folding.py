"""What can be folded, and how a selection grows."""

from lsprotocol import types

from flow_core.ide.folding import Fold, folding, piece_folds
from flow_core.ide.selection import selection
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.patience import look_through
from flow_lsp.session import Session

_KINDS = {"comment": types.FoldingRangeKind.Comment, "region": types.FoldingRangeKind.Region}


async def folds(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """What can be folded in a document."""
    look = session.syntax(params.text_document.uri)
    await look_through(look.module, piece_folds)
    return [_fold(fold) for fold in folding(look.module)]


def _fold(fold: Fold) -> types.FoldingRange:
    return types.FoldingRange(fold.first, fold.last, kind=_KINDS.get(fold.kind))


def selections(session: Session, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    """What can be selected at some positions."""
    look = session.syntax(params.text_document.uri)
    return [_selection(look, position) for position in params.positions]


def _selection(look: Look, position: types.Position) -> types.SelectionRange:
    found: types.SelectionRange | None = None
    for span in reversed(selection(look.module.document, look.offset_at(position))):
        found = types.SelectionRange(look.range(span), found)
    return found or types.SelectionRange(types.Range(position, position))


FEATURES = (
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, folds),
    Feature(types.TEXT_DOCUMENT_SELECTION_RANGE, selections),
)
