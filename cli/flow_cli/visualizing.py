"""What `flow visualize` does: read the pipeline, choose what to show, and write the picture."""

import os
import sys
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from flow_cli.drawing import Format, rendered
from flow_cli.dry_run import load, report_findings, tell
from flow_cli.errors import CLEAN, FINDINGS, UNUSABLE, UserError, did_you_mean
from flow_cli.files import read_text, write_text
from flow_cli.terminal import write_data
from flow_core.simulate import SimulationError
from flow_visualize.geometry import Direction
from flow_visualize.picture import Picture
from flow_visualize.reading import picture_of
from flow_visualize.themes import ThemeName
from flow_visualize.view import MOST, collapsed, filtered, fitting, focused

if TYPE_CHECKING:
    from flow_core.diagnostics import Diagnostic
    from flow_core.module import Module
    from flow_visualize.overlay import Course

Overlay: TypeAlias = Literal["dry-run", "run", "diff", "findings", "coverage"]
_BY_SUFFIX: dict[str, Format] = {
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".html": "html",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".json": "json",
    ".txt": "ascii",
}
MOST_FOR_MACHINES = 2_500
"""Boxes in formats that something else draws or folds."""
MOST_CHECKED = 2_000
"""Steps of a file that is checked for the sake of a picture alone."""
_STATUSES = ("succeeded", "failed", "skipped", "cancelled")


class Request(msgspec.Struct, frozen=True):
    """What is asked for."""

    path: str
    format: Format | None = None
    output: str | None = None
    theme: ThemeName = "light"
    direction: Direction = "TB"
    layout: Literal["layered", "force", "circular", "grid", "dot"] = "layered"
    ports: bool = False
    collapse: bool = False
    focus: str | None = None
    depth: int = 1
    filters: tuple[str, ...] = ()
    overlay: Overlay | None = None
    inputs: tuple[str, ...] = ()
    scenario: str | None = None
    trace: str | None = None
    against: str | None = None
    coverage: str | None = None
    timeline: bool = False

    @property
    def wanted(self) -> Format:
        """The format: as said, or as the name of the output says, or SVG."""
        if self.format is not None:
            return self.format
        return _BY_SUFFIX.get(os.path.splitext(self.output or "")[1].lower(), "svg")


class _CannotRunError(Exception):
    """The pipeline has errors that keep it from being simulated; they were reported."""


def visualize(request: Request) -> int:
    """Draw what the request names, and return the exit code."""
    _require_what_belongs(request)
    module = load(request.path)
    try:
        if request.timeline:
            _publish(_timeline(module, request), request)
        else:
            picture = shown(_painted(module, request), request)
            _publish(rendered(picture, request), request)
    except SimulationError as error:
        tell(error, module.project, "auto")
        return UNUSABLE
    except _CannotRunError:
        return FINDINGS
    return CLEAN


def _require_what_belongs(request: Request) -> None:
    """What one option needs of another."""
    if request.overlay == "run" and request.trace is None:
        help_ = "record one: `flow dry-run PIPELINE --trace run.jsonl`, then `--trace run.jsonl`"
        raise UserError("`--overlay run` needs a recorded run", help_)
    if request.overlay == "diff" and request.against is None:
        raise UserError("`--overlay diff` needs an older pipeline", "name it: `--against FILE`")
    if request.overlay == "coverage" and request.coverage is None:
        help_ = "record it: `flow test --cov-report json`, then `--coverage flow-coverage.json`"
        raise UserError("`--overlay coverage` needs what tests have covered", help_)
    if request.timeline and request.wanted not in ("svg", "png", "pdf"):
        raise UserError(
            f"`--timeline` makes no {request.wanted}", "choose `--format svg`, `png` or `pdf`"
        )
    if request.wanted in ("png", "pdf") and not request.output and sys.stdout.isatty():
        raise UserError(f"{request.wanted.upper()} is nothing for a terminal", "give `--output`")


# Overlays


def _painted(module: "Module", request: Request) -> Picture:
    """The whole picture, with what the overlay adds."""
    picture = picture_of(module)
    if request.overlay in ("dry-run", "run"):
        from flow_visualize.overlay import with_course

        return with_course(picture, _course(module, request))
    if request.overlay == "diff":
        from flow_core.diff.compare import compare
        from flow_visualize.overlay import with_changes

        older = load(request.against or "")
        return with_changes(picture, picture_of(older), compare(older, module))
    if request.overlay == "coverage":
        return _with_coverage(module, picture, request.coverage or "")
    return _with_findings(module, picture, every=request.overlay == "findings")


