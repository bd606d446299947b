"""What `flow bench` does: measure a pipeline, or two versions of one, report, judge the limits."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from flow_cli import bench_report
from flow_cli.bench_figures import Bench, apart, paired, read_bench
from flow_cli.bench_measuring import Subject, measure
from flow_cli.bench_report import Table
from flow_cli.dry_run import OVER_LIMIT, load, report_findings, tell, what_is_given
from flow_cli.dry_run import Request as DryRunRequest
from flow_cli.errors import CLEAN, FINDINGS, UNUSABLE, UserError
from flow_cli.files import read_bytes, read_text, write_text
from flow_cli.progress import counter
from flow_cli.terminal import complain, write
from flow_cli.versions import version
from flow_core.clock import clock
from flow_core.simulate import SimulationError
from flow_core.simulate.blocking import blocking

if TYPE_CHECKING:
    from flow_core.diagnostics import Diagnostic
    from flow_core.module import Module

BenchFormat: TypeAlias = Literal["text", "json", "markdown"]


class Request(msgspec.Struct, frozen=True):
    """What is asked for; ``max_cpu`` in microseconds."""

    path: str
    inputs: tuple[str, ...] = ()
    scenario: str | None = None
    rounds: int = 20
    against: str | None = None
    save: str | None = None
    max_ratio: float | None = None
    max_cpu: int | None = None
    format: BenchFormat = "text"


class FindingsError(Exception):
    """A version has errors, so that it can't be measured."""

    def __init__(self, findings: "list[Diagnostic]") -> None:
        super().__init__()
        self.findings = findings


def bench(request: Request) -> int:
    """Measure what the request names, report it, and return the exit code."""
    _refuse_contradictions(request)
    module = load(request.path)
    try:
        table = _measured(request, module)
    except FindingsError as refused:
        report_findings(refused.findings, "auto")
        return FINDINGS
    except SimulationError as error:
        tell(error, module.project, "auto")
        return UNUSABLE
    write(_rendered(table, request.format))
    if request.save is not None:
        write_text(request.save, msgspec.json.encode(table.bench).decode() + "\n")
    exceeded = list(_exceeded(table, request))
    for line in exceeded:
        complain(line)
    return OVER_LIMIT if exceeded else CLEAN


def _refuse_contradictions(request: Request) -> None:
    """See that limits have something to hold, and that nothing but figures is overwritten.

    Raises:
        UserError: they have not, or another file would be lost.
    """
    if request.max_ratio is not None and request.against is None:
        raise UserError("`--max-ratio` compares with nothing", "say with what: `--against FILE`")
    if request.save is not None and os.path.isfile(request.save):
        read_bench(read_text(request.save), request.save)


def _measured(request: Request, module: "Module") -> Table:
    """The figures of the pipeline, and of what it is compared with.

    Raises:
        FindingsError: a version has errors.
        SimulationError: a run can't go on.
        UserError: what is to be compared can't be read.
    """
    subjects = [_subject(module, request, module)]
    saved = _saved(request.against)
    if request.against is not None and saved is None:
        subjects.append(_subject(_other(request.against), request, module))
    tick = counter("Measured", request.rounds)
    found = measure(subjects, request.rounds, tick)
    tick.erase()
    if saved is not None:
        ratios = {name: apart(found[0], saved, name) for name in found[0].measures}
        return Table(found[0], saved, ratios, request.against or "")
    if len(found) == 1:
        return Table(found[0])
    now, then = found
    ratios = {name: paired(each, then.measures[name]) for name, each in now.measures.items()}
    return Table(now, then, ratios, request.against or "")


def _subject(module: "Module", request: Request, given_by: "Module") -> Subject:
    """A version to measure; inputs and scenario are those of the version at hand."""
    dry_run = DryRunRequest(request.path, request.inputs, request.scenario)
    findings = blocking(module)
    if findings:
        raise FindingsError(findings)
    given = what_is_given(dry_run, given_by)
    return Subject(module, given.inputs, given.scenario, given.file)


def _saved(word: str | None) -> Bench | None:
    """The figures in a file that `--save` has written; None where the word names a version."""
    if word is None or not os.path.isfile(word):
        return None
    is_bench = read_bytes(word).startswith(b'{"flow_bench"')
    return read_bench(read_text(word), word) if is_bench else None


def _other(word: str) -> "Module":
    """The pipeline that a file, or ``REV:path``, holds."""
    modules = [each for each in version(word).modules.values() if each.is_pipeline]
    if len(modules) != 1:
        help_ = "name a pipeline's file, `REV:path`, or a file that `--save` has written"
        raise UserError(f"`{word}` is not one pipeline", help_)
    return modules[0]


def _rendered(table: Table, format_: BenchFormat) -> str:
    match format_:
        case "json":
            return bench_report.as_json(table)
        case "markdown":
            return bench_report.markdown(table)
        case "text":
            return bench_report.text(table)


def _exceeded(table: Table, request: Request) -> Iterator[str]:
    """What is certainly over a limit; noise alone exceeds none."""
    run = table.bench.measures["run"]
    if request.max_cpu is not None and run.least * 1e6 > request.max_cpu:
        limit = clock(request.max_cpu)
        yield f"a run takes {clock(run.least * 1e6)} of CPU time even at best, more than {limit}"
    for name, ratio in table.ratios.items() if request.max_ratio is not None else ():
        if ratio.low > (request.max_ratio or 0):
            yield (
                f"`{name}` takes {ratio.median:.2f} times what it took, at least {ratio.low:.2f}, "
                f"more than {request.max_ratio:g}"
            )
