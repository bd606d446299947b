"""The protocol's manners: what may be asked when, and errors for what may not."""

import logging
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol
from pygls.workspace import Workspace


class _Documents(Workspace):
    """The library's own store of documents, kept empty: a session has the documents."""

    def put_text_document(
        self, text_document: types.TextDocumentItem, notebook_uri: str | None = None
    ) -> None:
        """Keep nothing."""

    def update_text_document(
        self,
        text_doc: types.VersionedTextDocumentIdentifier,
        change: types.TextDocumentContentChangeEvent,
    ) -> None:
        """Keep nothing."""

    def remove_text_document(self, doc_uri: str) -> None:
        """Keep nothing."""


def no_refusal(record: logging.LogRecord) -> bool:
    """Whether a record of the log is about more than a request that was refused with a reason."""
    return record.exc_info is None or not isinstance(record.exc_info[1], JsonRpcException)


class FlowProtocol(LanguageServerProtocol):
    """Answers requests that come too early, too late or malformed as the protocol wants it."""

    initialized = False

    def handle_message(self, message: Any) -> None:
        """Handle a message, unless it may not come now."""
        method = getattr(message, "method", None)
        number = getattr(message, "id", None)
        if method is not None and number is not None:
            if self._shutdown:
                self.refuse(number, JsonRpcInvalidRequest("the server has been shut down"))
                return
            if not self.initialized and method != types.INITIALIZE:
                self.refuse(number, JsonRpcServerNotInitialized("send `initialize` first"))
                return
            if self.initialized and method == types.INITIALIZE:
                self.refuse(number, JsonRpcInvalidRequest("`initialize` may come only once"))
                return
        elif method not in {None, types.EXIT} and not self.initialized:
            return
        super().handle_message(message)

    def _execute_handler(
        self,
        msg_id: int | str,
        handler: Callable[..., Any],
        callback: Callable[..., Any],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Run a handler. The library would keep for good what came of each notification."""
        super()._execute_handler(msg_id, handler, callback, args, kwargs)
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))

    @property
    def is_shut_down(self) -> bool:
        """Whether the client said `shutdown`."""
        return bool(self._shutdown)

    def begin(self) -> None:
        """From now on all requests are welcome."""
        self.initialized = True
        self._workspace = _Documents(None)

    def refuse(self, number: int | str | None, error: JsonRpcException) -> None:
        """Answer a request, or what is none, with an error."""
        found = {"code": error.code, "message": error.message}
        self._send_data({"jsonrpc": self.VERSION, "id": number, "error": found})

    def is_running(self, number: int | str | None) -> bool:
        """Whether a request is being answered."""
        return number in self._request_futures
