"""Timing whole commands by their CPU time, in turn, so that a machine's moods hit all alike."""

import os
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path


def cpu_seconds(command: Sequence[str], cwd: str) -> float:
    """User and system time of a command and its children; what it prints is thrown away.

    Bytecode is kept, as it is for whatever an installer has put on a machine.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(cwd, ".bytecode"))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(  # noqa: S603 -- commands of this benchmark
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def medians(commands: dict[str, Sequence[str]], cwd: str, rounds: int) -> dict[str, float]:
    """The median CPU time of each command, run in turn after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            spent = cpu_seconds(command, cwd)
            if turn:
                times[name].append(spent)
    return {name: statistics.median(found) for name, found in times.items()}
