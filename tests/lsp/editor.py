"""An editor for tests: the server in this process, messages as a client would send them."""

import asyncio
import itertools
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self

from flow_lsp.server import FlowServer
from flow_lsp.transport import Frames, handle

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
        },
        "configuration": True,
        "workspaceFolders": True,
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown"],
                "resolveSupport": {"properties": ["documentation", "additionalTextEdits"]},
            }
        },
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "resolveSupport": {"properties": ["edit"]},
            "dataSupport": True,
            "disabledSupport": True,
            "isPreferredSupport": True,
        },
        "rename": {"prepareSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "definition": {"linkSupport": True},
        "foldingRange": {"lineFoldingOnly": True},
        "semanticTokens": {
            "requests": {"range": True, "full": {"delta": True}},
            "tokenTypes": [],
            "tokenModifiers": [],
            "formats": ["relative"],
        },
    },
}
"""What most editors can, but for pulling findings."""


class ServerError(Exception):
    """An error that the server answered with."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.code: int = error["code"]


class Editor:
    """A client and its server. Use it as a context manager.

    ``files`` are written below ``root``; `uri` is the URI of one of them.
    """

    def __init__(
        self,
        root: Path,
        files: dict[str, str] | None = None,
        capabilities: dict[str, Any] = CAPABILITIES,
        options: dict[str, Any] | None = None,
    ) -> None:
        self.root = root
        self.capabilities = capabilities
        self.options = options or {}
        self.notes: list[dict[str, Any]] = []
        self._answers: dict[Any, dict[str, Any]] = {}
        self._frames = Frames()
        self._numbers = itertools.count(1)
        self._versions: dict[str, int] = {}
        for name, text in (files or {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")

    def __enter__(self) -> Self:
        self.server = FlowServer()
        self._runner = asyncio.Runner()
        self.server.protocol.set_writer(self)
        self.initialized = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "capabilities": self.capabilities,
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": "root"}],
                "initializationOptions": self.options,
            },
        )
        self.notify("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        if self.server.session is not None:
            self._runner.run(self.server.session.stop())
        self._runner.close()

    def write(self, data: bytes) -> None:
        """Take what the server sends."""
        for body in self._frames.feed(data):
            message = json.loads(body)
            if "method" in message:
                self.notes.append(message)
            else:
                self._answers[message["id"]] = message

    def close(self) -> None:
        """The server has nothing more to say."""

    def uri(self, name: str) -> str:
        """The URI of a file."""
        return (self.root / name).as_uri()

    def send(self, *messages: dict[str, Any] | bytes) -> None:
        """Send messages that arrive together; bytes are sent as they are."""
        bodies = [m if isinstance(m, bytes) else json.dumps(m).encode() for m in messages]
        self._runner.run(self._handle(bodies))

    async def _handle(self, bodies: list[bytes]) -> None:
        handle(bodies, self.server.protocol)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """The result of a request.

        Raises:
            ServerError: The server answered with an error.
        """
        number = next(self._numbers)
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self.answer(number)

    def answer(self, number: Any) -> Any:
        """The answer to a request that was sent."""
        self._runner.run(self._until(lambda: number in self._answers))
        answer = self._answers.pop(number)
        if "error" in answer:
            raise ServerError(answer["error"])
        return answer["result"]

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the server's loop."""
        self._runner.run(work)

    def wait(self, condition: Any, seconds: float = 20) -> None:
        """Wait until something holds."""
        self._runner.run(self._until(condition, seconds))

    async def _until(self, condition: Any, seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 -- on anything that a test may want
                await asyncio.sleep(0.002)

    def open(self, name: str, text: str | None = None, language: str = "flow") -> str:
        """Open a file, with another text than it has on the disk if one is given."""
        if text is None:
            text = (self.root / name).read_bytes().decode()
        uri = self.uri(name)
        self._versions[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, *changes: dict[str, Any]) -> None:
        """Change a document."""
        self._versions[uri] += 1
        document = {"uri": uri, "version": self._versions[uri]}
        params = {"textDocument": document, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)

    def replace(self, uri: str, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """Replace a range: lines and columns as the client counts them."""
        self.change(uri, {"range": span(start, end), "text": text})

    def at(self, uri: str, line: int, character: int) -> dict[str, Any]:
        """Parameters of a request about a position."""
        return {
            "textDocument": {"uri": uri},
            "position": {"line": line, "character": character},
        }

    def text(self, uri: str) -> str:
        """The text that the server has of a document."""
        assert self.server.session is not None
        return self.server.session.documents[uri].buffer.text

    def findings(self, uri: str) -> list[dict[str, Any]]:
        """The findings of a document that were published last."""
        notes = (n for n in reversed(self.notes) if n["method"].endswith("publishDiagnostics"))
        return next(n["params"]["diagnostics"] for n in notes if n["params"]["uri"] == uri)


def span(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    """A range as the protocol writes it."""
    return {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }
