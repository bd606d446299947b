"""What `flow dry-run` does: read what it is asked, simulate, report, and judge the limits."""

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from flow_cli.errors import CLEAN, FINDINGS, UNUSABLE, UserError, did_you_mean
from flow_cli.files import read_bytes, read_lossless, read_text, write_text
from flow_cli.options import RunFormat
from flow_cli.projects import settings_at
from flow_cli.report import Report
from flow_cli.run_inputs import environment_inputs, read_inputs
from flow_cli.terminal import Color, complain, painter, wants_color, write
from flow_core.check import span_of
from flow_core.clock import clock
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.excerpt import Source
from flow_core.finding_text import named_files
from flow_core.project import Project
from flow_core.simulate import Run, SimulationError, simulate
from flow_core.simulate.blocking import blocking, blocking_scenario
from flow_core.simulate.given import with_unknown
from flow_core.simulate.outcomes import History
from flow_core.simulate.report import run_data
from flow_core.simulate.run_text import render

if TYPE_CHECKING:
    from flow_core.model.scenario import Scenario
    from flow_core.module import Module

OVER_LIMIT = 4
"""The run would take longer, or cost more, than it may."""


class Request(msgspec.Struct, frozen=True):
    """What is asked for. Durations in microseconds."""

    path: str
    inputs: tuple[str, ...] = ()
    scenario: str | None = None
    seed: int | None = None
    start: str | None = None
    show_data: bool = False
    max_duration: int | None = None
    max_cost: float | None = None
    format: RunFormat = "text"
    trace: str | None = None
    color: Color = "auto"
    samples: int | None = None
    explore: int | None = None
    period: tuple[str | None, str | None] | None = None
    history: str | None = None


def dry_run(request: Request) -> int:
    """Simulate what the request names, report it, and return the exit code."""
    _refuse_contradictions(request)
    _spare_other_files(request.trace)
    module = load(request.path)
    findings = blocking(module) or _of_scenario(request, module)
    if findings:
        report_findings(findings, request.color)
        return FINDINGS
    try:
        if request.period is not None:
            from flow_cli.many_runs import schedule

            return schedule(request, module)
        if request.samples is not None or request.explore is not None:
            from flow_cli.many_runs import many_runs

            return many_runs(request, module)
        return _one_run(request, module)
    except SimulationError as error:
        tell(error, module.project, request.color)
        return UNUSABLE


def _refuse_contradictions(request: Request) -> None:
    """Each way of simulating is one command.

    Raises:
        UserError: two are asked for, or one cannot do what else is asked for.
    """
    ways = {
        "--samples": request.samples is not None,
        "--explore": request.explore is not None,
        "--from": request.period is not None,
    }
    chosen = [option for option, is_chosen in ways.items() if is_chosen]
    if len(chosen) > 1:
        raise UserError(f"`{chosen[0]}` and `{chosen[1]}` are two questions", "ask one of them")
    of_one = {"--trace": request.trace, "--history": request.history}
    for option in (option for option, is_given in of_one.items() if is_given and chosen):
        raise UserError(f"`{option}` is for one run, and `{chosen[0]}` makes many")


def _spare_other_files(trace: str | None) -> None:
    """See that a trace takes the place of nothing but a trace.

    Raises:
        UserError: there is another file.
    """
    if trace is not None and os.path.isfile(trace):
        beginning = read_bytes(trace)[:13]
        if beginning not in (b"", b'{"flow_trace"'):
            raise UserError(f"`{trace}` is no trace, and would be lost", "name another file")


def _one_run(request: Request, module: "Module") -> int:
    given = what_is_given(request, module)
    history = _history(request, module)
    run = simulate(
        module,
        given.inputs,
        given.scenario,
        request.seed,
        scenario_file=given.file,
        start=request.start,
        history=history,
    )
    write(_rendered(run, request))
    if request.trace:
        from flow_core.simulate.trace import write_trace

        write_text(request.trace, write_trace(run, module))
    unmet = _unmet(run, given)
    for line in unmet:
        complain(line)
    return _exit_code(run, request, failed=bool(unmet))


def load(path: str) -> "Module":
    """The module of a pipeline's file.

    Raises:
        UserError: it can't be read, or holds no pipeline.
    """
    read_bytes(path)  # says why, where it cannot be read
    file = os.path.abspath(path)
    module = Project(settings_at(os.path.dirname(file)), read_lossless).module(file)
    if module is None or module.is_scenario or (module.is_whole and not module.is_pipeline):
        raise UserError(f"`{path}` holds no pipeline", "give a file that has `steps`")
    return module


def _of_scenario(request: Request, module: "Module") -> "Sequence[Diagnostic]":
    """The errors of the scenario that is asked for, and of what is around all scenarios."""
    if request.scenario is None:
        return []
    file, scenario = find_scenario(request.scenario, module)
    found = module.project.module(file)
    if found is None:
        return []
    return blocking_scenario(found, scenario)


class Given(msgspec.Struct, frozen=True):
    """What a run starts from: inputs, and the scenario with its file, if there is one."""

    inputs: dict[str, Any]
    scenario: "Scenario | None" = None
    file: str = ""


