"""Talking to the process that calls components: with patience, but not without end."""

import os
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import msgspec

from flow_core.discovery import SKIPPED
from flow_testing.components.attempt import Result, Stopped
from flow_testing.components.worker import Answer, Job

_IMPORT_SECONDS = 60
_MOST_STOPS = 2
"""After so many calls that did not end no more are made."""


class ImportFailed(Exception):  # noqa: N818 - a message for people
    """The function of a job can't be had; the message says why."""


class Process:
    """A process for jobs; another takes its place after a call that did not end.

    Not to be used by two threads at once.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def close(self) -> None:
        """End the process, and those that a component has started."""
        if self._process is not None:
            _kill(self._process)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def run(self, job: Job, patience: float) -> list[Result]:
        """The results of a job's calls, each of which may take ``patience`` seconds.

        After some that did not end the rest is not tried.

        Raises:
            ImportFailed: the function can't be had.
        """
        results: list[Result] = []
        stops = 0
        while len(results) < len(job.cases) and stops < _MOST_STOPS:
            rest = msgspec.structs.replace(job, cases=job.cases[len(results) :])
            found = self._run(rest, patience)
            results += found
            stops += bool(found) and isinstance(found[-1], Stopped)
        return results

    def _run(self, job: Job, patience: float) -> list[Result]:
        """The results up to the first call that does not end."""
        self._send(job)
        first = self._answer(_IMPORT_SECONDS)
        if first is None:
            code = self._stop()
            how = f"ended the process (exit code {code})" if code is not None else "does not end"
            raise ImportFailed(f"importing `{job.target.partition(':')[0]}` {how}")
        if first.problem:
            raise ImportFailed(first.problem)
        results: list[Result] = []
        for _ in job.cases:
            began = time.monotonic()
            answer = self._answer(patience)
            if answer is None or answer.result is None:
                results.append(Stopped(time.monotonic() - began, self._stop()))
                break
            results.append(answer.result)
        return results

    def _answer(self, patience: float) -> Answer | None:
        """The next answer, None where none comes."""
        try:
            line = self._answers.get(timeout=patience)
        except queue.Empty:
            return None
        return msgspec.json.decode(line, type=Answer) if line else None

    def _send(self, job: Job) -> None:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # a thread that a component has left behind ended it
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101 - it was started with a pipe
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        process.stdin.flush()

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-P", "-B", "-m", "flow_testing.components.worker"]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._process, self._answers = process, queue.SimpleQueue()
        Thread(target=_read, args=(process, self._answers), daemon=True).start()
        return process

    def _stop(self) -> int | None:
        """End the process; the code with which it had ended by itself."""
        process = self._process
        assert process is not None  # noqa: S101 - it was asked something
        try:
            code = process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            code = None
        self.close()
        return code


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process with its group; the group of one that has ended may be another's by now."""
    if sys.platform != "win32" and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _read(process: "subprocess.Popen[bytes]", answers: "queue.SimpleQueue[bytes]") -> None:
    """Put each line that a process writes into a queue, and an empty one when it ends."""
    assert process.stdout is not None  # noqa: S101 - it was started with a pipe
    try:
        for line in process.stdout:
            answers.put(line)
    except ValueError:  # it was closed
        pass
    answers.put(b"")


def make_scratch(folder: str, root: str) -> None:
    """Make the folders of a project anew, with links to its files: what is read is there.

    New files stay in the folder. Who writes into a file of the project changes that.
    """
    for found, folders, files in os.walk(root):
        here = Path(folder, os.path.relpath(found, root))
        own = [name for name in folders if not name.startswith(".") and name not in SKIPPED]
        linked = {*folders, *files} - {*own, ".git", "__pycache__"}
        here.mkdir(exist_ok=True)
        for name in linked:
            (here / name).symlink_to(Path(found, name))
        folders[:] = own
