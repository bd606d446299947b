"""Telling on a terminal how far a long run is."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from flow_cli.terminal import write

T = TypeVar("T")

ERASE = "\r\x1b[2K"
"""Back to the start of the line, and the line away (ECMA-48)."""

PATIENCE = 0.5
"""Seconds that a run may take without a word."""
PERIOD = 0.1
"""Seconds between two words."""


def with_progress(items: Iterable[T], total: int) -> Iterator[T]:
    """Pass items on and count them on standard error, if that is a terminal and it takes long."""
    if not sys.stderr.isatty():
        yield from items
        return
    due = time.monotonic() + PATIENCE
    shown = False
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() >= due:
            write(f"{ERASE}Checked {number}/{total}", sys.stderr)
            shown, due = True, time.monotonic() + PERIOD
    if shown:
        write(ERASE, sys.stderr)
