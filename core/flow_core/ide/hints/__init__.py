"""Inlay hints: what follows from a text though it is not written there."""

from collections.abc import Callable, Collection, Iterator

from flow_core.ide.hints.defaults import step_defaults
from flow_core.ide.hints.hint import Hint, HintKind, is_in
from flow_core.ide.hints.times import step_times
from flow_core.ide.hints.types import output_types, step_types
from flow_core.model.pipeline import Step
from flow_core.module import Module
from flow_core.places import Span

__all__ = ["KINDS", "Hint", "HintKind", "hints"]

KINDS: tuple[HintKind, ...] = ("types", "defaults", "times")
_OF_STEPS: dict[HintKind, Callable[[Module, Step], Iterator[Hint]]] = {
    "types": step_types,
    "defaults": step_defaults,
    "times": step_times,
}


def hints(
    module: Module,
    span: Span,
    kinds: Collection[HintKind] = KINDS,
    others: Collection[str] = (),
) -> tuple[Hint, ...]:
    """The hints of some kinds in a range of a module's text, in the order of the text.

    ``others`` are the steps of the file that the module, a slice of it, leaves out.
    """
    found = [
        hint
        for info in module.steps.values()
        if is_in(module, info.step.path, span)
        for kind in kinds
        for hint in _OF_STEPS[kind](module, info.step)
    ]
    if "types" in kinds:
        found += output_types(module, span, others)
    inside = (hint for hint in found if span.start <= hint.offset <= span.end)
    return tuple(sorted(inside, key=lambda hint: hint.offset))
