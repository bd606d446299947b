"""Doing something again whenever files change."""

import os
import sys
import time
from collections.abc import Callable, Iterable

from flow_cli.errors import UserError
from flow_cli.terminal import complain, write

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and what has scrolled off it (ECMA-48 and xterm)."""
INTERVAL = 0.3
"""Seconds between two looks at the files."""


def watch(
    run: Callable[[], object],
    files: Callable[[], Iterable[str]],
    pause: Callable[[], object] = lambda: time.sleep(INTERVAL),
) -> None:
    """Run now, and again after every change of the files or of which files there are.

    Looks before it runs, so that a change during a run is seen. Ends with `KeyboardInterrupt`.
    """
    seen: dict[str, tuple[int, int]] | None = None
    while True:
        now = snapshot(files())
        if now != seen:
            seen = now
            run()
        pause()


def watch_command(run: Callable[[], object], files: Callable[[], list[str]]) -> None:
    """Run a command now and after every change, on a clean screen; what a user can mend is told."""

    def once() -> None:
        if sys.stdout.isatty():
            write(CLEAR)
        try:
            run()
        except UserError as error:
            complain(error.message, error.help)

    def found() -> list[str]:
        try:
            return files()
        except UserError:  # told by the run; the next change may mend it
            return []

    watch(once, found)


def snapshot(files: Iterable[str]) -> dict[str, tuple[int, int]]:
    """When each file was last changed, and its size; files that are gone are absent."""
    found: dict[str, tuple[int, int]] = {}
    for file in files:
        try:
            status = os.stat(file)
        except OSError:
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found
