"""When what is checked: the edited part at once, all of a long file when typing pauses.

Findings are pushed to clients that do not pull them; those that do are told to pull again when a
check of a whole file has found something else.
"""

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from flow_core.check import check
from flow_core.ide.slices import whole
from flow_core.module import Module
from flow_core.syntax import Document
from flow_lsp.buffer import Splice
from flow_lsp.document import OpenDocument
from flow_lsp.findings import Findings
from flow_lsp.look import Look

if TYPE_CHECKING:
    from flow_core.diagnostics import Diagnostic
    from flow_lsp.session import Session

PAUSE = 0.3
"""Seconds without a keystroke after which a whole file is checked."""

_WIDE = 400
"""Lines between edits made at once, as by a renaming, from which on the worker checks them."""


class _State:
    """The findings of one document.

    ``touched`` are the lines that were edited since a check, ``whole`` is the version of which all
    was checked. While the worker checks (``asking``), ``wanted`` tells that it has to do so again.
    """

    def __init__(self) -> None:
        self.findings = Findings()
        self.touched: tuple[int, int] | None = None
        self.pause: asyncio.TimerHandle | None = None
        self.published: list[types.Diagnostic] | None = None
        self.refreshing: asyncio.Handle | None = None
        self.whole = -1
        self.asking = False
        self.wanted = False


