"""What a process and its children use: CPU time, memory, handles, from Linux's own books."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Tree:
    """A process and whatever it started."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._cpu: dict[int, float] = {}

    def members(self) -> Iterator[int]:
        """The processes that live now."""
        waiting = [self._pid]
        while waiting:
            pid = waiting.pop()
            yield pid
            for thread in _names(Path(f"/proc/{pid}/task")):
                waiting += map(int, _read(f"/proc/{pid}/task/{thread}/children").split())

    def cpu(self) -> float:
        """Seconds of CPU time until now, to the nanosecond; ended processes count as last seen."""
        for pid in self.members():
            try:
                self._cpu[pid] = time.clock_gettime((~pid << 3) | 2)  # see clock_getcpuclockid(3)
            except OSError:
                continue
        return sum(self._cpu.values())

    def memory(self) -> float:
        """Megabytes that are resident now; what processes share counts for each."""
        return sum(self.memories())

    def memories(self) -> list[float]:
        """Megabytes of each process that lives now, the oldest first."""
        pages = (_read(f"/proc/{pid}/statm").split() for pid in sorted(self.members()))
        return [int(found[1]) * _PAGE / 1e6 for found in pages if found]

    def peak(self) -> float:
        """The peaks of the processes that live now, summed: never less than that of the tree."""
        return sum(_kilobytes(pid, "VmHWM") for pid in self.members()) * 1024 / 1e6

    def handles(self) -> int:
        """Open files, pipes and sockets."""
        return sum(len(_names(Path(f"/proc/{pid}/fd"))) for pid in self.members())

    def threads(self) -> int:
        """Threads."""
        return sum(len(_names(Path(f"/proc/{pid}/task"))) for pid in self.members())


def _kilobytes(pid: int, field: str) -> int:
    lines = _read(f"/proc/{pid}/status").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(field))


def _read(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError:
        return ""


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []
