"""The names in a file of scenarios, as the pipeline under test has them."""

from collections.abc import Iterator

from flow_core.analysis.tested import ComponentTarget, StepTarget, UnderTest
from flow_core.ide.names import symbols
from flow_core.ide.names.calls import Named, names_in_target
from flow_core.ide.names.data import names_in_data
from flow_core.ide.names.errors import errors_in_scenario
from flow_core.ide.names.meaning import Meaning
from flow_core.ide.names.values import Given, Results, Root, Sources, StepOf
from flow_core.ide.symbol import Occurrence, Symbol
from flow_core.model.pipeline import Uses
from flow_core.model.read_scenario import read_step_path
from flow_core.model.scenario import Mocks, Scenario
from flow_core.module import Module
from flow_core.places import Path, Place


def names_in_scenarios(meaning: Meaning, module: Module) -> Iterator[Occurrence]:
    """All names in the file."""
    target = module.scenario.pipeline
    if target:
        file = symbols.file(module.project.resolve(module.file, target))
        yield Named(file, 0, len(target)).at(("pipeline",))
    for scenario in module.scenario.scenarios.values():
        yield symbols.declared(module, "scenario", scenario.path)
        if module.tested is not None:
            yield from _scenario(meaning, module, module.tested, scenario)


def _scenario(
    meaning: Meaning, module: Module, tested: UnderTest, scenario: Scenario
) -> Iterator[Occurrence]:
    inner, path = tested.module, scenario.path
    expect: Path = (*path, "expect")
    data: tuple[tuple[Path, Sources], ...] = (
        ((*path, "inputs"), (Root(inner, "inputs"),)),
        ((*expect, "outputs"), (Results(inner),)),
        ((*expect, "state"), (Root(inner, "state"),)),
    )
    for where, sources in data:
        yield from names_in_data(meaning, module, where, sources)
    for name in scenario.secrets:
        own, *called = _secrets(tested, name) or [symbols.secret(inner, name)]
        yield Occurrence((own,), Place((*path, "secrets", name), "key"), linked=tuple(called))
    yield from errors_in_scenario(module, tested, scenario)
    for mocks in scenario.mocks.values():
        yield from _mocks(meaning, module, tested, mocks)
    for index, name in symbols.listed(module, (*expect, "ran")):
        yield Occurrence((symbols.step(inner, name),), Place((*expect, "ran", index)))
    for key, step in scenario.expect.steps.items():
        yield from (named.at(step.path, "key") for named in _steps(tested, key))
        yield from names_in_data(
            meaning, module, (*step.path, "outputs"), _outputs(meaning, tested, key)
        )


def _secrets(tested: UnderTest, name: str) -> list[Symbol]:
    """A secret in each file under test that declares it."""
    files = (module for module in tested.modules if name in module.pipeline.secrets)
    return [symbols.secret(module, name) for module in files]


def _steps(tested: UnderTest, key: str) -> Iterator[Named]:
    """The steps in a path such as `group/pick[0]`."""
    path = read_step_path(key)
    if path is None:
        return
    start = 0
    trail = tested.trail(path)
    for part, (module, step) in zip(key.split("/"), trail, strict=False):
        yield Named(symbols.step(module, step.name), start, start + len(step.name))
        start += len(part) + 1


def _outputs(meaning: Meaning, tested: UnderTest, key: str) -> Sources:
    """Where the outputs come from that are expected of a step."""
    target = tested.step(key)
    if not isinstance(target, StepTarget):
        return ()
    return meaning.property((StepOf(target.module, target.step.name),), "outputs").value


def _mocks(
    meaning: Meaning, module: Module, tested: UnderTest, mocks: Mocks
) -> Iterator[Occurrence]:
    """What is mocked, and what the mocks return."""
    target, sources = tested.mocked(mocks.key), list[Given]()
    if isinstance(target, StepTarget):
        yield from (named.at(mocks.path, "key") for named in _steps(tested, mocks.key))
        sources = [Given(target.module, target.call)]
    elif isinstance(target, ComponentTarget):
        sources = list(_calls(tested, mocks.key))
    for call in sources if isinstance(target, ComponentTarget) else ():
        found = call.module.resolved(call.path)
        named = names_in_target(call.module, mocks.key, found)
        yield from (each.at(mocks.path, "key") for each in named)
    for mock in mocks.attempts:
        yield from names_in_data(meaning, module, (*mock.path, "returns"), tuple(sources))


def _calls(tested: UnderTest, target: str) -> Iterator[Given]:
    """The calls of a component by the name that a mock has, in whatever files."""
    for module in tested.modules:
        for path, info in module.calls.items():
            if isinstance(info.call, Uses) and info.call.target == target:
                yield Given(module, path)
