"""Writing a recorded run into a scenario file, so that every other byte of the file stays."""

import os
from collections.abc import Iterator, Mapping
from functools import partial
from random import Random

import msgspec

from flow_core.analysis.tested import under_test
from flow_core.diagnostics import Json, Patch, Raw
from flow_core.module import Module
from flow_core.places import Place
from flow_core.plan.plan import PipelinePlan
from flow_core.project import kind_of
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.recorded import (
    Recorded,
    Recording,
    StandIn,
    expected,
    given,
    plainest,
)
from flow_core.simulate.run import Run, plan_of, simulate
from flow_core.simulate.scenarios import Suite
from flow_core.syntax import parse
from flow_core.syntax.patch import apply_edits, apply_patches
from flow_core.syntax.render import flow_text
from flow_core.syntax.writing import write_text
from flow_core.types import Type
from flow_core.types.sample import sample

WIDTH = 96
"""Columns of a line of a scenario, where its values can be broken."""
TRIES = 50
"""So many values are tried for what is not known, until the run goes as it did."""


class Written(msgspec.Struct, frozen=True):
    """The text of a scenario file with a further scenario, and ``remarks`` for people."""

    text: str
    remarks: tuple[str, ...]


def write_scenario(
    recording: Recording, pipeline: Module, file: str, name: str, text: str | None
) -> Written:
    """A scenario file with one more scenario, which goes as a recorded run of ``pipeline`` did.

    ``text`` is what the file holds, None where there is none yet. The scenario passes.

    Raises:
        SimulationError: the file is for another pipeline, or has a scenario of this name, or no
            scenario goes as the run did.
    """
    found, run, parting = _likest(recording, pipeline, file)
    data: dict[str, Json] = {**found.scenario, "expect": expected(run, recording)}
    whole = _with(text, pipeline, file, name, data)
    failures = Suite(_module(whole, pipeline, file)).run(name).failures
    if failures:
        raise SimulationError(f"the scenario would fail: {failures[0].message}")
    return Written(whole, (*found.remarks, *parting))


def _likest(
    recording: Recording, pipeline: Module, file: str
) -> tuple[Recorded, Run, tuple[str, ...]]:
    """What to give a run for it to go as the recorded one did, that run, and what it does else.

    Where not everything is known, several values are tried for what is not.

    Raises:
        SimulationError: with none of them the run gets to an end.
    """
    plan, refusal = plan_of(pipeline), None
    known: tuple[Recorded, Run, tuple[str, ...]] | None = None
    for stand_in in _stand_ins():
        found = given(recording, pipeline.pipeline, stand_in)
        try:
            run = _tried(plan, found, pipeline, file)
        except SimulationError as error:
            refusal = refusal or error
        else:
            parting = _parting(run, recording)
            known = known if known and parting else (found, run, parting)
            if not parting:
                break
        if not found.remarks:
            break
    if known is None:
        raise refusal or SimulationError("the run can't be a scenario")
    return known


def _stand_ins() -> Iterator[StandIn]:
    yield plainest
    for seed in range(TRIES):
        yield partial(_drawn, Random(seed))  # noqa: S311 - not secret


def _drawn(draw: Random, type_: Type, name: str) -> Json:
    return sample(type_, draw, name)


def _tried(plan: PipelinePlan, found: Recorded, pipeline: Module, file: str) -> Run:
    trial = _module(_new(pipeline, file, "it", found.scenario), pipeline, file)
    run = simulate(plan, None, trial.scenario.scenarios["it"], scenario_file=file)
    if run.outcome is None:
        raise SimulationError("as a scenario the run would not end")
    return run


def _module(text: str, pipeline: Module, file: str) -> Module:
    """A file that is not yet what the project has."""
    return Module(file, parse(text, kind_of(file)), pipeline.project)


def _parting(run: Run, recording: Recording) -> tuple[str, ...]:
    """In what the scenario goes another way than the run did, since not everything was known."""
    was = recording.kernel.steps()
    for name, step in run.steps.items():
        before = was.get(name)
        if before is None or (step.status, step.attempts) != (before.status, before.attempts):
            now = f"`{name}` {step.status} after {step.attempts} attempts"
            then = f"{before.status} after {before.attempts}" if before else "was not reached"
            return (f"it goes another way than the run: {now}, and then it {then}",)
    return ()


# Text


