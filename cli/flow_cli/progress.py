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
    count = counter("Checked", total)
    for item in items:
        yield item
        count()
    count.erase()


def counter(word: str, total: int | None) -> "Counter":
    """What counts a long run up on standard error, if that is a terminal.

    ``total`` None is not known.
    """
    return Counter(word, total, sys.stderr.isatty())


class Counter:
    """Counts: ``Checked 7/12``. Call it after each part, and `erase` at the end."""

    def __init__(self, word: str, total: int | None, shows: bool) -> None:  # noqa: FBT001 - the last
        self._word = word
        self._total = total
        self._number = 0
        self._due = time.monotonic() + PATIENCE if shows else float("inf")
        self._shown = False

    def __call__(self) -> None:
        """Another part is done."""
        self._number += 1
        if time.monotonic() >= self._due:
            of = "" if self._total is None else f"/{self._total}"
            write(f"{ERASE}{self._word} {self._number}{of}", sys.stderr)
            self._shown, self._due = True, time.monotonic() + PERIOD

    def erase(self) -> None:
        """Take the count away."""
        if self._shown:
            write(ERASE, sys.stderr)
