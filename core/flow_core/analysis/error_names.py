"""The errors that `retry` and `catch` name, against those that can be raised."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.policies import Policy, walk_policies
from flow_core.analysis.raises import BUILT_IN
from flow_core.model.pipeline import Step
from flow_core.places import Place
from flow_core.problems import Problem
from flow_core.suggest import closest

if TYPE_CHECKING:
    from flow_core.module import Module

_OUT_OF_REACH = {
    "cancelled": "what was cancelled is never tried again",
    "expression_error": "a wrong expression is never evaluated again",
    "repeat_exhausted": "it is raised when all iterations are over, outside `retry`",
    "budget_exceeded": "nothing starts once a budget is spent",
}
"""Errors that `retry` does not see, unless a group or a pipeline passes them on, and why."""

_CONDITIONS = {
    "timeout": "only a call with a `timeout` raises `timeout`",
    "circuit_open": "only a component with a `circuit_breaker` raises `circuit_open`",
    "repeat_exhausted": "only a step with a `repeat` raises `repeat_exhausted`",
    "cancelled": "nothing catches `cancelled`",
    "budget_exceeded": "only the caller of a pipeline with a `budget` can handle `budget_exceeded`",
}

_MOST_SHOWN = 8


def retry_problems(module: "Module") -> Iterator[Problem]:
    """What `retry.errors` names in vain.

    ``never-retried-error`` is one that `retry` never sees, ``unknown-retried-error`` one that the
    call can't raise. Where it is not known what a call raises, only `cancelled` is told.
    """
    for policy in walk_policies(module.pipeline):
        if policy.retry is not None and policy.retry.errors:
            possible = _attempt(module, policy)
            for index, name in enumerate(policy.retry.errors):
                place = Place((*policy.path, "retry", "errors", index))
                yield from _retried(policy.owner, name, place, possible)


def _retried(
    owner: str, name: str, place: Place, possible: frozenset[str] | None
) -> Iterator[Problem]:
    if name == "cancelled" or (possible is not None and name in _OUT_OF_REACH.keys() - possible):
        message = f"`{name}` is never retried"
        yield Problem("never-retried-error", place, message, _OUT_OF_REACH[name])
    elif possible is not None and name not in possible:
        yield _absent("unknown-retried-error", owner, name, place, possible)


def _attempt(module: "Module", policy: Policy) -> frozenset[str] | None:
    """What the attempts of a policy can raise, None where that is not known."""
    if policy.call is None or not module.raises.is_known(policy.call, policy.path):
        return None
    if policy.role == "step":
        step = module.steps[policy.step].step
        return module.raises.attempt(step) if step.path == policy.path else None
    found = module.raises.call(policy.call, policy.path)
    return found if policy.timeout is None else found | {"timeout"}


def catch_problems(module: "Module") -> Iterator[Problem]:
    """What `catch` names in vain: ``uncaught-error`` is one that the step can't fail with."""
    for info in module.steps.values():
        step = info.step
        if step.catch and module.raises.is_known(step.call, step.path):
            possible = module.raises.activation(step)
            taken = {(covered.handler, covered.position) for covered in covered_names(step)}
            for handler, position, name in _caught_names(step):
                is_taken = (handler, None) in taken or (handler, position) in taken
                if name not in possible and not is_taken:
                    place = Place((*step.path, "catch", handler, "errors", position))
                    yield _absent("uncaught-error", f"`{step.name}`", name, place, possible)


def _absent(kind: str, owner: str, name: str, place: Place, possible: frozenset[str]) -> Problem:
    """A name that is none of the possible ones."""
    own = sorted(possible.difference(BUILT_IN))
    meant = closest(name, (*own, *BUILT_IN))
    if meant is None or meant == name:
        hint = _CONDITIONS.get(name) or _listing(own)
    elif meant in possible:
        hint = f"did you mean `{meant}`?"
    else:
        hint = f"did you mean `{meant}`? {_CONDITIONS.get(meant, '')}".rstrip()
    return Problem(
        kind, place, f"{owner} never raises `{name}`", hint, None if meant == name else meant
    )


def _listing(errors: list[str]) -> str:
    shown = ", ".join(f"`{error}`" for error in errors[:_MOST_SHOWN])
    rest = ", …" if len(errors) > _MOST_SHOWN else ""
    return f"it can fail with {shown}{rest}" if shown else "its component declares no errors"


class Covered(msgspec.Struct, frozen=True):
    """What an earlier handler takes: a whole handler, or the error at a position of its list."""

    handler: int
    position: int | None
    by: int


def covered_names(step: Step) -> Iterator[Covered]:
    """What never reaches the handler that names it, in order."""
    everything: int | None = None
    taken: dict[str, int] = {}
    for index, handler in enumerate(step.catch):
        names = handler.errors or ()
        found = [(position, taken[name]) for position, name in enumerate(names) if name in taken]
        if everything is not None:
            yield Covered(index, None, everything)
        elif names and len(found) == len(names):
            yield Covered(index, None, found[0][1])
        else:
            yield from (Covered(index, position, by) for position, by in found)
        if handler.when is None and everything is None:
            everything = index if handler.errors is None else None
            taken = {**dict.fromkeys(names, index), **taken}


def _caught_names(step: Step) -> Iterator[tuple[int, int, str]]:
    for index, handler in enumerate(step.catch):
        for position, name in enumerate(handler.errors or ()):
            yield index, position, name