def _with(
    text: str | None, pipeline: Module, file: str, name: str, scenario: Mapping[str, Json]
) -> str:
    """The text of a file with one more scenario."""
    if text is None:
        return _new(pipeline, file, name, scenario)
    module = _module(text, pipeline, file)
    _see_that_it_fits(module, pipeline, name)
    is_first = not module.scenario.scenarios
    path = ("scenarios",) if is_first else ("scenarios", name)
    lines = _lines(scenario)
    if is_first:
        lines = [f"{write_text(name)}:", *(f"  {line}" for line in lines)]
    patch = Patch("insert", path, {name: dict(scenario)} if is_first else dict(scenario))
    try:
        edits = apply_patches(module.document, [patch])
        in_lines = kind_of(file) == "yaml" and "\n" in edits[0].text
        if in_lines and not (is_first and module.document.get(path)):
            patch = msgspec.structs.replace(patch, value=Raw("\n".join(lines)))
            (edit,) = apply_patches(module.document, [patch])
            gap = "\n" if _is_airy(module) else ""
            edits = (msgspec.structs.replace(edit, text=gap + edit.text),)
    except ValueError:
        message = f"`{_shown(file)}` can't be added to"
        raise SimulationError(message, None, "name another file") from None
    return apply_edits(text, edits)


def _is_airy(module: Module) -> bool:
    """Whether an empty line stands between scenarios, or there is only one."""
    keys = [Place(each.path, "key") for each in module.scenario.scenarios.values()]
    if len(keys) < 2:  # noqa: PLR2004 - one has nothing between
        return bool(keys)
    second = module.document.locate(keys[1]).start
    return module.document.text[:second].rstrip(" ").endswith("\n\n")


def _shown(file: str) -> str:
    return os.path.basename(file)  # noqa: PTH119 -- names of files are strings


def _see_that_it_fits(module: Module, pipeline: Module, name: str) -> None:
    tested = under_test(module).module
    shown = _shown(module.file)
    if tested is None or os.path.realpath(tested.file) != os.path.realpath(pipeline.file):
        other = f"`{tested.pipeline.name}`" if tested else "no pipeline that can be found"
        message = f"`{shown}` is for {other}, not for `{pipeline.pipeline.name}`"
        raise SimulationError(message, None, "name another file")
    if name in module.scenario.scenarios:
        message = f"`{shown}` has a scenario `{name}` already"
        raise SimulationError(message, None, "give it another name")


def _new(pipeline: Module, file: str, name: str, scenario: Mapping[str, Json]) -> str:
    """The text of a new file."""
    path = os.path.relpath(pipeline.file, os.path.dirname(file)).replace(os.sep, "/")  # noqa: PTH120
    target = path if path.startswith("../") else f"./{path}"
    if kind_of(file) == "json":
        data = {"flow_test": 1, "pipeline": target, "scenarios": {name: scenario}}
        return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"
    head = ["flow_test: 1", f"pipeline: {write_text(target)}", "scenarios:"]
    body = [f"  {write_text(name)}:", *(f"    {line}" for line in _lines(scenario))]
    return "\n".join([*head, *body]) + "\n"


def _lines(scenario: Mapping[str, Json]) -> list[str]:
    """A scenario as lines; what is below ``mocks`` and ``expect`` has lines of its own."""
    lines: list[str] = []
    for key, value in scenario.items():
        if isinstance(value, dict) and key in ("mocks", "expect"):
            lines += [f"{key}:", *(f"  {line}" for line in _block(value, WIDTH - 6))]
        else:
            lines += _entry(key, value, WIDTH - 4)
    return lines


def _block(value: Json, width: int) -> list[str]:
    """Data in lines, each value on one line where it fits in a width."""
    if isinstance(value, dict) and value:
        return [line for key, item in value.items() for line in _entry(key, item, width)]
    if isinstance(value, list) and value:
        lines: list[str] = []
        for item in value:
            first, *rest = _fitting(item, width - 2)
            lines += [f"- {first}", *(f"  {line}" for line in rest)]
        return lines
    return [flow_text(value)]


def _entry(key: str, value: Json, width: int) -> list[str]:
    line = f"{write_text(key)}: {flow_text(value)}"
    if len(line) <= width or not isinstance(value, dict | list) or not value:
        return [line]
    return [f"{write_text(key)}:", *(f"  {line}" for line in _block(value, width - 2))]


def _fitting(value: Json, width: int) -> list[str]:
    """Data on one line where that fits, else as a block."""
    line = flow_text(value)
    return [line] if len(line) <= width else _block(value, width)
