"""What is open, and how it changes."""

from lsprotocol import types

from flow_lsp.features import Feature
from flow_lsp.session import Session


def opened(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    session.checking.opened(session.open(params.text_document))


def changed(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """A document was changed; a version that is older than what is known is passed over."""
    document = session.documents.get(params.text_document.uri)
    if document is None or params.text_document.version <= document.version:
        return
    document.version = params.text_document.version
    for change in params.content_changes:
        buffer = document.buffer
        if isinstance(change, types.TextDocumentContentChangePartial):
            start = buffer.position(change.range.start, session.encoding)
            end = buffer.position(change.range.end, session.encoding)
        else:
            start, end = (0, 0), (len(buffer.lines) - 1, len(buffer.lines[-1]))
        splice = buffer.replace(start, end, change.text)
        document.changed(splice)
        session.checking.edited(document, splice)
    session.touched(document)


def closed(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """A document was closed: its file is as the disk has it."""
    document = session.close(params.text_document.uri)
    if document is not None:
        session.checking.closed(document)


def saved(_: Session, __: types.DidSaveTextDocumentParams) -> None:
    """A document was saved; its text is known already."""


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DID_OPEN, opened),
    Feature(types.TEXT_DOCUMENT_DID_CHANGE, changed),
    Feature(types.TEXT_DOCUMENT_DID_CLOSE, closed),
    Feature(types.TEXT_DOCUMENT_DID_SAVE, saved),
)
