"""Names of errors: those that can be raised where they are handled, retried or expected."""

from collections.abc import Collection, Iterator

import msgspec

from flow_core.analysis.raises import BUILT_IN
from flow_core.analysis.tested import Target, errors_of
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.visible import step_around
from flow_core.ide.cursor import Cursor
from flow_core.model.pipeline import Handler, Step
from flow_core.module import Module
from flow_core.places import Path


def errors(spot: Spot, present: Collection[str]) -> Iterator[Offer]:
    """The errors that may be named in a list of a file with steps or components."""
    module, path = spot.module, spot.path
    match path:
        case ("errors", int()):
            found = set(module.raises.pipeline).difference(BUILT_IN)
        case ("components", str(name), "circuit_breaker", "errors", int()):
            component = module.library.components.get(name)
            found = set(component.errors) if component else set[str]()
        case _:
            step = step_around(spot.cursor, path)
            found = set(_seen(module, step, path)) if step else set[str]()
    for offer in expected_errors(found.difference(present)):
        meaning = offer.detail or _meaning(module, offer.label, path)
        yield msgspec.structs.replace(offer, detail=meaning)


def named_in(cursor: Cursor, path: Path) -> Iterator[Offer]:
    """The errors that `error` may be in the expression at a path."""
    step = step_around(cursor, path)
    if step is None:
        return
    for offer in expected_errors(_seen(cursor.module, step, path)):
        meaning = offer.detail or _meaning(cursor.module, offer.label, path)
        yield msgspec.structs.replace(offer, detail=meaning)


def _seen(module: Module, step: Step, path: Path) -> frozenset[str]:
    """What the `retry` or the handler around a path is asked for."""
    raises = module.raises
    match path[len(step.path) :]:
        case ("retry", *_):
            return raises.attempt(step)
        case ("catch", int(index), "retry", *_) if index < len(step.catch):
            return raises.handler_attempt(step.catch[index], path[: len(step.path) + 2])
        case ("catch", int(index), *_):
            return raises.activation(step) - _taken(step, index)
        case ("compensate", "retry", *_) if step.compensate:
            return raises.handler_attempt(step.compensate, (*step.path, "compensate"))
        case _:
            return frozenset()


def _taken(step: Step, index: int) -> frozenset[str]:
    """What handlers before one have certainly handled."""
    before: tuple[Handler, ...] = step.catch[:index]
    return frozenset(name for each in before if each.when is None for name in each.errors or ())


def _meaning(module: Module, name: str, path: Path) -> str:
    """What a component that is called around a path says of its error."""
    for call in module.calls:
        signature = module.called(call) if path[: len(call)] == call[: len(path)] else None
        if signature is not None and signature.errors.get(name):
            return signature.errors[name]
    return ""


def mocked_errors(target: Target | None) -> Iterator[Offer]:
    """The errors that a mock may raise in the place of what it stands for."""
    yield from expected_errors({*(errors_of(target) or ()), "unexpected"})


def expected_errors(names: Collection[str]) -> Iterator[Offer]:
    """The errors that may be expected, if these are possible."""
    for name in sorted(set(names).difference(BUILT_IN)):
        yield Offer(name, "error", name, rank=2)
    for name, meaning in BUILT_IN.items():
        if name in names:
            yield Offer(name, "error", name, meaning.replace("`", ""), rank=4)
