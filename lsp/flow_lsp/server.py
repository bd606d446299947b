"""The server: the features of the registration table, for one client."""

import asyncio
import gc
import inspect
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from importlib.metadata import version
from typing import Any

from lsprotocol import converters, types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

from flow_lsp.features import Feature, features
from flow_lsp.protocol import FlowProtocol, no_refusal
from flow_lsp.session import Session
from flow_lsp.transport import Pipe, Writer, chunks, connection, read_all, serve, websocket
from flow_lsp.warm import warm

logger = logging.getLogger(__name__)


class FlowServer(LanguageServer):
    """A language server for Flow."""

    # The library makes it of the class that it is given.
    protocol: FlowProtocol  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType] -- it does not say what it takes
            name="flow",
            version=version("flow-pipelines"),
            protocol_cls=FlowProtocol,
            converter_factory=converters.get_converter,
        )
        logging.getLogger("pygls.protocol.json_rpc").addFilter(no_refusal)
        self.session: Session | None = None
        self._register(Feature(types.INITIALIZE, self._begin))
        for each in features():
            self._register(each)

    def _begin(self, _: None, params: types.InitializeParams) -> None:
        self.server_encoding = ServerCapabilitiesBuilder.choose_position_encoding(
            params.capabilities
        )
        self.protocol.begin()
        self.session = Session(self, params)

    def _register(self, each: Feature) -> None:
        answer = self._bound(each.handle)
        if each.method == types.WORKSPACE_EXECUTE_COMMAND:
            for command in each.options.commands:
                self.command(command)(self._command(command, answer))
            return
        self.feature(each.method, each.options)(answer)

    def _bound(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """A handler that is given the session."""
        if inspect.iscoroutinefunction(handler):

            async def waiting(params: Any) -> Any:
                return await handler(self.session, params)

            return waiting

        def at_once(params: Any) -> Any:
            return handler(self.session, params)

        return at_once

    @staticmethod
    def _command(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.iscoroutinefunction(answer):

            async def waiting(*arguments: Any) -> Any:
                return await answer(types.ExecuteCommandParams(name, list(arguments)))

            return waiting

        def at_once(*arguments: Any) -> Any:
            return answer(types.ExecuteCommandParams(name, list(arguments)))

        return at_once

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Write to the log what nobody is told of: whoever asked has been answered."""
        if source is not FeatureRequestError:
            logger.error("%s", error)

    async def serve(self, source: AsyncIterator[bytes], writer: Writer) -> None:
        """Serve a client until it hangs up or says `exit`."""
        self.protocol.set_writer(writer)
        try:
            await serve(source, self.protocol)
        finally:
            if self.session is not None:
                await self.session.stop()


def start() -> None:
    """Serve one client over standard input and output."""
    gc.set_threshold(5_000, 10, 10)  # a keystroke makes thousands of short-lived values

    async def run() -> None:
        server = FlowServer()
        warming = asyncio.create_task(warm(server.protocol))
        await server.serve(chunks(sys.stdin.buffer), Pipe())
        warming.cancel()
        sys.exit(0 if server.protocol.is_shut_down else 1)

    try:
        asyncio.run(run())
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)  # the client is gone: nobody is left to tell


def listen_tcp(host: str, port: int) -> None:
    """Serve the first client that connects to a port.

    Raises:
        OSError: The port can't be served.
    """

    async def run() -> None:
        reader, writer = await connection(host, port)
        await FlowServer().serve(read_all(reader), writer)

    asyncio.run(run())


def listen_websocket(host: str, port: int) -> None:
    """Serve the first client that connects to a WebSocket.

    Raises:
        OSError: The port can't be served.
        ModuleNotFoundError: The library for it is not installed.
    """

    async def run() -> None:
        source, writer = await websocket(host, port)
        await FlowServer().serve(source, writer)

    asyncio.run(run())
