"""Running scenarios: here where they are few, else on as many processes as there are cores.

What is handed to a process is a file, or a part of a large one.
"""

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from flow_cli.checking import cores
from flow_cli.errors import UserError, did_you_mean
from flow_cli.processes import on_processes
from flow_cli.testing_units import Unit
from flow_core.printable import escape, shown_name
from flow_core.settings import SettingsError
from flow_core.simulate.scenarios import Suite
from flow_testing.cases import FileResult, Order, run_file
from flow_testing.selecting import Chooser, chooser
from flow_testing.suites import Suites

if TYPE_CHECKING:
    from flow_testing.coverage.collect import Collector

MUCH = 100_000
"""Bytes of scenario files that are worth the start of more processes."""
LARGE = 50_000
"""Bytes of a file that is worth being shared out."""
PARTS = 4
"""Parts of a large file for each process: few enough to be cheap, enough to share work evenly."""
CHUNK = 8
"""Small files that a process gets at once."""


class Task(msgspec.Struct, frozen=True):
    """How the scenarios are run, and which: those that ``select`` chooses (see `selecting`).

    ``covers`` tells that coverage is collected.
    """

    order: Order
    select: str = ""
    with_dependencies: bool = False
    covers: bool = False


class Runner:
    """Runs units; keeps what it has read for those that come later."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._suites = Suites()

    def __reduce__(self) -> tuple[type["Runner"], tuple[Task]]:
        """Another process that is no fork reads for itself."""
        return Runner, (self._task,)

    def suite(self, file: str) -> Suite:
        """The suite of a file.

        Raises:
            UserError: it can't be read, or its project's settings cannot be used.
        """
        try:
            found = self._suites.suite(file)
        except SettingsError as error:
            raise UserError(str(error)) from error
        if found is None:
            raise UserError(f"cannot read `{file}`")
        return found

    def names(self, unit: Unit) -> list[str]:
        """The names of the scenarios of a unit.

        Raises:
            UserError: one that is named is not there.
        """
        suite = self.suite(unit.file)
        if suite.problems or not _is_meant(unit, suite):
            return []
        file = shown_name(unit.file, self._task.order.base)
        known = [scenario.name for scenario in suite.scenarios]
        wanted = _given(unit.names, known, file) if unit.names else known
        return [name for name in wanted if self._chooses(f"{file}::{name}")]

    def run(self, unit: Unit) -> FileResult:
        """Run the scenarios of a unit."""
        suite = self.suite(unit.file)
        if not _is_meant(unit, suite):
            return FileResult(unit.file)
        found = self._run(suite, self.names(unit))
        if self._task.with_dependencies:
            from flow_cli.dependencies import dependencies

            read = tuple(dependencies(unit.file, suite.module.project))
            return msgspec.structs.replace(found, depends_on=read)
        return found

    def _run(self, suite: Suite, names: list[str]) -> FileResult:
        if not self._task.covers:
            return run_file(suite, self._task.order, names)
        self._collector.start()
        try:
            found = run_file(suite, self._task.order, names)
        finally:
            self._collector.stop()
        return msgspec.structs.replace(found, coverage=self._collector.take())

    @cached_property
    def _collector(self) -> "Collector":
        from flow_testing.coverage.collect import Collector

        return Collector(self._task.order.base)

    @cached_property
    def _chooses(self) -> Chooser:
        return chooser(self._task.select)


def _given(names: tuple[str, ...], known: list[str], file: str) -> list[str]:
    """The scenarios that are named, each as it is or as it is shown, once.

    Raises:
        UserError: one is not there.
    """
    shown = {escape(name): name for name in known} | {name: name for name in known}
    for name in names:
        if name not in shown:
            help_ = did_you_mean(name, known) or f"there are: {', '.join(map(escape, known))}"
            where = shown_name(file, os.getcwd())
            raise UserError(f"`{where}` has no scenario `{name}`", help_)
    return list(dict.fromkeys(shown[name] for name in names))


def _is_meant(unit: Unit, suite: Suite) -> bool:
    """Whether a file tests one of the pipelines that are asked for."""
    if not unit.pipelines:
        return True
    return suite.pipeline is not None and os.path.realpath(suite.pipeline.file) in unit.pipelines


def run_units(units: list[Unit], task: Task, jobs: int | None) -> Iterator[FileResult]:
    """The results of the units, in their order; ``jobs`` processes, None for what pays.

    Raises:
        UserError: one can't be run.
    """
    runner = Runner(task)
    if jobs is None:
        size = sum(_size(unit) for unit in units)
        jobs = cores() if size >= MUCH else 1
    if jobs == 1:
        yield from map(runner.run, units)
        return
    parts = [part for unit in units for part in _parts(unit, runner, jobs)]
    for _, found in groupby(_on_processes(parts, runner, jobs), key=lambda each: each.file):
        yield _joined(list(found))


def _size(unit: Unit) -> int:
    return os.path.getsize(unit.file) if os.path.isfile(unit.file) else 0


def _parts(unit: Unit, runner: Runner, jobs: int) -> Iterable[Unit]:
    """A large file in parts; what this process has read of it, processes that are forks have."""
    if _size(unit) < LARGE:
        return (unit,)
    names = runner.names(unit)
    if not names:
        return (unit,)
    runner.suite(unit.file).prepare()
    each = -(-len(names) // (jobs * PARTS))
    starts = range(0, len(names), each)
    return [msgspec.structs.replace(unit, names=tuple(names[at : at + each])) for at in starts]


def _joined(parts: list[FileResult]) -> FileResult:
    """The result of a file from those of its parts."""
    cases = tuple(case for part in parts for case in part.cases)
    coverage = parts[0].coverage
    for part in parts[1:]:
        coverage = coverage | part.coverage if coverage and part.coverage else coverage
    return msgspec.structs.replace(parts[0], cases=cases, coverage=coverage)


def _on_processes(units: list[Unit], runner: Runner, jobs: int) -> Iterator[FileResult]:
    few = len(units) < CHUNK * jobs * PARTS
    start = (_start_worker, runner)
    return on_processes(_run_in_worker, units, start, jobs, 1 if few else CHUNK)


def _start_worker(runner: Runner) -> None:
    """Take over what was read so far; an interrupt is the parent's to handle."""
    import signal

    global _worker  # noqa: PLW0603  # what a pool's initializer is for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = runner


def _run_in_worker(unit: Unit) -> FileResult:
    return _worker.run(unit)


_worker: Runner
