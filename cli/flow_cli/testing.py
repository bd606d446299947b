"""What `flow test` does: find scenarios, run them, report, and say by the exit code how it went."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_cli.discovery import walk
from flow_cli.errors import CLEAN, FINDINGS, UserError
from flow_cli.options import TestFormat
from flow_cli.progress import counter
from flow_cli.projects import settings_at
from flow_cli.terminal import Color, painter, wants_color, write
from flow_cli.testing_coverage import report_coverage
from flow_cli.testing_pool import Runner, Task, run_units
from flow_cli.testing_report import Results, render
from flow_cli.testing_units import Unit, units
from flow_cli.watching import snapshot, watch_command
from flow_core.analysis.resolve import SUFFIXES as PIPELINES
from flow_core.discovery import SUFFIXES
from flow_core.printable import escape, shown_name
from flow_testing.cases import FileResult, Order
from flow_testing.selecting import chooser

if TYPE_CHECKING:
    from flow_testing.coverage.options import Wanted

_FIRST = "write a `*.flowtest.yaml` file, or record one: `--record`"


class Request(msgspec.Struct, frozen=True):
    """What is asked for. ``jobs`` None is for as many processes as pay."""

    paths: tuple[str, ...] = ()
    select: str = ""
    format: TestFormat = "text"
    jobs: int | None = None
    fail_fast: bool = False
    seed: int | None = None
    verbose: bool = False
    color: Color = "auto"
    coverage: "Wanted | None" = None
    update: bool = False


def run_tests(request: Request) -> int:
    """Run what the request names, report it, and return the exit code."""
    report = _run(_units(request), request)
    if not report.files:
        raise _nothing(request)
    if request.update:
        from flow_cli.testing_update import update_files

        if update_files(report.files, request.color):
            return run_tests(msgspec.structs.replace(request, update=False))
    write(render(report, request.format))
    enough = request.coverage is None or report_coverage(report, request.coverage, request.format)
    return CLEAN if enough and not report.failed else FINDINGS


def list_tests(request: Request) -> int:
    """Write the names of the scenarios that would be run."""
    runner, base, found = Runner(_task(request)), os.getcwd(), 0
    for unit in _units(request):
        for name in runner.names(unit):
            found += 1
            write(f"{escape(shown_name(unit.file, base))}::{escape(name)}\n")
    if not found:
        raise _nothing(request)
    return CLEAN


def _units(request: Request) -> list[Unit]:
    try:
        chooser(request.select)
    except ValueError as error:
        help_ = "write `-k 'card and not (hub or parcel)'`"
        raise UserError(f"`-k {request.select}`: {error}", help_) from error
    return units(request.paths)


def _nothing(request: Request) -> UserError:
    if request.select:
        return UserError(
            f"no scenario is chosen by `-k {request.select}`", "see `flow test --list`"
        )
    if request.paths and all(path.endswith(PIPELINES) for path in request.paths):
        named = ", ".join(f"`{path}`" for path in request.paths)
        return UserError(f"no scenario tests {named}", _FIRST)
    return UserError("there are no scenarios", _FIRST)


def _task(request: Request, *, with_dependencies: bool = False) -> Task:
    color = request.format == "text" and wants_color(request.color, sys.stdout)
    order = Order(
        base=os.getcwd(),
        paint=painter(color),
        seed=request.seed,
        timelines=request.verbose,
        fail_fast=request.fail_fast,
        updates=request.update,
    )
    return Task(order, request.select, with_dependencies, request.coverage is not None)


def _run(wanted: list[Unit], request: Request, *, with_dependencies: bool = False) -> Results:
    """Run units, and stop at the first that fails where that is asked for."""
    began = time.perf_counter()
    task = _task(request, with_dependencies=with_dependencies)
    found = list(_until_failure(run_units(wanted, task, request.jobs), len(wanted), request))
    return Results(
        files=tuple(each for each in found if each.cases or each.problems),
        order=task.order,
        stopped=request.fail_fast and any(each.failed for each in found),
        seconds=time.perf_counter() - began,
    )


def _until_failure(
    found: Iterable[FileResult], total: int, request: Request
) -> Iterator[FileResult]:
    count = counter("Tested", total)
    for each in found:
        count()
        yield each
        if request.fail_fast and each.failed:
            break
    count.erase()


# Watching


def watch(request: Request) -> None:
    """Run what the request names, and after each change again what it may have touched.

    Ends with `KeyboardInterrupt`.
    """
    watcher = _Watcher(request)
    watch_command(watcher.run, watcher.files)


class _Watcher:
    """Remembers what each scenario file depends on, and how those files were."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._depends_on: dict[str, tuple[str, ...]] = {}
        self._seen: dict[str, tuple[int, int]] = {}

    def files(self) -> list[str]:
        """All files that a result could depend on."""
        roots = {settings_at(unit.file).root for unit in units(self._request.paths)}
        suffixes = (*SUFFIXES, ".py", ".json", ".toml")
        return sorted({file for root in roots for file in walk(root, suffixes)})

    def run(self) -> None:
        """Run what a change may have touched; at first that is all."""
        now = snapshot(self.files())
        changed = {
            file for file in now.keys() | self._seen if now.get(file) != self._seen.get(file)
        }
        self._seen = now
        wanted = [unit for unit in _units(self._request) if self._is_touched(unit, changed)]
        if not wanted:
            write("no scenario depends on what has changed\n")
            return
        report = _run(wanted, self._request, with_dependencies=True)
        for each in report.files:
            self._depends_on[each.file] = each.depends_on
        write(render(report, self._request.format))

    def _is_touched(self, unit: Unit, changed: set[str]) -> bool:
        known = self._depends_on.get(unit.file)
        settings = any(file.endswith(".toml") for file in changed)
        return settings or known is None or not changed.isdisjoint((unit.file, *known))
