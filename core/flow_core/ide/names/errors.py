"""The names of errors: where components declare them, and where `retry`, `catch` and mocks do."""

from collections.abc import Iterable, Iterator

from flow_core.analysis.policies import walk_policies
from flow_core.analysis.tested import ComponentTarget, StepTarget, Target, UnderTest
from flow_core.components.signature import Signature
from flow_core.fields import text
from flow_core.ide.names import symbols
from flow_core.ide.names.python import python_name
from flow_core.ide.symbol import Occurrence, Symbol, key_of
from flow_core.model.pipeline import Call, Group, Pipeline, Step, Switch, Uses
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Path, Place


def names_of_errors(module: Module) -> Iterator[Occurrence]:
    """The names of errors in a file that holds a pipeline or a library."""
    for name, component in module.library.components.items():
        yield from _declared(module, ("components", name), component)
    for path in module.calls:
        name = text(module.document.get((*path, "with", "error")))
        symbol = _told_to_fail(module, path, name) if name else None
        if symbol is not None:
            yield Occurrence((symbol,), Place(symbol.place.path))
    pipeline = module.pipeline
    yield from _listed(module, ("errors",), _top_calls(pipeline))
    for policy in walk_policies(pipeline):
        calls = _top_calls(pipeline) if policy.call is None else _calls(policy.call, policy.path)
        if policy.retry is not None:
            yield from _listed(module, (*policy.path, "retry", "errors"), calls)
    for info in module.steps.values():
        step = info.step
        for index in range(len(step.catch) if step.call else 0):
            calls = _calls(step.call, step.path)
            yield from _listed(module, (*step.path, "catch", index, "errors"), calls)


def errors_in_scenario(
    module: Module, tested: UnderTest, scenario: Scenario
) -> Iterator[Occurrence]:
    """The names of errors that mocks raise and that are expected."""
    for mocks in scenario.mocks.values():
        target = tested.mocked(mocks.key)
        for mock in mocks.attempts:
            yield from _told(module, (*mock.path, "fail"), mock.fail, _of_target(target, mock.fail))
    expect = (*scenario.path, "expect", "error")
    name = scenario.expect.error or ""
    raised = _raised(tested.module, _top_calls(tested.module.pipeline), name)
    yield from _told(module, expect, name, raised)
    for key, step in scenario.expect.steps.items():
        name = step.error or ""
        found = _of_target(tested.step(key), name)
        yield from _told(module, (*step.path, "error"), name, found)


def _declared(module: Module, path: Path, component: Signature) -> Iterator[Occurrence]:
    """The errors of a component, and those that its breaker counts."""
    for name in component.errors:
        symbol = _error(module, component, name)
        if symbol is not None:
            yield Occurrence((symbol,), Place(symbol.place.path, symbol.place.part))
    for index, name in symbols.listed(module, (*path, "circuit_breaker", "errors")):
        symbol = _error(module, component, name)
        if symbol is not None:
            yield Occurrence((symbol,), Place((*path, "circuit_breaker", "errors", index)))


def _listed(module: Module, path: Path, calls: Iterable[Path]) -> Iterator[Occurrence]:
    """The errors in the list at a path, which calls of the file can raise."""
    known = tuple(calls) if module.document.get(path) is not None else ()
    for index, name in symbols.listed(module, path):
        yield from _told(module, (*path, index), name, _raised(module, known, name))


def _told(module: Module, path: Path, name: str, raised: Iterable[Symbol]) -> Iterator[Occurrence]:
    found = tuple(dict.fromkeys(raised)) if name and module.document.get(path) else ()
    if found:
        yield Occurrence(found, Place(path))


def _of_target(target: Target | None, name: str) -> Iterator[Symbol]:
    """The error of a name that what a mock stands in for can raise."""
    match target:
        case StepTarget(module=module, call=path) if path in module.calls:
            yield from _raised(module, _calls(module.calls[path].call, path), name)
        case ComponentTarget(module=module, signature=signature):
            symbol = _error(module, signature, name)
            yield from (symbol,) if symbol else ()
        case _:
            return


def _raised(
    module: Module, calls: Iterable[Path], name: str, seen: set[str] | None = None
) -> Iterator[Symbol]:
    """The declarations of an error that calls can raise; pipelines in ``seen`` are passed over."""
    seen = set() if seen is None else seen
    for path in calls:
        found = module.resolved(path)
        signature, inner = found.signature, found.module
        if signature is None or name not in signature.errors:
            continue
        if inner is not None and inner.is_pipeline and inner.file not in seen:
            seen.add(inner.file)
            yield from _raised(inner, _top_calls(inner.pipeline), name, seen)
        symbol = _told_to_fail(module, path, name) or _error(module, signature, name)
        yield from (symbol,) if symbol else ()


def _told_to_fail(module: Module, path: Path, name: str) -> Symbol | None:
    """An error that a call of `std.fail` gives its name."""
    call, place = module.calls[path].call, Place((*path, "with", "error"), file=module.file)
    is_fail = isinstance(call, Uses) and call.target == "std.fail"
    told = is_fail and text(module.document.get(place.path)) == name
    return Symbol("error", name, place) if told else None


def _error(module: Module, signature: Signature, name: str) -> Symbol | None:
    """An error that a component declares; None where it is only inferred."""
    file, path = signature.place.file, (*signature.place.path, "errors")
    if file.endswith(".py"):
        place = python_name(module, file, name)
        return Symbol("error", name, place) if place.end else None
    home = module if file == module.file else module.project.module(file)
    if home is None or path[0] != "components":
        return None
    index = next((index for index, each in symbols.listed(home, path) if each == name), None)
    if index is not None:
        return Symbol("error", name, Place((*path, index), file=file))
    known = home.document.get((*path, name)) is not None
    return Symbol("error", name, key_of(file, *path, name)) if known else None


def _top_calls(pipeline: Pipeline) -> Iterator[Path]:
    """All calls of components and pipelines in a file, compensations aside."""
    return _of_steps((*pipeline.steps.values(), *pipeline.finally_.values()))


def _of_steps(steps: Iterable[Step]) -> Iterator[Path]:
    for step in steps:
        yield from _calls(step.call, step.path)
        for index, handler in enumerate(step.catch):
            yield from _calls(handler.call, (*step.path, "catch", index))


def _calls(call: Call | None, path: Path) -> Iterator[Path]:
    """The calls of components and pipelines that a call makes."""
    match call:
        case Uses():
            yield path
        case Group(steps=steps):
            yield from _of_steps(steps.values())
        case Switch(branches=branches):
            for index, branch in enumerate(branches):
                yield from _calls(branch.call, (*path, "switch", index))
        case _:
            return