def _with_coverage(module: "Module", picture: Picture, recorded: str) -> Picture:
    """A picture with what a file of coverage says; the names in that start from its folder."""
    from flow_core.coverage import Coverage, CoverageError, add_up
    from flow_visualize.covering import with_coverage

    try:
        coverage = Coverage.from_json(read_text(recorded).encode(errors="surrogateescape"))
    except CoverageError as error:
        help_ = "record it: `flow test --cov-report json`"
        raise UserError(f"`{recorded}`: {error}", help_) from None
    base, root = os.path.dirname(module.file), os.path.dirname(os.path.abspath(recorded))
    files = dict.fromkeys(node.file for node in picture.nodes if node.file)
    found = {file: module.project.module(os.path.join(base, file)) for file in files}
    sums = add_up(filter(None, found.values()), coverage, root)
    by_file = {file.module.file: file for file in sums.files}
    return with_coverage(
        picture,
        {name: by_file[m.file] for name, m in found.items() if m is not None and m.file in by_file},
    )


def _with_findings(module: "Module", picture: Picture, *, every: bool) -> Picture:
    """A picture with what the checker says: errors at least, unless the file is very large."""
    from flow_visualize.overlay import with_findings

    if not every and len(module.steps) > MOST_CHECKED:
        return picture
    base = os.path.dirname(module.file)
    files = dict.fromkeys(node.file for node in picture.nodes if node.file)
    found = {file: _findings(module, os.path.join(base, file), every=every) for file in files}
    return with_findings(picture, found)


def _findings(module: "Module", file: str, *, every: bool) -> "list[Diagnostic]":
    from flow_core.check import check
    from flow_core.diagnostics import Severity

    other = module.project.module(os.path.normpath(file))
    worst = Severity.WARNING if every else Severity.ERROR
    return [found for found in check(other) if found.severity <= worst] if other else []


def _course(module: "Module", request: Request) -> "Course":
    """The run to be painted: recorded where a trace is named, else simulated."""
    from flow_visualize.overlay import course_of, recorded_course

    if request.trace is not None:
        from flow_core.simulate.run import plan_of
        from flow_core.simulate.trace import read_trace, replay

        trace = read_trace(read_text(request.trace), request.trace)
        return recorded_course(replay(trace, plan_of(module)))
    from flow_cli.dry_run import Request as DryRun
    from flow_cli.dry_run import what_is_given
    from flow_core.simulate import simulate
    from flow_core.simulate.blocking import blocking

    findings = blocking(module)
    if findings:
        report_findings(findings, "auto")
        raise _CannotRunError
    asked = DryRun(request.path, request.inputs, request.scenario)
    given = what_is_given(asked, module)
    run = simulate(module, given.inputs, given.scenario, scenario_file=given.file)
    return course_of(run)


def _timeline(module: "Module", request: Request) -> "str | bytes":
    from flow_cli.drawing import as_format
    from flow_visualize.gantt import gantt

    name = module.pipeline.name or os.path.basename(module.file)
    return as_format(gantt(name, _course(module, request), request.theme), request.wanted)


# What is shown


def shown(picture: Picture, request: Request) -> Picture:
    """What the options leave of a picture."""
    if request.filters:
        picture = _filtered(picture, request)
    if request.focus is not None:
        picture = _focused(picture, request.focus, request.depth)
    if request.collapse:
        picture = collapsed(picture)
    machines = request.wanted in ("json", "html", "dot")
    return fitting(picture, MOST_FOR_MACHINES if machines else MOST)


def _filtered(picture: Picture, request: Request) -> Picture:
    statuses = [word for word in request.filters if word.startswith("status:")]
    if statuses and request.overlay not in ("dry-run", "run"):
        raise UserError(f"`{statuses[0]}` needs a run", "add `--overlay dry-run`")
    for word in statuses:
        if word.partition(":")[2] not in _STATUSES:
            help_ = did_you_mean(word.partition(":")[2], _STATUSES)
            raise UserError(f"`{word}` names no status", help_ or ", ".join(_STATUSES))
    try:
        found = filtered(picture, request.filters)
    except ValueError as error:
        help_ = "write `tag:x`, `kind:python` or `status:failed`"
        raise UserError(f"`{error}` is no filter", help_) from None
    if not found.nodes:
        raise UserError(f"no step is {' and '.join(request.filters)}", _there_is(picture))
    return found


def _there_is(picture: Picture) -> str:
    kinds = ", ".join(sorted({node.kind for node in picture.nodes}))
    tags = ", ".join(sorted({tag for node in picture.nodes for tag in node.tags}))
    return f"kinds here: {kinds}" + (f"; tags: {tags}" if tags else "")


def _focused(picture: Picture, step: str, depth: int) -> Picture:
    try:
        return focused(picture, step, depth)
    except LookupError as error:
        names: tuple[str, ...] = error.args
    if names:
        listed = ", ".join(f"`{name}`" for name in names[:5])
        raise UserError(
            f"{len(names)} steps are called `{step}`", f"name one by its path: {listed}"
        )
    known = {node.id: None for node in picture.nodes} | {node.name: None for node in picture.nodes}
    raise UserError(f"there is no step `{step}`", did_you_mean(step, known))


def _publish(content: "str | bytes", request: Request) -> None:
    """Write to a file or to standard output; bytes go as text that becomes the same bytes again."""
    text = content.decode(errors="surrogateescape") if isinstance(content, bytes) else content
    if request.output:
        write_text(request.output, text)
    else:
        write_data(text)
