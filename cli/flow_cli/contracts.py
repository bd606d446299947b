"""`flow test --contracts`: the contracts of components, with no test written by hand."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from flow_cli.errors import CLEAN, FINDINGS, UserError, did_you_mean
from flow_cli.files import read_lossless
from flow_cli.options import TestFormat
from flow_cli.progress import counter
from flow_cli.projects import settings_at
from flow_cli.report import count
from flow_cli.terminal import Color, painter, wants_color, write
from flow_cli.testing_report import Results, render
from flow_core.durations import parse_duration
from flow_core.module import Module
from flow_core.printable import escape
from flow_core.project import Project
from flow_testing.cases import Order
from flow_testing.components.contracts import Contracts, Report, Status
from flow_testing.components.declared import Declared, declared
from flow_testing.components.results import results

_WORDS: dict[Status, str] = {
    "kept": "kept",
    "broken": "broken",
    "not-run": "not run",
    "skipped": "skipped",
}
_STYLES: dict[Status, str] = {"kept": "help", "broken": "error"}


class Request(msgspec.Struct, frozen=True):
    """What is asked for. ``wanted`` are names of components, files or folders."""

    wanted: tuple[str, ...] = ()
    real: tuple[str, ...] = ()
    timeout: str = "5s"
    format: TestFormat = "text"
    color: Color = "auto"


def run_contracts(request: Request) -> int:
    """Try the contracts that the request names, report, and return the exit code."""
    began = time.perf_counter()
    timeout = _seconds(request.timeout)
    project = Project(settings_at(_start(request.wanted)), read_lossless)
    every = declared(project)
    chosen = _chosen(project, every, request.wanted)
    real = (*project.settings.test.real, *request.real)
    _check_real(every, request.real)
    counted = counter("Tried", len(chosen))
    reports: list[Report] = []
    for report in Contracts(project, chosen, real, timeout).run():
        reports.append(report)
        counted()
    counted.erase()
    color = request.format == "text" and wants_color(request.color, sys.stdout)
    order = Order(os.getcwd(), painter(color))
    seconds = time.perf_counter() - began
    write(_rendered(reports, order, request.format, seconds))
    return FINDINGS if any(report.found for report in reports) else CLEAN


def _seconds(text: str) -> float:
    microseconds = parse_duration(text)
    if not microseconds:
        raise UserError(f"`--timeout {text}` is no time to wait", "write `10s`, or `2m`")
    return microseconds / 1_000_000


# What is meant


def _start(wanted: tuple[str, ...]) -> str:
    """Where the project is looked for: at the first path that is named, else here."""
    return next((os.path.abspath(name) for name in wanted if os.path.exists(name)), os.getcwd())


def _chosen(project: Project, every: list[Declared], wanted: tuple[str, ...]) -> list[Declared]:
    """The components that names, files and folders stand for; without any all of the project."""
    if not every:
        raise UserError(
            f"there are no components in the project `{project.settings.root}`",
            "mark a function `@component`, or declare it under `components` of a Flow file",
        )
    keys = {each.key for name in wanted for each in _meant(project, every, name)}
    return [each for each in every if not wanted or each.key in keys]


def _meant(project: Project, every: list[Declared], name: str) -> list[Declared]:
    if not os.path.exists(name):
        found = [each for each in every if each.matches(name)]
        if not found:
            known = [known for each in every for known in each.names]
            raise UserError(f"there is no component `{name}`", did_you_mean(name, known))
        return found
    path = os.path.realpath(name)
    module = project.module(os.path.abspath(name)) if os.path.isfile(name) else None
    called: set[tuple[str, str]] = set()
    if module is not None and module.is_pipeline:
        called = _called(module, set())
    below = path.rstrip(os.sep) + os.sep
    found = [each for each in every if each.key in called or _is_below(each, below)]
    if not found:
        raise UserError(f"`{name}` neither declares nor calls a component of the project")
    return found


def _is_below(component: Declared, folder: str) -> bool:
    """Whether a component is declared, or its function stands, in a folder or that file itself."""
    return any(f"{os.path.realpath(file)}{os.sep}".startswith(folder) for file in component.files)


def _called(module: Module, seen: set[str]) -> set[tuple[str, str]]:
    """The components that a pipeline calls, and those that its sub-pipelines do."""
    found: set[tuple[str, str]] = set()
    seen.add(module.file)
    for path in module.calls:
        resolved = module.resolved(path)
        if resolved.signature is not None:
            found.add((resolved.signature.place.file, resolved.signature.name))
        if resolved.module is not None and resolved.module.file not in seen:
            found |= _called(resolved.module, seen)
    return found


def _check_real(every: Iterable[Declared], patterns: Iterable[str]) -> None:
    for pattern in patterns:
        if not any(each.matches(pattern) for each in every):
            known = [name for each in every for name in each.names]
            hint = did_you_mean(pattern, known) or "name a component, or a pattern: `shop.*`"
            raise UserError(f"`--real {pattern}` names no component", hint)


# What is said


def _rendered(reports: list[Report], order: Order, format_: TestFormat, seconds: float) -> str:
    found = Results(results(reports, order), order, seconds=seconds)
    if format_ != "text":
        return render(found, format_)
    parts = [*_listed(reports, order), "", *_broken(found), _summary(reports, order, seconds)]
    return "\n".join(parts) + "\n"


def _listed(reports: list[Report], order: Order) -> Iterator[str]:
    """A line for each component: whether its contract was kept, or why that is not known."""
    width = max(len(report.declared.name) for report in reports)
    for report in reports:
        style, words = _STYLES.get(report.status), _WORDS[report.status]
        words = order.paint(words, style) if style else words
        calls = f"{count(report.tried, 'call')}" if report.tried else ""
        facts = "; ".join(filter(None, [calls, report.reason, *report.notes]))
        line = f"{escape(f'{report.declared.name:{width}}')}  {words}  {escape(facts)}"
        yield line.rstrip()


def _broken(found: Results) -> Iterator[str]:
    for file in found.files:
        for case in file.cases:
            if case.failures:
                title = found.order.paint("BROKEN", "error")
                yield f"{title} {found.order.paint(escape(case.name), 'bold')}\n{case.told}"


def _summary(reports: list[Report], order: Order, seconds: float) -> str:
    numbers = Counter(report.status for report in reports)
    told = ", ".join(f"{numbers[each]} {words}" for each, words in _WORDS.items() if numbers[each])
    lines = [f"{count(len(reports), 'contract')}: {told} ({seconds * 1000:.0f} ms)"]
    if numbers["not-run"]:
        first = next(report for report in reports if report.status == "not-run")
        pattern = f"{first.declared.name.rpartition('.')[0]}.*"
        hint = f"say which components are real: `--real '{pattern}'`, or `[test] real` in flow.toml"
        lines.append(f"{order.paint('help', 'help')}: {hint}")
    return "\n".join(lines)
