"""Renaming what has a name, in all files."""

from functools import partial

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from flow_core.ide.renaming.rename import Refusal, Renameable, prepare_rename, rename
from flow_lsp.everywhere import at, in_workspace
from flow_lsp.features import Feature
from flow_lsp.session import Session


class RenameRefused(JsonRpcException):
    """Something is not renamed; the client shows the reason to whoever asked."""

    CODE = types.LSPErrorCodes.RequestFailed.value
    MESSAGE = "Can't be renamed"


async def prepared(
    session: Session, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """What would be renamed.

    Raises:
        RenameRefused: It can't be, and why.
    """
    look, found = await at(session, params, prepare_rename, _is_renameable)
    if isinstance(found, Refusal):
        raise RenameRefused(_sentence(found.reason))
    if found is None:
        return None
    return types.PrepareRenamePlaceholder(look.range(found.span), found.name)


async def renamed(session: Session, params: types.RenameParams) -> types.WorkspaceEdit:
    """The edits that rename something.

    Raises:
        RenameRefused: It can't be, and why.
    """
    look, found = await in_workspace(session, params, partial(rename, new=params.new_name))
    if isinstance(found, Refusal):
        raise RenameRefused(_sentence(found.reason))
    return look.edits(found or ())


def _is_renameable(found: Renameable | Refusal | None) -> bool:
    return isinstance(found, Renameable)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


FEATURES = (
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, prepared),
    Feature(types.TEXT_DOCUMENT_RENAME, renamed, types.RenameOptions(prepare_provider=True)),
)
