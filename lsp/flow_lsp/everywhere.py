"""Work of the worker at a place of a document, for features that look at the whole workspace."""

from collections.abc import Callable
from typing import TypeVar

from flow_core.ide.cursor import Cursor
from flow_core.ide.references import Search, within
from flow_core.module import Module
from flow_lsp.look import Look
from flow_lsp.session import AtPosition, Session

T = TypeVar("T")


async def in_workspace(
    session: Session, params: AtPosition, function: Callable[[Cursor, Search], T]
) -> tuple[Look, T]:
    """What a function makes of the cursor and a search through the workspace.

    With it comes a look that turns what it found into the client's terms. The function goes to the
    worker, so it must be one that can be sent.
    """
    uri = params.text_document.uri
    document, look = session.document(uri), session.text(uri)
    for each in session.documents.values():
        session.work.open(each.file, each.buffer.text)
    offset = look.offset_at(params.position)
    given = (function, offset, await session.files())
    found: T = await session.work.ask("apply", _at, document.file, given)
    return look, found


def _at(
    module: Module, function: Callable[[Cursor, Search], T], offset: int, files: list[str]
) -> T:
    return function(Cursor(module, offset), within(module.project, files))
