"""Messages from and to the client, read ahead of what is being answered.

What has arrived is taken in one go: a request that the client has cancelled by then is not begun,
and a check waits until the last of several changes. A message that is none gets the error that the
protocol has for it, and the next one is read.
"""

import asyncio
import json
import logging
import re
import sys
from collections.abc import AsyncIterator, Iterable
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
)

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
        message = json.loads(body)
    except (ValueError, RecursionError):
        protocol.refuse(None, JsonRpcParseError("this is no JSON"))
        return None
    if isinstance(message, dict) and message.get("jsonrpc") == "2.0":
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
    params = message.get("params")
    if message.get("method") != types.CANCEL_REQUEST or not isinstance(params, dict):
        return None
    number = params.get("id")
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


async def chunks(stream: BinaryIO) -> AsyncIterator[bytes]:
    """What a pipe brings, as it comes."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), stream)
    while data := await reader.read(_CHUNK):
        yield data


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
