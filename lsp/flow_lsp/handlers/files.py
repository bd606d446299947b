"""Files that are renamed, moved, created and deleted in the client."""

import os
from collections.abc import Iterable

from lsprotocol import types

from flow_core.diagnostics import Edit
from flow_core.ide.moved_files import edits_for_moves, users_of
from flow_core.module import Module
from flow_core.types.show import count
from flow_lsp.everywhere import apply, elsewhere, projects
from flow_lsp.features import Feature
from flow_lsp.session import Session

_KINDS = types.FileOperationPatternKind
_NAMED = types.FileOperationRegistrationOptions(
    [
        types.FileOperationFilter(types.FileOperationPattern(glob, matches=kind), scheme="file")
        for glob, kind in (("**/*.{yaml,yml,json,py}", _KINDS.File), ("**", _KINDS.Folder))
    ]
)
"""What Flow files may name: Flow files, schemas, Python modules, and folders of them."""


async def renaming(session: Session, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """The edits by which files that are about to move are still found."""
    pairs = (
        (session.file_of(each.old_uri), session.file_of(each.new_uri)) for each in params.files
    )
    moves, changes = dict(pairs), dict[str, list[types.TextEdit]]()
    for files in await projects(session):
        found = await apply(session, files[0], _edits, moves, files)
        edits = elsewhere(session, files[0]).edits(found or ())
        changes |= {uri: list(each) for uri, each in (edits.changes or {}).items()}
    return types.WorkspaceEdit(changes=changes) if changes else None


def _edits(module: Module, moves: dict[str, str], files: list[str]) -> tuple[Edit, ...]:
    return edits_for_moves(module.project, files, moves)


async def deleting(session: Session, params: types.DeleteFilesParams) -> None:
    """Tell who would miss what is about to go; nothing is edited."""
    gone = [session.file_of(each.uri) for each in params.files]
    users: list[str] = []
    for files in await projects(session):
        users += await apply(session, files[0], _users, gone, files) or ()
    if users:
        names = ", ".join(f"`{os.path.basename(file)}`" for file in gone)  # noqa: PTH119 -- names of files are strings
        verb = "is" if len(gone) == 1 else "are"
        session.complain(f"{names} {verb} still named in {_shown(users)}")


def _users(module: Module, gone: list[str], files: list[str]) -> tuple[str, ...]:
    return users_of(module.project, files, gone)


def _shown(users: list[str]) -> str:
    first = f"`{os.path.basename(users[0])}`"  # noqa: PTH119 -- names of files are strings
    return first if len(users) == 1 else f"{first} and {count(len(users) - 1, 'other file')}"


def renamed(session: Session, params: types.RenameFilesParams) -> None:
    """Files moved."""
    _forget(session, (uri for each in params.files for uri in (each.old_uri, each.new_uri)))


def changed(session: Session, params: types.DeleteFilesParams | types.CreateFilesParams) -> None:
    """Files came or went."""
    _forget(session, (each.uri for each in params.files))


def _forget(session: Session, uris: Iterable[str]) -> None:
    """Look again at files, and at all that is in folders, but for what is open."""
    paths = tuple(session.file_of(uri) for uri in uris)
    below = tuple(path.rstrip(os.sep) + os.sep for path in paths)
    known = {file for project in session.projects for file in project.texts}
    inside = {file for file in known if file.startswith(below)}
    open_ = {document.file for document in session.documents.values()}
    session.forget(sorted({*paths, *inside} - open_), listing=True)


FEATURES = (
    Feature(types.WORKSPACE_WILL_RENAME_FILES, renaming, _NAMED),
    Feature(types.WORKSPACE_DID_RENAME_FILES, renamed, _NAMED),
    Feature(types.WORKSPACE_WILL_DELETE_FILES, deleting, _NAMED),
    Feature(types.WORKSPACE_DID_DELETE_FILES, changed, _NAMED),
    Feature(types.WORKSPACE_DID_CREATE_FILES, changed, _NAMED),
)
