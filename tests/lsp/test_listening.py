"""The server over standard input, a port and a WebSocket, as a process of its own."""

import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from flow_lsp.transport import Frames

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {}},
}
SHUTDOWN = {"jsonrpc": "2.0", "id": 2, "method": "shutdown"}
EXIT = {"jsonrpc": "2.0", "method": "exit"}
COMMAND = (str(Path(sys.executable).with_name("flow")), "lsp")


def frame(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def test_standard_input() -> None:
    asked = b"".join(map(frame, (INITIALIZE, SHUTDOWN, EXIT)))
    done = subprocess.run(  # noqa: S603 -- our own command
        COMMAND, input=asked, capture_output=True, check=False, timeout=60
    )
    answers = [json.loads(body) for body in Frames().feed(done.stdout)]
    assert [each["id"] for each in answers] == [1, 2]
    assert answers[0]["result"]["serverInfo"]["name"] == "flow"
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_input_at_all() -> None:
    done = subprocess.run(  # noqa: S603 -- our own command
        COMMAND, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_client_that_hangs_up_ends_the_server() -> None:
    done = subprocess.run(  # noqa: S603 -- our own command
        COMMAND, input=frame(INITIALIZE), capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_port() -> None:
    async def talk(port: int) -> int:
        reader, writer = await _connected(port)
        writer.write(frame(INITIALIZE))
        frames = Frames()
        while not (bodies := frames.feed(await reader.read(1 << 16))):
            pass
        writer.write(frame(SHUTDOWN) + frame(EXIT))
        await reader.read()
        writer.close()
        return int(json.loads(bodies[0])["id"])

    assert _served("--tcp", talk) == 1


def test_a_websocket() -> None:
    async def talk(port: int) -> int:
        _, writer = await _connected(port)
        writer.close()
        async with connect(f"ws://127.0.0.1:{port}") as socket_:
            await socket_.send(json.dumps(INITIALIZE))
            found = json.loads(await socket_.recv())["id"]
            await socket_.send(json.dumps(SHUTDOWN))
            await socket_.recv()
            await socket_.send(json.dumps(EXIT))
            return int(found)

    assert _served("--websocket", talk) == 1


def _served(option: str, talk: object) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(  # noqa: S603 -- our own command
        (*COMMAND, option, f"127.0.0.1:{port}"), stderr=subprocess.PIPE
    ) as served:
        try:
            assert served.stderr is not None
            served.stderr.readline()  # it says that it listens
            found: int = asyncio.run(talk(port))  # type: ignore[operator]
            assert served.wait(20) == 0
        finally:
            served.kill()
    return found


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--tcp", "nowhere"), "write it as HOST:PORT"),
        (("--tcp", "127.0.0.1:99999"), "write it as HOST:PORT"),
        (("--tcp", "192.0.2.1:80"), "cannot serve 192.0.2.1:80"),
        (("--tcp", "a:1", "--websocket", "a:1"), "exclude each other"),
        (("--log-file", "/nowhere/at/all"), "cannot write the log"),
    ],
)
def test_places_that_can_not_be_served(arguments: tuple[str, ...], words: str) -> None:
    done = subprocess.run(  # noqa: S603 -- our own command
        (*COMMAND, *arguments), input="", capture_output=True, check=False, text=True, timeout=60
    )
    assert words in done.stderr
    assert done.returncode == 2
