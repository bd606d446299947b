"""A pipeline against a saved sweep: what a fault leads to now, and led to then."""

from collections.abc import Iterator, Mapping

import msgspec

from flow_core.diagnostics import Json
from flow_core.places import Place
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.faults import FaultPlan
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.saved import (
    Given,
    SavedSweep,
    SavedWorld,
    given_of,
    lines_of,
    restored,
)
from flow_testing.sweeps.spots import step_path
from flow_testing.sweeps.worlds import World, sweeper

_NAMED, _WIDE = 3, 60


def differences(evidence: Evidence, saved: SavedSweep) -> Iterator[Flaw]:
    """FL836: what a pipeline now does otherwise than a saved sweep says."""
    for each in saved.worlds:
        yield from _of_world(evidence, each)


def _of_world(evidence: Evidence, saved: SavedWorld) -> Iterator[Flaw]:
    runner = sweeper(evidence.plan, saved.world)
    base = saved.runs.get("none", {})
    for text, changed in saved.runs.items():
        plan = FaultPlan.read(text)
        case = runner.run(plan)
        was = restored(base, changed)
        yield from _of_run(evidence, saved.world, case, was, lines_of(case))
        if case.run is not None:
            yield from _of_calls(evidence, saved.world, case, saved.calls.get(text, {}))


def _of_run(
    evidence: Evidence, world: World, case: Case, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Flaw]:
    """The first thing in a run that differs; what follows from it is not told."""
    paths = [path for path in dict.fromkeys([*now, *was]) if path]
    for path in (*paths, ""):
        if was.get(path) != now.get(path):
            what = f"`{path}`" if path else "the run"
            message = (
                f"{what}: was “{was.get(path, 'not there')}”, is “{now.get(path, 'not there')}”"
                f" ({case.plan})"
            )
            place = _place(evidence, path)
            yield Flaw("FL836", place, message, _MEND, world, case)
            return


def _of_calls(evidence: Evidence, world: World, case: Case, was: Given) -> Iterator[Flaw]:
    """Calls and compensations that are given other values, or are not there any more."""
    given = given_of(case)
    for path, before in was.items():
        now = given.get(path)
        if now is None:
            message = f"`{path}` is not there any more ({case.plan})"
        elif now != before:
            message = f"`{path}` is given other values than before: {_changed(before, now)}"
        else:
            continue
        yield Flaw("FL836", _place(evidence, path), message, _MEND, world, case)


def _changed(was: Mapping[str, Json], now: Mapping[str, Json]) -> str:
    """The first few values that differ, by their names."""
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    found = [f"`{n}` was {_shown(was.get(n))}, is {_shown(now.get(n))}" for n in names]
    return "; ".join(found[:_NAMED])


def _shown(value: Json) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"


def _place(evidence: Evidence, path: str) -> Place:
    """Where what is at a path stands; where a handler is gone, its step."""
    known = path if evidence.spot(path) else step_path(path)
    return evidence.place(known)


_MEND = "mend the pipeline, or save the sweep anew (`--save`) and read what has changed in it"
