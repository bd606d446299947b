"""A client of a language server over pipes: it sends, and waits for what it is told to wait for."""

import itertools
import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Self

from processes import Tree

from flow_lsp.transport import Frames

_PATIENCE = 60
_CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "didChangeConfiguration": {"dynamicRegistration": True},
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown"],
                "resolveSupport": {"properties": ["documentation"]},
            }
        },
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}},
            "resolveSupport": {"properties": ["edit"]},
            "dataSupport": True,
        },
        "rename": {"prepareSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "semanticTokens": {
            "requests": {"range": True, "full": {"delta": True}},
            "tokenTypes": [],
            "tokenModifiers": [],
            "formats": ["relative"],
        },
    },
}
"""What most editors can; findings are pushed, as every server does it."""


class RefusedError(Exception):
    """The server answered with an error, of a code of the protocol."""

    def __init__(self, method: str, error: dict[str, Any]) -> None:
        super().__init__(f"{method}: {error['message']}")
        self.code: int = error["code"]


class Client:
    """A server and its only client. Use it as a context manager.

    ``settings`` are what the server is told when it asks for a section of the configuration.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        settings: dict[str, Any] | None = None,
        log: IO[bytes] | None = None,
    ) -> None:
        self.folder = folder
        self._settings = settings or {}
        self._process = subprocess.Popen(  # noqa: S603 -- commands of this benchmark
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log or subprocess.DEVNULL,
        )
        self.tree = Tree(self._process.pid)
        self._frames = Frames()
        self._numbers = itertools.count(1)
        self._answers: dict[int, dict[str, Any]] = {}
        self.findings: dict[str, dict[str, Any]] = {}
        self.published = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.request("shutdown", None)
            self.notify("exit", None)
            self._process.wait(_PATIENCE)
        self._process.kill()
        self._process.wait()

    def initialize(self) -> dict[str, Any]:
        """Greet the server; its capabilities."""
        uri = self.folder.as_uri()
        params = {
            "processId": os.getpid(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": "bench"}],
            "capabilities": _CAPABILITIES,
        }
        found: dict[str, Any] = self.request("initialize", params)["capabilities"]
        self.notify("initialized", {})
        return found

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """The result of a request.

        Raises:
            RefusedError: The server answered with an error.
        """
        return self.answer(self.ask(method, params), method)

    def ask(self, method: str, params: Any) -> int:
        """Send a request; its number."""
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        return number

    def answer(self, number: int, method: str) -> Any:
        """The result of a request that was sent.

        Raises:
            RefusedError: The server answered with an error.
        """
        self.until(lambda: number in self._answers)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RefusedError(method, answer["error"])
        return answer["result"]

    def until(self, condition: Callable[[], object]) -> None:
        """Take messages until something holds.

        Raises:
            TimeoutError: It did not come to hold.
        """
        end = time.perf_counter() + _PATIENCE
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError("the server does not answer")
            self._take(1)

    def rest(self, seconds: float) -> None:
        """Take messages for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._take(left)

    def idle(self, seconds: float) -> None:
        """Wait until the server has used no CPU time worth the name for a while."""
        before = -1.0
        while (now := self.tree.cpu()) - before > seconds / 100:
            before = now
            self.rest(seconds)

    def _take(self, seconds: float) -> None:
        source = self._process.stdout
        if source is None or not select.select([source], [], [], seconds)[0]:
            return
        data = os.read(source.fileno(), 1 << 20)
        if not data:
            raise ConnectionError(f"the server ended: {self._process.wait(_PATIENCE)}")
        for body in self._frames.feed(data):
            self._received(json.loads(body))

    def _received(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self._answers[message["id"]] = message
        elif "id" in message:
            self._send({"id": message["id"], "result": self._told(message)})
        elif message["method"] == "textDocument/publishDiagnostics":
            self.findings[message["params"]["uri"]] = message["params"]
            self.published = time.perf_counter()

    def _told(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section")) for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        target = self._process.stdin
        if target is not None:
            target.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            target.flush()
