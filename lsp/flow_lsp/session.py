"""A session: what the client told, what is open, and looks at it for whoever answers a request."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.uris import to_fs_path

from flow_core.module import Module
from flow_lsp.checking import Checking
from flow_lsp.document import OpenDocument
from flow_lsp.encoding import Encoding
from flow_lsp.look import Look, uri_of
from flow_lsp.neighbourhood import Neighbourhood
from flow_lsp.plain import record
from flow_lsp.projects import Projects
from flow_lsp.survey import Survey
from flow_lsp.work import Work, WorkError

if TYPE_CHECKING:
    from flow_lsp.server import FlowServer

T = TypeVar("T")
logger = logging.getLogger(__name__)


class AtPosition(Protocol):
    """Parameters of a request about a position."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class Session:
    """One client.

    ``settings`` are what it calls ``flow``; ``trusted`` tells whether it trusts the workspace, so
    that what is installed may be run.
    """

    def __init__(self, server: "FlowServer", params: types.InitializeParams) -> None:
        options = record(params.initialization_options)
        self.server = server
        self.client = params.capabilities
        self.encoding = Encoding(server.server_encoding)
        self.trusted = options.get("trusted") is not False
        self.settings = record(options.get("settings"))
        self.documents: dict[str, OpenDocument] = {}
        self.uris: dict[str, str] = {}
        folders = _folders(params)
        self.projects = Projects(folders, self.complain, trusted=self.trusted)
        self.work = Work(folders, trusted=self.trusted)
        self.checking = Checking(self)
        self.survey = Survey(self)
        self.neighbourhood = Neighbourhood(self)
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def watches(self) -> bool:
        """Whether the client tells of files that change on the disk."""
        workspace = self.client.workspace
        watching = workspace.did_change_watched_files if workspace else None
        return bool(watching and watching.dynamic_registration)

    def complain(self, message: str) -> None:
        """Show a person what keeps something from working."""
        logger.warning(message)
        found = types.ShowMessageParams(types.MessageType.Warning, message)
        self.server.window_show_message(found)

    def spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run something in the background for as long as the session lives."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, WorkError):
            logger.info("background work was not done: %s", error)
        elif error is not None:
            logger.error("background work failed", exc_info=error)

    async def stop(self) -> None:
        """End what runs in the background."""
        for task in list(self._running):
            task.cancel()
        await self.work.stop()

    def forget(self, files: list[str], *, listing: bool = False) -> None:
        """Files changed on the disk; with ``listing`` some came or went."""
        stale: set[str] = set()
        for project in self.projects:
            for file in files:
                stale |= project.forget(file)
        for file in files:
            self.work.forget(file)
        self.survey.forget(stale, listing=listing)
        self.checking.forgotten(frozenset(stale))

    def restart(self, folders: list[str] | None = None) -> None:
        """Begin anew with other folders, or because settings changed."""
        folders = self.projects.folders if folders is None else folders
        self.projects = Projects(folders, self.complain, trusted=self.trusted)
        self.work.begin(folders)
        for document in self.documents.values():
            document.project = self.projects.of(document.file)
            document.stale = True
        self.survey = Survey(self)
        self.neighbourhood = Neighbourhood(self)
        self.checking.forgotten(frozenset(document.file for document in self.documents.values()))
        self.checking.refresh()

    def refresh_shown(self) -> None:
        """Let the client ask again for what its settings decide."""
        workspace = self.client.workspace
        if workspace and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.server.workspace_inlay_hint_refresh(None)
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self.server.workspace_code_lens_refresh(None)

    # Documents

    def file_of(self, uri: str) -> str:
        """The absolute path behind a URI; one made up for what is not saved yet."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path is not None:
            import os

            return os.path.normpath(path)
        folder = self.projects.folders[0] if self.projects.folders else "/"
        name = "".join(c if c.isalnum() or c in "._-" else "-" for c in uri)
        return f"{folder.rstrip('/')}/{name}"

    def uri(self, file: str) -> str:
        """The URI of a file."""
        return uri_of(file, self.uris)

    def open(self, item: types.TextDocumentItem) -> OpenDocument:
        """Take what the client opened."""
        file = self.file_of(item.uri)
        project = self.projects.of(file)
        document = OpenDocument(item.uri, file, item.text, item.version, project)
        self.documents[item.uri] = document
        self.uris[file] = item.uri
        self.touched(document)
        return document

    def close(self, uri: str) -> OpenDocument | None:
        """Forget what the client closed."""
        document = self.documents.pop(uri, None)
        if document is not None:
            self.uris.pop(document.file, None)
            document.concerned |= document.project.close(document.file)
            self.work.close(document.file)
            self.touched(document)
        return document

    def touched(self, document: OpenDocument) -> None:
        """Let the others look again at what a document may mean to them."""
        for other in self.documents.values():
            if other is not document:
                other.outdated()

    def document(self, uri: str) -> OpenDocument:
        """The open document of a URI.

        Raises:
            JsonRpcInvalidParams: The client has not opened it.
        """
        if uri not in self.documents:
            raise JsonRpcInvalidParams(f"`{uri}` is not open")
        return self.documents[uri]

    def settle(self, document: OpenDocument | None = None) -> None:
        """Let the projects have the texts that are open, but one's that is looked at in parts."""
        for each in self.documents.values():
            if each is not document:
                each.settle()

    # Looks

    def at(self, params: AtPosition) -> Look:
        """A look at the part of a document where a position is."""
        document = self.document(params.text_document.uri)
        line = min(max(params.position.line, 0), len(document.buffer.lines) - 1)
        return self._part(document, line, line, params.position)

    def within(self, uri: str, found: types.Range) -> Look:
        """A look at the parts of a document that a range touches."""
        document = self.document(uri)
        most = len(document.buffer.lines) - 1
        first, last = sorted((found.start.line, found.end.line))
        return self._part(document, min(max(first, 0), most), min(max(last, 0), most), found.start)

    def _part(
        self, document: OpenDocument, first: int, last: int, position: types.Position
    ) -> Look:
        self.settle(document)
        found, module = document.part(first, last)
        return Look(document, found, module, self.encoding, self.uris, position)

    def whole(self, uri: str, position: types.Position | None = None) -> Look:
        """A look at all of a document."""
        document = self.document(uri)
        self.settle()
        found, module = document.whole()
        return Look(document, found, module, self.encoding, self.uris, position)

    def syntax(self, uri: str) -> Look:
        """A look at all of a document for whoever needs its text only, or its text first."""
        document = self.document(uri)
        found, module = document.whole()
        return Look(document, found, module, self.encoding, self.uris)

    async def far(self, function: Callable[..., T], uri: str, *arguments: Any) -> T:
        """What a function makes of the whole module of a document: in the worker if it is long."""
        if self.document(uri).is_short:
            return function(self.whole(uri).module, *arguments)
        return await self.apart(function, uri, *arguments)

    async def apart(self, function: Callable[..., T], uri: str, *arguments: Any) -> T:
        """The same in the worker in any case, for what may take long of short files too."""
        for each in self.documents.values():
            self.work.open(each.file, each.buffer.text)
        file = self.document(uri).file
        found: T = await self.work.ask("apply", function, file, arguments)
        return found

    def text(self, uri: str) -> Look:
        """A look at a document's text alone, for what comes from far."""
        return self.checking.text_look(self.document(uri))

    def modules(self, files: "list[str]") -> Iterator[Module]:
        """The modules of files."""
        self.settle()
        for file in files:
            module = self.projects.of(file).module(file)
            if module is not None:
                yield module

    async def files(self) -> list[str]:
        """The Flow files of the workspace, those that are open too."""
        found = await self.survey.files()
        return sorted({*found, *(document.file for document in self.documents.values())})

    def setting(self, *names: str, default: Any = None) -> Any:
        """A setting of the client: `inlayHints`, `types`."""
        value: Any = self.settings
        for name in names:
            value = record(value).get(name)
        return default if value is None else value


def _folders(params: types.InitializeParams) -> list[str]:
    """The workspace's folders as paths; those that are no files are passed over."""
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    if not uris and params.root_path:
        return [params.root_path]
    paths = (to_fs_path(uri) for uri in uris if uri.startswith("file:"))
    return [path for path in paths if path]
