"""Code lenses: what can be done with a file and its parts, and how much hangs on each.

Making them looks at the syntax alone. What takes a look at other steps or files is left for later,
when a lens is about to be seen: `dependents`, `callers` and `scenarios_of` tell it.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, TypeAlias

import msgspec

from flow_core.analysis.tested import under_test
from flow_core.check import span_of
from flow_core.fields import fields, named
from flow_core.ide.location import Location
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path, Place, Span
from flow_core.syntax.nodes import Sequence, Value

Subject: TypeAlias = Literal[
    "dry run", "graph", "tests", "dependents", "callers", "scenario", "scenarios", "timeline"
]
"""What a lens offers or counts."""

_CALLS = ("switch", "catch")


class Lens(msgspec.Struct, frozen=True):
    """A lens over a range of the text; ``name`` is that of the step, component or scenario."""

    span: Span
    subject: Subject
    name: str = ""


def lenses(module: Module) -> tuple[Lens, ...]:
    """The lenses of a file, in the order of the text."""
    found = _of_scenarios(module) if module.is_scenario else _of_pipeline(module)
    return tuple(sorted(dict.fromkeys(found), key=lambda lens: lens.span))


def _of_scenarios(module: Module) -> Iterator[Lens]:
    names = named(fields(module.document.root).get("scenarios"))
    if names:
        yield Lens(_head(module), "scenarios")
    for name in names:
        yield Lens(_key(module, ("scenarios", name)), "scenario", name)
        yield Lens(_key(module, ("scenarios", name)), "timeline", name)


def _of_pipeline(module: Module) -> Iterator[Lens]:
    root = fields(module.document.root)
    if module.is_pipeline:
        subjects: tuple[Subject, ...] = ("dry run", "graph", "tests")
        yield from (Lens(_head(module), subject) for subject in subjects)
    for section in ("steps", "finally"):
        for path in _steps(root.get(section), (section,)):
            yield Lens(_key(module, path), "dependents", str(path[-1]))
    for name in named(root.get("components")):
        yield Lens(_key(module, ("components", name)), "callers", name)


def _head(module: Module) -> Span:
    """Where lenses about all of a file stand: at its first key."""
    first = next(iter(fields(module.document.root)))
    return _key(module, (first,))


def _key(module: Module, path: Path) -> Span:
    return module.document.locate(Place(path, "key"))


def _steps(node: Value | None, path: Path) -> Iterator[Path]:
    """The paths of the steps in a mapping of steps, with those of the groups in them."""
    for name, step in named(node).items():
        yield (*path, name)
        yield from _inside(step, (*path, name))


def _inside(node: Value, path: Path) -> Iterator[Path]:
    """The steps of the groups that a step, branch or handler calls."""
    keys = fields(node)
    yield from _steps(keys.get("steps"), (*path, "steps"))
    for key in _CALLS:
        value = keys.get(key)
        for index, item in enumerate(value.values if isinstance(value, Sequence) else ()):
            yield from _inside(item, (*path, key, index))
    if "compensate" in keys:
        yield from _inside(keys["compensate"], (*path, "compensate"))


def dependents(module: Module, step: str) -> tuple[int, tuple[Location, ...]]:
    """How many steps wait for a step, and where steps name it."""
    places = [use.name for use in module.uses if use.target == step and use.step]
    found = sorted(Location(module.file, span_of(module, place)) for place in places)
    return len(module.graph.dependents.get(step, ())), tuple(found)


def callers(module: Module, component: str, files: Iterable[str]) -> tuple[Location, ...]:
    """The calls of a component of a module, in its own file and in others of its project."""
    place = Place(("components", component), file=module.file)
    found = (_calls_of(other, place, component) for other in _modules(module, files, component))
    return tuple(sorted(chain.from_iterable(found)))


def _calls_of(module: Module, place: Place, component: str) -> Iterator[Location]:
    for path, info in module.calls.items():
        if isinstance(info.call, Uses) and info.call.target.rpartition(".")[2] == component:
            signature = module.called(path)
            if signature is not None and signature.place == place:
                uses = Place((*path, "uses"), start=0, end=len(info.call.target))
                yield Location(module.file, span_of(module, uses))


def scenarios_of(module: Module, files: Iterable[str]) -> dict[str, int]:
    """The scenario files of a project that test a module's pipeline, with how many each has."""
    return {
        other.file: len(other.scenario.scenarios)
        for other in _modules(module, files, "pipeline")
        if other.is_scenario
        and (tested := under_test(other).module) is not None
        and tested.file == module.file
    }


def _modules(module: Module, files: Iterable[str], word: str) -> Iterator[Module]:
    """A module, and those of other files whose texts hold a word."""
    yield module
    for file in files:
        if file != module.file and word in (module.project.text(file) or ""):
            other = module.project.module(file)
            if other is not None:
                yield other