class Checking:
    """The checks of a session."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._states: dict[str, _State] = {}
        text_document = session.client.text_document
        self.pulls = text_document is not None and text_document.diagnostic is not None
        workspace = session.client.workspace
        diagnostics = workspace.diagnostics if workspace is not None else None
        self._refreshes = bool(diagnostics and diagnostics.refresh_support)
        self.changed = asyncio.Event()

    # What happens

    def opened(self, document: OpenDocument) -> None:
        """A document was opened: what is quick to find is found at once."""
        state = self._states[document.uri] = _State()
        if document.is_short:
            self._check(document)
        else:
            look = self._session.syntax(document.uri)
            state.findings.replace(look, check(look.module, reach="surface"))
            self._whole(document)
            asyncio.get_running_loop().call_soon(document.prepare)
        self._publish(document)
        self._others(document)

    def edited(self, document: OpenDocument, splice: Splice) -> None:
        """A document was edited; checks wait until all that has arrived is handled."""
        state = self._states[document.uri]
        state.findings.moved(document.uri, splice)
        state.touched = _joined(state.touched, splice)
        if state.refreshing is None:
            loop = asyncio.get_running_loop()
            state.refreshing = loop.call_soon(self._settled, document)
        self._later(document)

    def closed(self, document: OpenDocument) -> None:
        """A document was closed: nothing is said of it any more."""
        state = self._states.pop(document.uri)
        if state.pause is not None:
            state.pause.cancel()
        if not self.pulls:
            found = types.PublishDiagnosticsParams(document.uri, [])
            self._session.server.text_document_publish_diagnostics(found)
        self._others(document)

    def forgotten(self, files: frozenset[str]) -> None:
        """Files changed elsewhere: check what is open of them again."""
        self._recheck(files)

    def findings(self, document: OpenDocument) -> list[types.Diagnostic]:
        """What is known of a document as it is now."""
        self._catch_up(document)
        self._refresh(document)
        return self._states[document.uri].findings.shown

    def is_settled(self, document: OpenDocument) -> bool:
        """Whether all of a document was checked as it is."""
        return self._states[document.uri].whole == document.version

    # How it is done

    def _settled(self, document: OpenDocument) -> None:
        if document.uri in self._states:
            self._states[document.uri].refreshing = None
            if not self.pulls:
                self._refresh(document)
                self._publish(document)

    def _catch_up(self, document: OpenDocument) -> None:
        """Check a document whose findings another one may have changed a moment ago."""
        concerned = False
        for other in self._session.documents.values():
            if other is not document and document.is_short:
                other.settle()
                concerned = concerned or document.file in other.concerned
                other.concerned -= {document.file}
        if concerned:
            self._check(document)

    def _refresh(self, document: OpenDocument) -> None:
        """Check the part of a document that was edited since the last check."""
        state = self._states[document.uri]
        touched, state.touched = state.touched, None
        if touched is None:
            return
        if document.is_short:
            self._check(document)
        elif touched[1] - touched[0] > _WIDE:
            self._whole(document)
        elif document.is_split:
            lines = types.Range(types.Position(touched[0], 0), types.Position(touched[1], 0))
            state.findings.refresh(self._session.within(document.uri, lines))

    def _check(self, document: OpenDocument) -> None:
        """Check all of a short document."""
        look = self._session.whole(document.uri)
        state = self._states[document.uri]
        state.findings.replace(look, check(look.module))
        state.whole = document.version

    def _publish(self, document: OpenDocument) -> None:
        state = self._states[document.uri]
        shown = state.findings.shown
        if not self.pulls and (state.published is None or state.touched is None):
            state.published = shown
            found = types.PublishDiagnosticsParams(document.uri, shown, document.version)
            self._session.server.text_document_publish_diagnostics(found)

    def _later(self, document: OpenDocument) -> None:
        """Check the whole, and what depends on it, once nothing was typed for a while."""
        state = self._states[document.uri]
        if state.pause is not None:
            state.pause.cancel()
        state.pause = asyncio.get_running_loop().call_later(PAUSE, self._paused, document)

    def _paused(self, document: OpenDocument) -> None:
        if document.uri in self._states:
            self._states[document.uri].pause = None
            if not document.is_short:
                self._whole(document)
            self._others(document)

    def _others(self, document: OpenDocument) -> None:
        """Check the open documents that a change of one may concern."""
        if document.uri in self._session.documents:
            document.settle()
            self._session.work.open(document.file, document.buffer.text)
        self._recheck(document.concerned - {document.file})
        document.concerned = frozenset()
        if self._session.work.is_running:
            self._session.spawn(self._ask_stale(document.file))

    async def _ask_stale(self, changed: str) -> None:
        """Check what the worker knows to use a file that changed: it looks further than this."""
        stale = await self._session.work.ask("stale")
        self._recheck(frozenset(stale) - {changed})

    def _recheck(self, files: frozenset[str]) -> None:
        """Check files again that did not change themselves."""
        self._session.survey.forget(files)
        for document in list(self._session.documents.values()):
            if document.file in files:
                document.outdated()
                self._again(document)
        self._signal()

    def _again(self, document: OpenDocument) -> None:
        """Check a document again though it was not edited."""
        if not document.is_short:
            self._whole(document)
            return
        before = self._states[document.uri].findings.shown
        self._check(document)
        self._tell(document, before)

    def _whole(self, document: OpenDocument) -> None:
        """Let the worker check a document: once at a time, so that no work piles up behind it."""
        state = self._states[document.uri]
        state.wanted = True
        if not state.asking:
            state.asking = True
            self._session.spawn(self._ask_while_wanted(document, state))

    async def _ask_while_wanted(self, document: OpenDocument, state: _State) -> None:
        try:
            while state.wanted and self._states.get(document.uri) is state:
                state.wanted = False
                await self._ask(document, state)
        finally:
            state.asking = False

    async def _ask(self, document: OpenDocument, state: _State) -> None:
        """Take what the worker finds if nothing was typed since."""
        version = document.version
        self._session.work.open(document.file, document.buffer.text)
        found: tuple[Diagnostic, ...]
        found = await self._session.work.ask("check", document.file)
        if document.version != version or self._states.get(document.uri) is not state:
            return
        before = state.findings.shown
        state.touched, state.whole = None, version
        state.findings.replace(self.text_look(document), found)
        self._tell(document, before)

    def _tell(self, document: OpenDocument, before: list[types.Diagnostic]) -> None:
        """Tell the client where a check found something else than is shown."""
        if self._states[document.uri].findings.shown == before:
            return
        self._publish(document)
        self.refresh()
        self._signal()

    def refresh(self) -> None:
        """Let a client that pulls do so again."""
        if self.pulls and self._refreshes:
            self._session.server.workspace_diagnostic_refresh(None)

    def _signal(self) -> None:
        """Wake those who wait for findings to change."""
        self.changed.set()
        self.changed = asyncio.Event()

    def text_look(self, document: OpenDocument) -> Look:
        """A look at a document's text alone, for turning spans into ranges."""
        text = Document(document.buffer.text, "yaml", None)
        module = Module(document.file, text, document.project)
        session = self._session
        found = whole(document.buffer.lines)
        return Look(document, found, module, session.encoding, session.uris)


def _joined(touched: tuple[int, int] | None, splice: Splice) -> tuple[int, int]:
    """The lines that two edits touched, as they are numbered after the second."""
    first, last = splice.first, splice.first + max(len(splice.added), 1) - 1
    if touched is None:
        return first, last
    by = len(splice.added) - len(splice.removed)
    start, end = (line + by if line > splice.first else line for line in touched)
    return min(start, first), max(end, last)
