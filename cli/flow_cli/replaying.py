"""What `flow replay` does: step through a recorded run, or tell where two of them part."""

import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from flow_cli.dry_run import load
from flow_cli.errors import CLEAN, FINDINGS, UNUSABLE, UserError
from flow_cli.files import read_text
from flow_cli.projects import settings_at
from flow_cli.report import count
from flow_cli.terminal import Color, complain, escape, paint, wants_color, write
from flow_core.clock import clock
from flow_core.kernel.events import Note
from flow_core.simulate import SimulationError
from flow_core.simulate.run import plan_of
from flow_core.simulate.trace import (
    Difference,
    Replayed,
    Trace,
    digest_of,
    first_difference,
    read_trace,
    replay,
)

if TYPE_CHECKING:
    from flow_core.module import Module


class Request(msgspec.Struct, frozen=True):
    """What is asked for. ``until`` in microseconds; ``step`` waits for a key after each instant."""

    trace: str
    pipeline: str | None = None
    other: str | None = None
    until: int | None = None
    step: bool = False
    format: str = "text"
    color: Color = "auto"


def replay_trace(request: Request) -> int:
    """Replay what the request names, and return the exit code."""
    try:
        trace = read_trace(read_text(request.trace), request.trace)
        if request.other is not None:
            return _compare(trace, read_trace(read_text(request.other), request.other), request)
        module = load(request.pipeline or pipeline_of(trace, request.trace))
        warn_of_changes(trace, module)
        replayed = replay(trace, plan_of(module))
    except SimulationError as error:
        complain(error.message + (f" ({error.code})" if error.code else ""), error.help)
        return UNUSABLE
    if request.format == "json":
        write(json.dumps(_data(replayed, request), indent=2, ensure_ascii=False) + "\n")
    else:
        _show(replayed, request)
    return CLEAN


def pipeline_of(trace: Trace, name: str) -> str:
    """The file that was run, as recorded: below here or the trace, or below their projects.

    Raises:
        UserError: it is not there.
    """
    file = trace.header.file
    for folder in (".", os.path.dirname(name) or "."):
        for base in (folder, settings_at(os.path.abspath(folder)).root):
            found = os.path.relpath(os.path.join(base, file))
            if os.path.isfile(found):
                return found
    message = f"`{name}` is of `{file}`, which is not here"
    raise UserError(message, "name the pipeline's file: `--pipeline FILE`")


def warn_of_changes(trace: Trace, module: "Module") -> None:
    """Say that a pipeline has changed since a trace of it was recorded, if it has."""
    if digest_of(module) != trace.header.digest:
        complain("the pipeline has changed since the trace was recorded", "it may go otherwise now")


# Showing


def _show(replayed: Replayed, request: Request) -> None:
    """Each instant and what happened then; at the end the state of the steps."""
    color = wants_color(request.color, sys.stdout)
    shown = 0
    for number, batch in enumerate(replayed.trace.batches, 1):
        if request.until is not None and batch.at > request.until:
            break
        shown = number
        lines = [_line(note, color) for note in batch.notes]
        if lines:
            write("\n".join([paint(f"{clock(batch.at)}", "bold", color), *lines]) + "\n")
        if request.step:
            write("".join(f"{line}\n" for line in _state(replayed, number)))
            if not _goes_on():
                return
    if not request.step:
        write("\n" + "".join(f"{line}\n" for line in _state(replayed, shown)))


def _goes_on() -> bool:
    """Wait for Enter; `q` and the end of the input end it."""
    write("-- Enter: next instant, q: end -- ", sys.stderr)
    answer = sys.stdin.readline()
    return bool(answer) and not answer.strip().startswith("q")


def _line(note: Note, color: bool) -> str:  # noqa: FBT001 - the last of two
    attempt = f" {note.attempt}" if note.attempt else ""
    until = f" until {clock(note.until)}" if note.until is not None else ""
    how = f" {note.how}" if note.how else ""
    style = "error" if note.how in ("failed", "timeout", "cut") or note.what == "failing" else ""
    text = f"  {escape(note.path)}{attempt} {note.what}{escape(how)}{until}".replace("   ", "  ")
    return paint(text, style, color) if style else text


def _state(replayed: Replayed, instants: int) -> Iterator[str]:
    """The steps of the run after so many instants."""
    kernel = replayed.kernel_at(instants)
    yield f"state at {clock(kernel.state.now)}:"
    running = {kernel.state.tasks[number].path for number in kernel.state.running.values()}
    for plan, step in zip(replayed.plan.graph.steps, kernel.root.steps, strict=True):
        status = step.status or ("running" if step.active else "pending")
        number = count(step.attempts, "attempt") if step.status else f"attempt {step.attempts}"
        attempts = f", {number}" if step.attempts else ""
        yield f"  {escape(plan.name)}: {status}{attempts}"
    if running:
        yield f"  in flight: {', '.join(sorted(map(escape, running)))}"


def _data(replayed: Replayed, request: Request) -> dict[str, Any]:
    batches = [
        batch
        for batch in replayed.trace.batches
        if request.until is None or batch.at <= request.until
    ]
    kernel = replayed.kernel_at(len(batches))
    names = [step.name for step in replayed.plan.graph.steps]
    return {
        "pipeline": replayed.trace.header.pipeline,
        "at": kernel.state.now,
        "instants": [msgspec.to_builtins(batch) for batch in batches],
        "steps": {
            name: step.status or ("running" if step.active else "pending")
            for name, step in zip(names, kernel.root.steps, strict=True)
        },
    }


def _compare(one: Trace, other: Trace, request: Request) -> int:
    """Tell where two runs part."""
    found = first_difference(one, other)
    if request.format == "json":
        data = None if found is None else msgspec.to_builtins(found)
        write(json.dumps({"difference": data}, indent=2) + "\n")
    elif found is None:
        write("the two runs went the same\n")
    else:
        write(_parting(one, found, request))
    return CLEAN if found is None else FINDINGS


def _parting(one: Trace, found: Difference, request: Request) -> str:
    """The last things that both did, and what each did then."""
    color = wants_color(request.color, sys.stdout)
    common = list(one.notes)[max(0, found.position - 3) : found.position]
    lines = [f"the runs part after {found.position} things that both did:"]
    lines += [f"  {clock(note.at):>7} {_line(note, color=False).strip()}" for note in common]
    for sign, style, note in (("-", "removed", found.one), ("+", "added", found.other)):
        told = (
            "ends here"
            if note is None
            else f"{clock(note.at):>7} {_line(note, color=False).strip()}"
        )
        lines.append(paint(f"{sign} {told}", style, color))
    return "\n".join(lines) + "\n"
