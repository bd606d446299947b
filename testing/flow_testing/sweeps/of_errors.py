"""Which errors are met by whom: those that end a run, though somebody could take them."""

import re
from collections.abc import Iterable, Iterator

from flow_core.plan.plan import Leaf
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.run import Run
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.spots import Spot
from flow_testing.sweeps.worlds import World

_PASSES = re.compile(
    r"\b(busy|down|unavailable|overloaded|throttled|rate limit\w*|gateway|connection|unreachable"
    r"|too many (requests|calls|connections)|locked|time[d ]*out|temporar\w+|try(ing)? again"
    r"|(did|does|do) not (answer|respond)|not be reached|no answer)\b",
    re.IGNORECASE,
)
"""Words for what is over after a while."""


def untaken(evidence: Evidence) -> Iterator[Flaw]:
    """FL826: a step handles some errors of its component, and another one ends the run."""
    raised = frozenset(evidence.module.pipeline.errors or ())
    for world, case, spot, leaf, error in _fatal(evidence):
        if spot.step.catch and error not in raised and not is_taken(spot, leaf, error):
            others = sorted({name for each in spot.step.catch for name in each.errors or ()})
            message = (
                f"{error} of `{leaf.target.name}` ends the run: `{spot.path}` neither retries nor "
                f"handles it, as it does {_listed(others)}"
            )
            help_ = (
                f"name {error} in `retry.errors` or in a handler, "
                "or in the pipeline's `errors` if it is meant to leave it"
            )
            yield Flaw("FL826", spot.place, message, help_, world, case)


def _fatal(evidence: Evidence) -> Iterator[tuple[World, Case, Spot, Leaf, str]]:
    """The declared errors of steps that end a run when they are all that goes wrong."""
    for world, case, run in evidence.failed():
        found = _culprit(evidence, case, run)
        if found is not None:
            yield world, case, *found


def _culprit(evidence: Evidence, case: Case, run: Run) -> tuple[Spot, Leaf, str] | None:
    if len(case.plan.faults) != 1 or run.error is None:
        return None
    fault = case.plan.faults[0]
    spot = evidence.spot(fault.path)
    if spot is None or spot.role or run.error.name != fault.how:
        return None
    leaves = (leaf for leaf in spot.leaves if fault.how in (leaf.target.errors or ()))
    leaf = next(leaves, None)
    return (spot, leaf, fault.how) if leaf else None


def is_taken(spot: Spot, leaf: Leaf, error: str) -> bool:
    """Whether a retry or a handler names an error, or takes any."""
    retry = leaf.policy.retry
    if retry and (retry.policy.errors is None or error in retry.policy.errors):
        return True
    return any(each.errors is None or error in each.errors for each in spot.step.catch)


def outage_not_retried(evidence: Evidence) -> Iterator[Flaw]:
    """FL827: a retry leaves out the very errors that the component's breaker counts."""
    for spot in evidence.spots.values():
        for leaf in spot.leaves:
            retry, breaker = leaf.policy.retry, leaf.breaker
            named = (retry.policy.errors if retry else None) or ()
            counted = (breaker.breaker.errors if breaker else None) or ()
            declared = leaf.target.errors or ()
            left = [e for e in counted if e in declared and not is_taken(spot, leaf, e)]
            if named and left and not {*named} & {*counted}:
                message = (
                    f"`{spot.path}` retries {_listed(named)}, but not {_listed(left)}, "
                    f"which the breaker of `{leaf.target.name}` counts as an outage"
                )
                help_ = f"name {_listed(left)} in `retry.errors`"
                yield Flaw("FL827", spot.place, message, help_)


def not_outlasted(evidence: Evidence) -> Iterator[Flaw]:
    """FL827: an error that sounds as if it passed, and that ends the run the first time."""
    for world, case, spot, leaf, error in _fatal(evidence):
        if is_taken(spot, leaf, error) or is_taken_around(evidence, spot):
            continue
        told = _meaning(evidence, spot, leaf, error)
        if _PASSES.search(told):
            message = (
                f"{error} of `{leaf.target.name}` sounds as if it passed ({told}), "
                f"and `{spot.path}` gives up the first time"
            )
            help_ = f"give it a `retry` that names {error}, or a handler"
            yield Flaw("FL827", spot.place, message, help_, world, case)


def _meaning(evidence: Evidence, spot: Spot, leaf: Leaf, error: str) -> str:
    """An error's name in words, and what its component says that it means."""
    module = evidence.module.project.module(spot.file)
    signature = module.resolved(leaf.path).signature if module else None
    meaning = signature.errors.get(error, "") if signature else ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", error).lower()
    return f"{words}: {meaning}" if meaning else words


def unlucky(evidence: Evidence) -> Iterator[Flaw]:
    """FL828: a component that is known to fail now and then, and no second attempt or handler.

    Where it declares errors, these tell better which of them pass.
    """
    for spot in evidence.spots.values():
        for leaf in spot.leaves:
            target = leaf.target
            if spot.role or not target.failure_rate or not target.effect or target.errors:
                continue
            if not is_taken(spot, leaf, "unexpected") and not is_taken_around(evidence, spot):
                message = (
                    f"`{target.name}` fails in {target.failure_rate:.1%} of its calls, "
                    f"and `{spot.path}` neither retries nor handles that"
                )
                help_ = "give it a `retry` or a `catch`, or correct `estimate.failure_rate`"
                yield Flaw("FL828", spot.place, message, help_)


def is_taken_around(evidence: Evidence, spot: Spot) -> bool:
    """Whether a step around one retries or handles something."""
    parts = spot.path.split("/")[:-1]
    for depth in range(len(parts)):
        outer = evidence.spots.get("/".join(parts[: depth + 1]))
        if outer and (outer.step.catch or any(call.policy.retry for call in outer.calls)):
            return True
    return False


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
