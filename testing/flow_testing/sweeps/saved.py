"""Sweeps to keep: what each fault leads to, written down, so that a change of it is seen.

A saved sweep is a snapshot like others: made by a command, read by a person, committed. It holds
its worlds, so that a later version of the pipeline is run in the same ones.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from flow_core.clock import clock
from flow_core.durations import show_duration
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.run import Run
from flow_core.simulate.timeline import Row
from flow_testing.sweeps.evidence import Evidence, Trial
from flow_testing.sweeps.worlds import World, key_in

if TYPE_CHECKING:
    from flow_core.diagnostics import Json
else:
    Json = Any  # msgspec decodes no alias that holds itself

_DEEP = 6
Given = dict[str, dict[str, Json]]
"""Inputs by path."""
Lines = dict[str, str]
"""What each path of a run did, in a line; under "" how the run ended."""

GONE = "-"
"""In the lines of a run: the paths that the run without faults has and this one has not."""


class SavedWorld(msgspec.Struct, frozen=True):
    """A world, and what became of each run in it, by its faults.

    Of a run only those lines are kept that differ from those of the run without faults, which is
    ``none``; `GONE` names the paths of that at which nothing happens then. ``calls`` says what each
    path was given in the first run that came by there.
    """

    seed: int
    inputs: dict[str, Json]
    answers: dict[str, Json]
    calls: dict[str, Given]
    runs: dict[str, Lines]
    scheduled: bool = False

    @property
    def world(self) -> World:
        """The world to run in again."""
        return World(self.seed, self.inputs, self.answers, scheduled=self.scheduled)


class SavedSweep(msgspec.Struct, frozen=True, tag_field="flow_sweep", tag=1):
    """The saved sweep of a pipeline."""

    pipeline: str
    worlds: tuple[SavedWorld, ...]


def save(evidence: Evidence) -> bytes:
    """The sweep of a pipeline as text: what happened at a path of a run has a line."""
    name = evidence.plan.name
    saved = SavedSweep(name, tuple(_saved(trial) for trial in evidence.trials))
    return f"{_lines(msgspec.to_builtins(saved), _DEEP)}\n".encode()


def _lines(data: Json, deep: int, margin: str = "") -> str:
    """JSON in which what stands ``deep`` levels deep is on one line, with what is inside of it."""
    if not deep or not data or not isinstance(data, dict | list | tuple):
        return msgspec.json.encode(data).decode()
    inner = f"{margin} "
    if not isinstance(data, dict):
        parts = [f"{inner}{_lines(item, deep - 1, inner)}" for item in data]
        return "[\n" + ",\n".join(parts) + f"\n{margin}]"
    entries = [f"{inner}{_lines(key, 0)}: {_lines(data[key], deep - 1, inner)}" for key in data]
    return "{\n" + ",\n".join(entries) + f"\n{margin}}}"


def read(text: bytes) -> SavedSweep:
    """The sweep that a text holds.

    Raises:
        SimulationError: it holds none.
    """
    try:
        return msgspec.json.decode(text, type=SavedSweep)
    except msgspec.DecodeError as error:
        help_ = "make it anew with `flow test --faults --save`"
        raise SimulationError(f"this is no saved sweep: {error}", None, help_) from None


def _saved(trial: Trial) -> SavedWorld:
    cases = [case for case in trial.sweep.cases if case.run is not None]
    base = lines_of(trial.base)
    runs = {"none": base}
    for case in cases[1:]:
        runs[case.plan.id] = _difference(base, lines_of(case))
    world = trial.world
    answers = {
        key_in(world, call.start): call.outputs
        for case in reversed(cases)
        for call in case.calls
        if call.outputs is not None
    }
    return SavedWorld(
        world.seed, world.inputs, dict(answers), _first_calls(cases), runs, world.scheduled
    )


def _first_calls(cases: Sequence[Case]) -> dict[str, Given]:
    """What each path was given in the first case that came by there, by that case."""
    found: dict[str, Given] = {}
    seen: set[str] = set()
    for case in cases:
        given = {path: inputs for path, inputs in given_of(case).items() if path not in seen}
        seen |= given.keys()
        if given:
            found[case.plan.id] = given
    return found


def _difference(base: Lines, lines: Lines) -> Lines:
    gone = " ".join(path for path in base if path not in lines)
    changed = {path: line for path, line in lines.items() if base.get(path) != line}
    return {**changed, GONE: gone} if gone else changed


def restored(base: Lines, difference: Lines) -> Lines:
    """All lines of a run, from those of the run without faults and what is different."""
    gone = difference.get(GONE, "").split()
    return {
        path: line for path, line in {**base, **difference}.items() if path not in (*gone, GONE)
    }


def lines_of(case: Case) -> Lines:
    """What happened in a run, by path, in the order of the first start.

    What did not happen since the run was failing is left out.
    """
    run = case.run
    if run is None:
        return {"": case.error.message if case.error else ""}
    rows = [row for row in run.rows.values() if row.detail != "run_failing"]
    rows.sort(key=_cause_first)
    return {"": _end(run), **{row.path: _line(row) for row in rows}}


def _cause_first(row: Row) -> tuple[bool, int, bool]:
    """By the first start; at the same instant steps before what handles or undoes them."""
    return row.start is None, row.start or 0, "!" in row.path


def _end(run: Run) -> str:
    error = f" with {run.error.name} at {run.error.step}" if run.error else ""
    undone = ", compensated" if run.outcome and run.outcome.compensated else ""
    nulls = [name for name, value in (run.outputs or {}).items() if value is None]
    lacks = f", without {' and '.join(nulls)}" if nulls else ""
    return f"{run.status}{error}{undone}{lacks} after {clock(run.elapsed)}"


def _line(row: Row) -> str:
    """``5.4s: Busy, waits 1s, ok``, or why nothing happened."""
    attempts = [(each.start, 0, each.how or "goes on") for each in row.attempts]
    waits = [(w.start, 1, f"waits {show_duration(w.end - w.start)}") for w in row.waits]
    did = ", ".join(text for _, _, text in sorted(attempts + waits))
    told = f"{row.status} {row.detail}".strip()
    if row.start is None or not did:
        return told
    settled = "" if row.status in ("succeeded", "") else f" → {told}"
    return f"{clock(row.start)}: {did}{settled}"


def given_of(case: Case) -> Given:
    """What the calls of a run were first given, by their paths, and what would be undone with.

    All of it was drawn at random, or is given in clear in the file, which no secret should be.
    """
    found: Given = {}
    for call in case.calls:
        found.setdefault(call.start.path, call.start.inputs)
    for kept in case.run.kernel.root.registrations if case.run else ():
        found.setdefault(kept.path, kept.inputs)
    return found
