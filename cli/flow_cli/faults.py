"""`flow test --faults`: sweeps of pipelines, with no test written by hand."""

import os
import sys
import time
from collections.abc import Iterator

import msgspec

from flow_cli.discovery import find
from flow_cli.errors import CLEAN, FINDINGS, UserError
from flow_cli.faults_text import text
from flow_cli.files import read_bytes, read_lossless, write_text
from flow_cli.git import Revision, is_revision
from flow_cli.options import TestFormat
from flow_cli.progress import Counter, counter
from flow_cli.projects import Projects, settings_at
from flow_cli.terminal import Color, painter, wants_color, write
from flow_cli.testing_report import Results, render
from flow_core.analysis.resolve import SUFFIXES as PIPELINES
from flow_core.module import Module
from flow_core.printable import shown_name
from flow_core.project import Project
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.run import plan_of
from flow_testing.cases import FileResult, Order
from flow_testing.sweeps.evidence import Evidence
from flow_testing.sweeps.judge import trials
from flow_testing.sweeps.report import Wanted, sweep_file
from flow_testing.sweeps.saved import SavedSweep, read, save

SUFFIX = ".sweep.json"
"""How the names of saved sweeps end."""
CHANGED = "FL836"
"""The code of what is otherwise than in a saved sweep."""


class Request(msgspec.Struct, frozen=True):
    """What is asked for. ``against`` is a revision, a saved sweep or another version's file."""

    paths: tuple[str, ...] = ()
    format: TestFormat = "text"
    depth: int = 2
    most: int = 2_000
    save: bool = False
    against: str = ""
    color: Color = "auto"

    @property
    def wanted(self) -> Wanted:
        """How thoroughly to sweep."""
        return Wanted(self.depth, self.most)


def run_faults(request: Request) -> int:
    """Sweep the pipelines that the request names, report, and return the exit code.

    Raises:
        UserError: there are none, or what to compare with can't be used.
    """
    if request.save and request.against:
        raise UserError("`--save` and `--against` are two tasks", "ask for one of them")
    began = time.perf_counter()
    modules = list(_pipelines(request.paths))
    if not modules:
        raise UserError("there are no pipelines", "name a `*.flow.yaml` file that has `steps`")
    color = request.format == "text" and wants_color(request.color, sys.stdout)
    order = Order(os.getcwd(), painter(color), timelines=True)
    count = counter("Ran", None)
    found = tuple(_swept(module, order, request, count) for module in modules)
    count.erase()
    results = Results(found, order, seconds=time.perf_counter() - began)
    write(text(results) if request.format == "text" else render(results, request.format))
    return FINDINGS if results.failed else CLEAN


def _pipelines(paths: tuple[str, ...]) -> Iterator[Module]:
    """The pipelines that paths stand for; without any those of the current project."""
    base, projects = os.getcwd(), Projects()
    files = find(list(paths) or [settings_at(base).root], base, projects.wants)
    known: dict[str, Project] = {}
    for file in files:
        if not file.endswith(PIPELINES):
            continue
        settings = projects.settings(file)
        project = known.setdefault(settings.root, Project(settings, read_lossless))
        module = project.module(file)
        if module is not None and module.is_pipeline:
            yield module


def _swept(module: Module, order: Order, request: Request, count: Counter) -> FileResult:
    name = _saved_name(module)
    if request.save:
        result, evidence = sweep_file(module, order, request.wanted, None, count)
        if evidence is not None:
            _keep(name, evidence)
        return result
    saved = _saved(module, name, request)
    result, _ = sweep_file(module, order, request.wanted, saved, count)
    against = request.against or shown_name(name, order.base)
    return _compared(result, against) if saved and result.cases else result


def _saved_name(module: Module) -> str:
    """Where the sweep of a pipeline is kept, or would be.

    That is the project's folder `tests`, or beside the pipeline if there is none.

    Raises:
        UserError: there is one in both places.
    """
    root = module.project.settings.root
    stem = module.file.removesuffix(next(each for each in PIPELINES if module.file.endswith(each)))
    tests = os.path.join(root, "tests")
    places = os.path.join(tests, os.path.relpath(stem, root) + SUFFIX), stem + SUFFIX
    there = [place for place in places if os.path.isfile(place)]
    if len(there) > 1:
        one, other = (f"`{shown_name(place, os.getcwd())}`" for place in there)
        raise UserError(
            f"there are two saved sweeps of one pipeline, {one} and {other}", "keep one"
        )
    return there[0] if there else places[0 if os.path.isdir(tests) else 1]


def _compared(found: FileResult, against: str) -> FileResult:
    """The result of a sweep that was held against another, which its first line names."""
    whole, *cases = found.cases
    changed = any(failure.code == CHANGED for case in cases for failure in case.failures)
    name = f"{whole.name}, {'not ' if changed else ''}as in {against}"
    first = msgspec.structs.replace(whole, name=name)
    return msgspec.structs.replace(found, cases=(first, *cases))


def _keep(name: str, evidence: Evidence) -> None:
    os.makedirs(os.path.dirname(name), exist_ok=True)
    write_text(name, save(evidence).decode())
    write(f"saved {shown_name(name, os.getcwd())}\n", sys.stderr)


# What to compare with


def _saved(module: Module, name: str, request: Request) -> SavedSweep | None:
    """The sweep that a pipeline is to be held against, if there is one."""
    against = request.against
    if not against:
        return _read(name) if os.path.isfile(name) else None
    if against.endswith(".json") and not against.endswith(PIPELINES):
        return _read(os.path.abspath(against))
    return _of_version(_version(module, against), request)


def _read(name: str) -> SavedSweep:
    try:
        return read(read_bytes(name))
    except SimulationError as error:
        raise UserError(f"`{shown_name(name, os.getcwd())}`: {error.message}", error.help) from None


def _version(module: Module, against: str) -> Module | None:
    """The pipeline as it is in a revision, or in another file; None where it is not there yet."""
    if os.path.isfile(against):
        file = os.path.abspath(against)
        return Project(settings_at(file), read_lossless).module(file)
    if not is_revision(os.getcwd(), against):
        raise UserError(
            f"`--against {against}` is no file and no revision", "see `git branch` and `git log`"
        )
    revision = Revision(os.getcwd(), against)
    return Project(module.project.settings, revision.read).module(module.file)


def _of_version(module: Module | None, request: Request) -> SavedSweep | None:
    """The sweep of another version; None where that can't be run."""
    if module is None or not module.is_pipeline:
        return None
    try:
        plan = plan_of(module)
    except SimulationError:
        return None
    tried = tuple(trials(plan, depth=request.depth, most=request.most))
    return read(save(Evidence(module, plan, tried)))
