"""Checking files: from the cache what it knows, the rest on all cores where that pays."""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from flow_cli.files import read_lossless
from flow_cli.processes import on_processes
from flow_cli.progress import with_progress
from flow_cli.projects import Projects
from flow_core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from flow_cli.cache import Cache
    from flow_cli.engine import Engine

MANY = 64
"""Files that are worth the start of more processes."""
CHUNK = 8
"""Files that a process gets at once: few enough to share work evenly and to show progress."""


class Options(msgspec.Struct, frozen=True):
    """What every file of a run is checked with.

    ``select`` and ``ignore`` hold words as `flow_core.check.Selection` does.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cache: bool = True


class Checked(msgspec.Struct, frozen=True):
    """The findings in a file; None where it could not be read."""

    file: str
    diagnostics: tuple[Diagnostic, ...] | None


class Checker:
    """Checks one file after the other. ``texts`` stand in for what the disk has (never cached)."""

    def __init__(self, options: Options, texts: Mapping[str, str] | None = None) -> None:
        self.options = options
        self._texts = texts or {}
        self._projects = Projects()

    def known(self, file: str) -> Checked | None:
        """What the cache knows of a file."""
        if self._cache is None:
            return None
        found = self._cache.find(file, self._projects.settings(file))
        return None if found is None else Checked(file, found)

    def check(self, file: str) -> Checked:
        """What is wrong with a file; the cache learns it."""
        settings = self._projects.settings(file)
        found = self._engine.check(file, settings)
        if self._cache and found is not None:
            texts = self._engine.dependencies(file, settings)
            self._cache.keep(file, settings, texts, found)
        return Checked(file, found)

    @cached_property
    def _cache(self) -> "Cache | None":
        if self._texts or not self.options.cache:
            return None
        from flow_cli.cache import Cache

        return Cache(self.options)

    @cached_property
    def _engine(self) -> "Engine":
        from flow_cli.engine import Engine

        return Engine(self.options.select, self.options.ignore, self._read)

    def _read(self, file: str) -> str | None:
        return self._texts[file] if file in self._texts else read_lossless(file)


def check_files(files: list[str], options: Options) -> list[Checked]:
    """What is wrong with the files, in their order."""
    checker = Checker(options)
    done = {file: known for file in files if (known := checker.known(file))}
    rest = [file for file in files if file not in done]
    alone = len(rest) < MANY or cores() == 1
    found = map(checker.check, rest) if alone else _on_all_cores(rest, checker)
    done |= {each.file: each for each in with_progress(found, len(rest))}
    return [done[file] for file in files]


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _on_all_cores(files: list[str], checker: Checker) -> Iterator[Checked]:
    """Check files in as many processes as there are cores.

    The first file is checked before they start: where processes are forks, they have all that it
    took to import.
    """
    first, *rest = files
    yield checker.check(first)
    start = (_start_worker, checker.options)
    yield from on_processes(_check_in_worker, rest, start, cores(), CHUNK)


def _start_worker(options: Options) -> None:
    """Make this process's checker; an interrupt is the parent's to handle."""
    import signal

    global _worker  # noqa: PLW0603  # what a pool's initializer is for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = Checker(options)


def _check_in_worker(file: str) -> Checked:
    return _worker.check(file)


_worker: Checker
