"""Telling on a terminal how far a long run is."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

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
            print(f"\r\x1b[2KChecked {number}/{total}", end="", file=sys.stderr, flush=True)
            shown, due = True, time.monotonic() + PERIOD
    if shown:
        print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