def what_is_given(request: Request, module: "Module") -> Given:
    """The inputs that the command line, a scenario or the environment gives.

    Inputs that nobody gives are only known after the run.
    """
    inputs = read_inputs(request.inputs, module.pipeline)
    if request.scenario is not None:
        file, scenario = find_scenario(request.scenario, module)
        return Given(inputs, scenario, file)
    inputs = {**environment_inputs(module.pipeline, os.environ), **inputs}
    return Given(with_unknown(module.pipeline, inputs))


def _history(request: Request, module: "Module") -> History | None:
    if request.history is None:
        return None
    from flow_core.simulate.run import plan_of
    from flow_core.simulate.trace import read_trace, results_of

    trace = read_trace(read_text(request.history), request.history)
    return History(results_of(trace, plan_of(module)))


def _unmet(run: Run, given: Given) -> list[str]:
    """What went otherwise than the scenario expects."""
    from flow_core.simulate.expectations import unmet

    scenario = given.scenario
    found = unmet(run, scenario.expect, scenario.path) if scenario else []
    return [f"scenario `{scenario.name}`: {each.message}" for each in found if scenario]


def find_scenario(word: str, module: "Module") -> "tuple[str, Scenario]":
    """The scenario that ``file``, ``file::name`` or ``file#name`` means, and its file.

    Raises:
        UserError: there is none, there are several and none is named, or it is for another
            pipeline.
    """
    path, *named = re.split("::|#", word, maxsplit=1)
    name = "".join(named)
    read_bytes(path)
    file = os.path.abspath(path)
    found = module.project.module(file)
    scenarios = found.scenario.scenarios if found and found.is_scenario else {}
    if not scenarios:
        raise UserError(f"`{path}` holds no scenarios", "give a `*.flowtest.yaml` file")
    if name and name not in scenarios:
        help_ = did_you_mean(name, scenarios) or f"there are: {', '.join(scenarios)}"
        raise UserError(f"`{path}` has no scenario `{name}`", help_)
    if not name and len(scenarios) > 1:
        known = ", ".join(f"`{each}`" for each in scenarios)
        help_ = f"choose one, as in `--scenario '{path}::{next(iter(scenarios))}'`: {known}"
        raise UserError(f"`{path}` has {len(scenarios)} scenarios", help_)
    _see_that_it_tests(found, module, path)
    return file, scenarios[name or next(iter(scenarios))]


def _see_that_it_tests(scenarios: "Module | None", module: "Module", path: str) -> None:
    """See that a file of scenarios is for a pipeline; what it is for is its own finding.

    Raises:
        UserError: it is for another one.
    """
    from flow_core.analysis.tested import under_test

    tested = under_test(scenarios).module if scenarios else None
    if tested is not None and os.path.realpath(tested.file) != os.path.realpath(module.file):
        message = f"`{path}` is for `{tested.pipeline.name}`, not for `{module.pipeline.name}`"
        raise UserError(message, "its `pipeline` says which one it is for")


# Reporting


def report_findings(findings: "Sequence[Diagnostic]", color: Color) -> None:
    """Show what keeps a pipeline from being simulated, as `flow validate` does."""
    from flow_cli.reporters import render as render_findings

    sources = {file: Source(read_lossless(file) or "") for file in named_files(findings)}
    report = Report(
        files=tuple({found.file for found in findings}),
        diagnostics=tuple(findings),
        sources=sources,
        base=os.getcwd(),
        color=wants_color(color, sys.stderr),
    )
    write(render_findings(report, "text"), sys.stderr)


def tell(error: SimulationError, project: Project, color: Color) -> None:
    """Show why a simulation can't go on, where its cause stands."""
    module = project.module(error.place.file) if error.place.file else None
    if module is None:
        code = f" ({error.code})" if error.code else ""
        complain(f"{error.message}{code}", error.help)
        return
    span = span_of(module, error.place)
    finding = Diagnostic(
        module.file, span, error.code, "", Severity.ERROR, error.message, error.help
    )
    report_findings([finding], color)


def _rendered(run: Run, request: Request) -> str:
    match request.format:
        case "json":
            data = run_data(run, show_data=request.show_data)
            return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        case "csv":
            return _csv(run)
        case "text":
            color = wants_color(request.color, sys.stdout)
            return render(run, paint=painter(color), show_data=request.show_data)


def _csv(run: Run) -> str:
    """One line for each attempt."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("path", "attempt", "ready_us", "start_us", "end_us", "how"))
    writer.writerows(_attempt_lines(run))
    return text.getvalue()


def _attempt_lines(run: Run) -> Iterator[tuple[Any, ...]]:
    for row in run.rows.values():
        for each in row.attempts:
            yield row.path, each.number, each.ready, each.start, each.end, each.how


def _exit_code(run: Run, request: Request, *, failed: bool) -> int:
    if over_limit(request, run.elapsed, run.cost):
        return OVER_LIMIT
    if request.scenario is not None:
        return FINDINGS if failed else CLEAN
    return CLEAN if run.status == "succeeded" else FINDINGS


def over_limit(request: Request, duration: float, cost: float) -> bool:
    """Whether a run takes longer or costs more than it may; says so."""
    too_long = request.max_duration is not None and duration > request.max_duration
    too_dear = request.max_cost is not None and cost > request.max_cost
    if too_long:
        limit = clock(request.max_duration or 0)
        complain(f"the run takes {clock(duration)}, more than the {limit} that it may")
    if too_dear:
        complain(f"the run costs {cost:.4g}, more than the {request.max_cost:.4g} that it may")
    return too_long or too_dear
