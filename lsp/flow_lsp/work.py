"""The server's side of the worker: starts it when there is work, and again if it dies."""

import asyncio
import logging
import sys
from contextlib import suppress
from typing import Any

from flow_lsp.messages import LENGTH, Answer, Call, frame, loads

logger = logging.getLogger(__name__)


class WorkError(Exception):
    """The worker could not do it; the message says why."""


class Work:
    """Calls to the worker. ``start`` gives what it is told first, each time it is started."""

    def __init__(self, folders: list[str], *, trusted: bool) -> None:
        self.folders = folders
        self.trusted = trusted
        self._texts: dict[str, str] = {}
        self.process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._number = 0
        self._starting: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def is_running(self) -> bool:
        """Whether the worker was started and lives."""
        return self.process is not None and self.process.returncode is None

    async def ask(self, task: str, *arguments: Any) -> Any:
        """The result of a task.

        Raises:
            WorkError: The worker died or the task failed.
        """
        await self._ensure()
        self._number += 1
        future = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = future
        number = self._number
        try:
            self._send(number, task, arguments)
            answer: Answer = await future
        finally:
            self._waiting.pop(number, None)
        if answer.error:
            raise WorkError(answer.error)
        return answer.result

    def open(self, file: str, text: str) -> None:
        """Tell the worker a text, now or when it starts."""
        if self._texts.get(file) != text:
            self._texts[file] = text
            self._send(0, "open", (file, text))

    def close(self, file: str) -> None:
        """Tell it that a file is as the disk has it."""
        if self._texts.pop(file, None) is not None:
            self._send(0, "close", (file,))

    def forget(self, file: str) -> None:
        """Tell it that a file changed on the disk."""
        self._send(0, "forget", (file,))

    def begin(self, folders: list[str]) -> None:
        """Start anew with other folders, or with settings that changed."""
        self.folders = folders
        self._send(0, "begin", (self.folders, self.trusted))

    def _send(self, number: int, task: str, arguments: tuple[Any, ...]) -> None:
        process = self.process
        if process is not None and process.returncode is None and process.stdin is not None:
            call = Call(number, task, list(arguments))
            process.stdin.write(frame(call))

    async def _ensure(self) -> None:
        """Start the worker if none runs; whoever gives up waiting does not leave it ownerless."""
        if self._stopped:
            raise WorkError("the session has ended")
        if self._starting is None or (self._starting.done() and not self.is_running):
            self._starting = asyncio.create_task(self._start())
        await asyncio.shield(self._starting)

    async def _start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "flow_lsp.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reader = asyncio.create_task(self._read(self.process))
        self._send(0, "begin", (self.folders, self.trusted))
        for file, text in self._texts.items():
            self._send(0, "open", (file, text))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        """Hand out answers until the worker ends, then tell those who still wait."""
        try:
            await self._hand_out(process)
        except asyncio.IncompleteReadError:
            logger.info("the worker ended")
        except Exception:
            logger.exception("the worker said what nobody understands")
            process.kill()
        for number, future in self._waiting.items():
            if not future.done():
                future.set_result(Answer(number, error="the worker ended"))

    async def _hand_out(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101 -- it was made with a pipe
        while True:
            size = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
            answer: Answer = loads(await process.stdout.readexactly(size))
            future = self._waiting.get(answer.number)
            if future is not None and not future.done():
                future.set_result(answer)

    async def stop(self) -> None:
        """End the worker, also one that is just being started; there is no other after it."""
        self._stopped = True
        if self._starting is not None:
            with suppress(OSError):
                await self._starting
        process, self.process = self.process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()
        if self._reader is not None:
            await self._reader
