"""The server: the features of the registration table, for one client."""

import asyncio
import inspect
import logging
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from lsprotocol import converters, types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.lsp.server import LanguageServer

from flow_lsp.features import Feature, features
from flow_lsp.protocol import FlowProtocol
from flow_lsp.session import Session
from flow_lsp.transport import Pipe, chunks, serve

logger = logging.getLogger(__name__)


class FlowServer(LanguageServer):
    """A language server for Flow."""

    protocol: FlowProtocol

    def __init__(self) -> None:
        super().__init__(
            name="flow",
            version=version("flow-pipelines"),
            protocol_cls=FlowProtocol,
            converter_factory=converters.get_converter,
        )
        self.session: Session | None = None
        self.feature(types.INITIALIZE)(lambda params: self._begin(params))
        for each in features():
            self._register(each)

    def _begin(self, params: types.InitializeParams) -> None:
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

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 -- the library's signature
        """Write what failed to the log; whoever asked has been answered with an error."""
        logger.error("%s", error)

    async def serve(self) -> None:
        """Serve standard input and output until the client hangs up or says `exit`."""
        self.protocol.set_writer(Pipe())
        try:
            await serve(chunks(sys.stdin.buffer), self.protocol)
        finally:
            if self.session is not None:
                await self.session.stop()


def start() -> None:
    """Serve one client over standard input and output."""
    try:
        asyncio.run(FlowServer().serve())
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)  # the client is gone: nobody is left to tell
