"""Scenarios as an editor runs them: each failure at its place, with what it is about."""

import time
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from flow_core.analysis.tested import StepTarget, UnderTest
from flow_core.check import span_of
from flow_core.diagnostics import Diagnostic, Note
from flow_core.ide.location import Location
from flow_core.ide.scenario_coverage import FileHits, Listener
from flow_core.module import Module
from flow_core.places import Path, Place, Span
from flow_core.simulate import samples_text
from flow_core.simulate.expectations import Unmet
from flow_core.simulate.run import Run
from flow_core.simulate.run_text import render
from flow_core.simulate.scenarios import NamedScenario, ScenarioResult, Suite


class Failure(msgspec.Struct, frozen=True):
    """What went otherwise than expected, or why nothing ran.

    ``expected`` and ``found`` are texts to lay side by side, "" where the message says all;
    ``about`` are the places in the pipeline that it is about.
    """

    where: Location
    message: str
    help: str = ""
    expected: str = ""
    found: str = ""
    about: tuple[Note, ...] = ()


class ScenarioRun(msgspec.Struct, frozen=True):
    """How a scenario went: ``text`` tells of its run, ``took`` is real time in microseconds."""

    name: str
    text: str
    took: int
    failures: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all went as expected."""
        return not self.failures


def scenarios(module: Module) -> tuple[NamedScenario, ...]:
    """The scenarios of a file."""
    return Suite(module).scenarios


def run_scenarios(module: Module, names: Iterable[str] = ()) -> tuple[ScenarioRun, ...]:
    """Run scenarios of a file, all if none is named, and hold each against what it expects."""
    return _all(module, names, None)


def cover_scenarios(
    module: Module, names: Iterable[str] = ()
) -> tuple[tuple[ScenarioRun, ...], tuple[FileHits, ...]]:
    """The same, and what the runs cover of each file under test."""
    listener = Listener()
    runs = _all(module, names, listener)
    return runs, tuple(listener.of(module))


def _all(module: Module, names: Iterable[str], watch: Listener | None) -> tuple[ScenarioRun, ...]:
    suite = _suite(module)
    wanted = tuple(names) or tuple(module.scenario.scenarios)
    return tuple(_one(suite, name, watch) for name in wanted)


@lru_cache(maxsize=1)
def _suite(module: Module) -> Suite:
    """The suite of a module, which never changes: a file is run in several lots."""
    return Suite(module)


def _one(suite: Suite, name: str, watch: Listener | None) -> ScenarioRun:
    module = suite.module
    if name not in module.scenario.scenarios:
        gone = Failure(Location(module.file, Span(0, 0)), f"there is no scenario `{name}`")
        return ScenarioRun(name, "", 0, (gone,))
    began = time.perf_counter_ns()
    result = suite.run(name, watch=watch)
    took = (time.perf_counter_ns() - began) // 1000
    failures = tuple(_failures(module, result))
    told = "".join(f"{_told(module, each)}\n" for each in failures)
    return ScenarioRun(name, told + _shown(result), took, failures)


def _shown(result: ScenarioResult) -> str:
    """What many runs came to, and the timeline of the one that shows most."""
    many = samples_text.render(result.samples) + "\n" if result.samples else ""
    return many + (render(result.run, show_data=True) if result.run else "")


def _failures(module: Module, result: ScenarioResult) -> Iterator[Failure]:
    """Of a run each expectation that was not met; else what kept it from running."""
    if not result.unmet:
        yield from map(_refusal, result.failures)
        return
    for found, unmet in zip(result.failures, result.unmet, strict=True):
        texts = (_spread(unmet.expected), _spread(unmet.found))
        where = Location(found.file, found.span)
        about = tuple(_about(module, unmet, result.run))
        yield Failure(where, found.message, found.help, *texts, about)


def _refusal(found: Diagnostic) -> Failure:
    where = Location(found.file, found.span)
    return Failure(where, found.message, found.help, about=found.notes)


def _spread(text: str) -> str:
    """A list or object over several lines, so that a comparison shows what differs in it."""
    return msgspec.json.format(text, indent=2) if text[:1] in {"[", "{"} else text


def _told(module: Module, failure: Failure) -> str:
    """A failure as people read it; one of another file says of which."""
    file = failure.where.file
    where = "" if file == module.file else f"`{file.rpartition('/')[2]}`: "
    return f"{where}{failure.message}" + (f"\n{failure.help}" if failure.help else "")


def _about(module: Module, unmet: Unmet, run: Run | None) -> Iterator[Note]:
    """The places of the pipeline that an expectation is about."""
    if module.tested is None:
        return
    match unmet.path[2:]:
        case ("expect", "steps", str(key), *_):
            yield from _step(module.tested, key, f"step `{key}`")
        case ("expect", "outputs" | "state" as section, str(name), *_):
            yield _note(module.tested.module, (section, name), f"{section} `{name}`")
        case ("expect", "status" | "error", *_) if run is not None and run.error is not None:
            where = run.error.step
            yield from _step(module.tested, where, f"`{where}` failed with {run.error.name}")
        case _:
            return


def _step(tested: UnderTest, key: str, message: str) -> Iterator[Note]:
    target = tested.step(key)
    if isinstance(target, StepTarget):
        yield _note(target.module, target.step.path, message)


def _note(module: Module, path: Path, message: str) -> Note:
    return Note(module.file, span_of(module, Place(path, "key")), message)
