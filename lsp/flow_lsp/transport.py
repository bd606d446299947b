"""Messages from and to the client, read ahead of what is being answered.

What has arrived is taken in one go: a request that the client has cancelled by then is not begun,
and a check waits until the last of several changes. A message that is none gets the error that the
protocol has for it, and the next one is read.
"""

import asyncio
import json
import logging
import os
import re
import sys
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Any, BinaryIO, Protocol

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
)

from flow_lsp.plain import record
from flow_lsp.protocol import FlowProtocol

_HEAD = re.compile(rb"Content-Length: *(\d+)[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n", re.IGNORECASE)
_CHUNK = 1 << 16
logger = logging.getLogger(__name__)


class Frames:
    """Cuts a stream of bytes into the bodies of messages."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies that are complete now. What is no header is passed over."""
        self._bytes += data
        found: list[bytes] = []
        while (head := _HEAD.search(self._bytes)) is not None:
            end = head.end() + int(head[1])
            if len(self._bytes) < end:
                break
            found.append(bytes(self._bytes[head.end() : end]))
            del self._bytes[:end]
        return found


def decode(body: bytes, protocol: FlowProtocol) -> dict[str, Any] | None:
    """The message in a body; what is none is answered with an error."""
    try:
        message = record(json.loads(body))
    except (ValueError, RecursionError):
        protocol.refuse(None, JsonRpcParseError("this is no JSON"))
        return None
    if message.get("jsonrpc") == "2.0" and isinstance(message.get("id"), int | str | None):
        return message
    protocol.refuse(None, JsonRpcInvalidRequest("this is no message of JSON-RPC 2.0"))
    return None


def handle(bodies: Iterable[bytes], protocol: FlowProtocol) -> None:
    """Handle messages that arrived together."""
    messages = [m for m in (decode(body, protocol) for body in bodies) if m is not None]
    cancelled = {_cancels(message) for message in messages} - {None}
    for message in messages:
        number = message.get("id")
        if "method" in message and number is not None and number in cancelled:
            protocol.refuse(number, JsonRpcRequestCancelled())
        elif _cancels(message) is None or protocol.is_running(_cancels(message)):
            _dispatch(message, protocol)


def _cancels(message: dict[str, Any]) -> int | str | None:
    """The request that a message cancels."""
    if message.get("method") != types.CANCEL_REQUEST:
        return None
    number = record(message.get("params")).get("id")
    return number if isinstance(number, int | str) else None


def _dispatch(message: dict[str, Any], protocol: FlowProtocol) -> None:
    try:
        protocol.handle_message(protocol.structure_message(message))
    except JsonRpcException as error:
        if "method" in message and message.get("id") is not None:
            protocol.refuse(message["id"], error)
        logger.warning("refused %s: %s", message.get("method"), error)
    except Exception:
        logger.exception("could not handle %s", message.get("method"))


class Writer(Protocol):
    """Where messages to the client go."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    def close(self) -> None:
        """Nothing more is sent."""
        ...


async def chunks(stream: BinaryIO) -> AsyncIterator[bytes]:
    """What a stream brings, as it comes.

    A thread waits for it: not every kind of standard input can be waited for otherwise.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        data = b"."
        while data:
            try:
                data = os.read(stream.fileno(), _CHUNK)
            except OSError:
                data = b""
            with suppress(RuntimeError):  # the loop is closed: nobody listens any more
                loop.call_soon_threadsafe(arrived.put_nowait, data)

    threading.Thread(target=read, name="input", daemon=True).start()
    while data := await arrived.get():
        yield data


async def read_all(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """What a stream brings, as it comes."""
    while data := await reader.read(_CHUNK):
        yield data


async def connection(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The first connection to a port; there is no second."""
    first: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
    first = asyncio.get_running_loop().create_future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close() if first.done() else first.set_result((reader, writer))

    server = await asyncio.start_server(connected, host, port)
    logger.warning("listening on %s:%s", host, port)
    found = await first
    server.close()
    return found


async def websocket(host: str, port: int) -> tuple[AsyncIterator[bytes], Writer]:
    """The first connection to a WebSocket: a message of it is the body of one of ours."""
    from websockets.asyncio.server import ServerConnection
    from websockets.asyncio.server import serve as serve_websocket

    first: asyncio.Future[ServerConnection] = asyncio.get_running_loop().create_future()

    async def connected(socket: ServerConnection) -> None:
        if not first.done():
            first.set_result(socket)
            await socket.wait_closed()

    await serve_websocket(connected, host, port)
    logger.warning("listening on ws://%s:%s", host, port)
    socket = await first

    async def source() -> AsyncIterator[bytes]:
        async for message in socket:
            body = message.encode() if isinstance(message, str) else message
            yield b"Content-Length: %d\r\n\r\n" % len(body) + body

    return source(), _Socket(socket)


class _Socket:
    """Writes to a WebSocket, which wants bodies without headers."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._frames = Frames()
        self._sending: set[asyncio.Task[None]] = set()

    def write(self, data: bytes) -> None:
        """Send bytes."""
        for body in self._frames.feed(data):
            task = asyncio.ensure_future(self._socket.send(body.decode()))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    def close(self) -> None:
        """Nothing more is sent."""
        asyncio.ensure_future(self._socket.close())  # noqa: RUF006 -- the last thing that is done


async def serve(source: AsyncIterator[bytes], protocol: FlowProtocol) -> None:
    """Handle messages until the client hangs up."""
    frames = Frames()
    async for data in source:
        bodies = frames.feed(data)
        if bodies:
            handle(bodies, protocol)
            await asyncio.sleep(0)


class Pipe:
    """Writes to standard output; whatever prints by mistake goes elsewhere."""

    def __init__(self) -> None:
        self._stream = sys.stdout.buffer
        sys.stdout = sys.stderr

    def write(self, data: bytes) -> None:
        """Send bytes."""
        self._stream.write(data)
        self._stream.flush()

    def close(self) -> None:
        """Nothing more is sent."""
        self._stream.close()
