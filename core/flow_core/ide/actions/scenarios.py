"""The scenarios of a pipeline whose steps move: they name steps by their paths."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import msgspec

from flow_core.check import Selection, check
from flow_core.diagnostics import Edit, Patch
from flow_core.discovery import walk
from flow_core.ide.actions.draft import Draft
from flow_core.ide.actions.selection import Selection as Chosen
from flow_core.model.pipeline import Step
from flow_core.model.read_scenario import read_step_path
from flow_core.model.scenario import Scenario, StepExpectation
from flow_core.module import SCENARIO_SUFFIXES, Module
from flow_core.places import Path
from flow_core.rules import unknown_expectation, unknown_mock
from flow_core.syntax.patch import apply_patches

_STRANGERS = Selection(only=(unknown_mock.RULE.code, unknown_expectation.RULE.code))


def in_scenarios(selection: Chosen, name: str, *, of_file: bool) -> Iterator[Edit]:
    """The edits of all scenarios of the project once the step ``name`` holds the others.

    Paths that lead through it need its name only where it calls a file of its own.
    """
    for module in _scenario_files(selection.module):
        for edit in dict.fromkeys(_edits(selection, name, module, of_file=of_file)):
            yield msgspec.structs.replace(edit, file=module.file)


def _edits(selection: Chosen, name: str, module: Module, *, of_file: bool) -> Iterator[Edit]:
    """Those of one file; what scenarios share by an anchor comes several times."""
    for scenario in module.scenario.scenarios.values():
        if of_file:
            for patch in _longer_paths(selection, name, module, scenario):
                yield from apply_patches(module.document, [patch])
        if module.tested and module.tested.module.file == selection.module.file:
            yield from apply_patches(module.document, _ran(selection, name, scenario))


def with_new_names(
    module: Module, caller: Step, inner: Module, names: Mapping[str, str]
) -> Iterator[Edit]:
    """The edits of all scenarios once a step holds those of a file, some under other names."""
    for file in _scenario_files(module) if names else ():
        for scenario in file.scenario.scenarios.values():
            for key in _step_keys(scenario):
                new = _renamed(file, str(key[-1]), caller, inner, names)
                if new is not None:
                    for edit in apply_patches(file.document, [Patch("rename", key, new)]):
                        yield msgspec.structs.replace(edit, file=file.file)


def _step_keys(scenario: Scenario) -> list[Path]:
    """The mocks and expectations of steps, and the mocks of components."""
    mocks = [mocks.path for mocks in scenario.mocks.values()]
    return [*mocks, *(step.path for step in scenario.expect.steps.values())]


def _renamed(
    file: Module, key: str, caller: Step, inner: Module, names: Mapping[str, str]
) -> str | None:
    """A path in which a step of the inner file, right below its caller, has another name."""
    path = None if "." in key else read_step_path(key)
    trail = file.tested.trail(path) if path is not None and file.tested else []
    parts = key.split("/")
    for depth, ((_, above), (home, step)) in enumerate(pairwise(trail), 1):
        called = home.file == inner.file and above.name == caller.name
        if called and step.name in names:
            parts[depth] = names[step.name] + parts[depth].removeprefix(step.name)
    new = "/".join(parts)
    return None if new == key else new


def without_strangers(module: Module, text: str) -> Iterator[Edit]:
    """The edits that delete what scenarios name and is not there once a pipeline has this text."""
    draft = Draft(module.project, {module.file: text})
    for file in _scenario_files(module):
        after = draft.module(file.file)
        known = {found.span for found in check(file, _STRANGERS)}
        fresh = [f for f in check(after, _STRANGERS) if f.span not in known] if after else []
        gone = dict.fromkeys(file.document.at(found.span.start)[0] for found in fresh)
        for edit in apply_patches(file.document, [Patch("delete", path) for path in gone]):
            yield msgspec.structs.replace(edit, file=file.file)


def _scenario_files(module: Module) -> Iterator[Module]:
    """The files of scenarios below the project's root, as far as they can be read."""
    try:
        files = list(walk(str(module.project.settings.root), SCENARIO_SUFFIXES))
    except OSError:
        return
    for file in files:
        found = None if module.project.is_outside(file) else module.project.module(file)
        if found is not None and not found.document.problems:
            yield found


def _longer_paths(
    selection: Chosen, name: str, module: Module, scenario: Scenario
) -> Iterator[Patch]:
    """Mocks and expectations of the steps, whose paths lead through one more step."""
    keeps_name = selection.names == (name,)
    expected = scenario.expect.steps.values()
    keys = [mocks.path for mocks in scenario.mocks.values()]
    keys += [step.path for step in expected if not keeps_name or _is_of_attempts(step)]
    for key in keys:
        longer = _longer(selection, name, module, str(key[-1]))
        if longer is not None:
            yield Patch("rename", key, longer)


def _is_of_attempts(step: StepExpectation) -> bool:
    """Whether more is expected than what holds of the step that comes instead, too."""
    own = (step.attempts, step.iterations, step.waits, step.recovered)
    return any(each is not None for each in own)


def _longer(selection: Chosen, name: str, module: Module, key: str) -> str | None:
    path = None if "." in key else read_step_path(key)
    if path is None or module.tested is None:
        return None
    for depth, (home, step) in enumerate(module.tested.trail(path)):
        if home.file == selection.module.file and step.name in selection.names:
            parts = key.split("/")
            return "/".join((*parts[:depth], name, *parts[depth:]))
    return None


def _ran(selection: Chosen, name: str, scenario: Scenario) -> Iterator[Patch]:
    """Of the steps that ran the one that holds them is left, when the last of them was done."""
    ran = scenario.expect.ran or ()
    inside = [index for index, step in enumerate(ran) if step in selection.names]
    if inside and selection.names != (name,):
        path = (*scenario.path, "expect", "ran")
        yield from (Patch("delete", (*path, index)) for index in inside[:-1])
        yield Patch("replace", (*path, inside[-1]), name)
