"""Work of the worker for features that look at the whole workspace."""

from collections.abc import Callable
from typing import Any, TypeVar

from flow_core.ide.cursor import Cursor
from flow_core.ide.references import Search, within
from flow_core.ide.slices import whole
from flow_core.module import Module
from flow_core.syntax import Document
from flow_lsp.document import OpenDocument
from flow_lsp.look import Look
from flow_lsp.session import AtPosition, Session

T = TypeVar("T")


async def apply(
    session: Session, file: str, function: Callable[..., T], *arguments: Any
) -> T | None:
    """What a function makes of the module of a file; None where there is no such file.

    Function and arguments go to the worker, so they must be such as can be sent.
    """
    session.settle()  # so that what is found is turned into ranges of the same texts
    for each in session.documents.values():
        session.work.open(each.file, each.buffer.text)
    found: T | None = await session.work.ask("apply", function, file, arguments)
    return found


async def at(
    session: Session,
    params: AtPosition,
    function: Callable[[Cursor], T],
    is_sure: Callable[[T], bool] = bool,
) -> tuple[Look, T]:
    """What a function makes of the cursor, with a look that turns it into the client's terms.

    In a long document it sees a part first, and all if it is not sure of what it found there and
    something may be missing.
    """
    look, uri = session.at(params), params.text_document.uri
    found = function(look.cursor)
    if look.slice.cut and not is_sure(found):
        look = session.text(uri)
        found = await session.far(_here, uri, function, look.offset_at(params.position))
    return look, found


def _here(module: Module, function: Callable[[Cursor], T], offset: int) -> T:
    return function(Cursor(module, offset))


async def in_workspace(
    session: Session, params: AtPosition, function: Callable[[Cursor, Search], T]
) -> tuple[Look, T | None]:
    """What a function makes of the cursor and a search through the workspace.

    With it comes a look that turns what it found into the client's terms.
    """
    uri = params.text_document.uri
    document, look = session.document(uri), session.text(uri)
    offset = look.offset_at(params.position)
    found = await apply(session, document.file, _at, function, offset, await session.files())
    return look, found


def _at(
    module: Module, function: Callable[[Cursor, Search], T], offset: int, files: list[str]
) -> T:
    return function(Cursor(module, offset), within(module.project, files))


def elsewhere(session: Session, file: str) -> Look:
    """A look that only turns spans of files into ranges: of those in the project of a file."""
    project = session.projects.of(file)
    document = OpenDocument("", "", "", 0, project)
    nothing = Module("", Document("", "yaml", None), project)
    return Look(document, whole(document.buffer.lines), nothing, session.encoding, session.uris)


async def projects(session: Session) -> list[list[str]]:
    """The Flow files of the workspace, by the project that they belong to."""
    found: dict[str, list[str]] = {}
    for file in await session.files():
        found.setdefault(session.projects.of(file).settings.root, []).append(file)
    return list(found.values())
