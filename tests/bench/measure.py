"""Timing whole commands, in turn, so that a machine's moods hit all alike."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds of CPU time, children included, and on the clock."""

    cpu: float
    wall: float


def spent_by(command: Sequence[str], cwd: str) -> Spent:
    """What a command takes; what it prints is thrown away.

    Bytecode is kept, as it is for whatever an installer has put on a machine.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(cwd, ".bytecode"))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 -- commands of this benchmark
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - start)


def medians(commands: dict[str, list[str]], cwd: str, rounds: int) -> dict[str, Spent]:
    """The medians of each command, run in turn after one round to warm up."""
    times: dict[str, list[Spent]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            spent = spent_by(command, cwd)
            if turn:
                times[name].append(spent)
    return {
        name: Spent(*(statistics.median(figures) for figures in zip(*found, strict=True)))
        for name, found in times.items()
    }
