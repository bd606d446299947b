"""`flow test --record`: a scenario of a run that was recorded."""

import os

import msgspec

from flow_cli.dry_run import load, tell
from flow_cli.errors import CLEAN, UNUSABLE, UserError
from flow_cli.files import read_lossless, read_text, write_text
from flow_cli.projects import settings_at
from flow_cli.replaying import pipeline_of, warn_of_changes
from flow_cli.terminal import Color, escape, write
from flow_core.analysis.resolve import SUFFIXES as PIPELINES
from flow_core.module import SCENARIO_SUFFIXES as SCENARIOS
from flow_core.module import Module
from flow_core.printable import shown_name
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import SimulationError
from flow_core.simulate.recorded import recording_of_trace
from flow_core.simulate.run import plan_of
from flow_core.simulate.trace import Trace, read_trace
from flow_core.simulate.written import write_scenario


class Request(msgspec.Struct, frozen=True):
    """What is asked for: the trace, its pipeline if it moved, a name and a file."""

    trace: str
    paths: tuple[str, ...] = ()
    name: str = ""
    into: str | None = None
    color: Color = "auto"


def record(request: Request) -> int:
    """Write the scenario, tell where it is and what it leaves out, and return the exit code."""
    try:
        trace = read_trace(read_text(request.trace), request.trace)
    except SimulationError as error:
        raise UserError(error.message, error.help) from error
    module = load(_pipeline(request, trace))
    warn_of_changes(trace, module)
    try:
        return _write(request, trace, module)
    except SimulationError as error:
        tell(error, module.project, request.color)
        return UNUSABLE


def _pipeline(request: Request, trace: Trace) -> str:
    if len(request.paths) > 1:
        raise UserError("a trace is of one pipeline", "give one, or none for the one it names")
    try:
        return request.paths[0] if request.paths else pipeline_of(trace, request.trace)
    except UserError as error:
        raise UserError(
            error.message, "name the pipeline's file: `flow test FILE --record …`"
        ) from error


def _write(request: Request, trace: Trace, module: Module) -> int:
    file = _file(request, module)
    name = request.name or f"as recorded in {os.path.basename(request.trace)}"
    text = read_lossless(file) if os.path.exists(file) else None
    recording = recording_of_trace(trace, plan_of(module))
    done = write_scenario(recording, module, file, name, text)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    write_text(file, done.text)
    where = escape(f"{shown_name(file, os.getcwd())}::{name}")
    write(f"{'Wrote' if text is None else 'Added'} {where}, which passes\n")
    write("".join(f"note: {escape(remark)}\n" for remark in done.remarks))
    return CLEAN


def _file(request: Request, module: Module) -> str:
    """The scenario file to write into: beside the pipeline, or in the folder `tests` there.

    Raises:
        UserError: the file that is asked for can't hold scenarios of this pipeline.
    """
    if request.into is None:
        return _beside(module)
    file = os.path.abspath(request.into)
    if not file.endswith(SCENARIOS):
        help_ = f"name it `*{'`, `*'.join(SCENARIOS)}`"
        raise UserError(f"`{request.into}` is no name of a scenario file", help_)
    if not _reaches(file, module):
        help_ = "put a `flow.toml` into the folder that both lie in, or choose a file beside it"
        raise UserError(f"`{request.into}` lies in another project than the pipeline", help_)
    return file


def _beside(module: Module) -> str:
    folder, base = os.path.split(module.file)
    stem = next((base.removesuffix(each) for each in PIPELINES if base.endswith(each)), base)
    name = f"{stem}.flowtest.yaml"
    tests = os.path.join(folder, "tests", name)
    is_good = os.path.isdir(os.path.dirname(tests)) and _reaches(tests, module)
    return tests if is_good else os.path.join(folder, name)


def _reaches(file: str, module: Module) -> bool:
    """Whether a file, once it is there, may name a pipeline: it is inside of the file's project."""
    folder = os.path.dirname(file)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    settings = settings_at(folder)
    if not settings.file and not os.path.exists(os.path.join(settings.root, ".git")):
        settings = Settings(os.path.dirname(file))  # nothing says where the project begins
    return not Project(settings).is_outside(module.file)
