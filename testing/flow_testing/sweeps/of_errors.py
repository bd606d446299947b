"""Which errors are met by whom: those that nothing takes, and handlers that nothing reaches."""

import re
from collections.abc import Iterator

from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.spots import Spot

_PASSES = re.compile(
    r"\b(busy|down|unavailable|overloaded|throttled|rate limit\w*|too many (requests|calls|connections)|locked|time[d ]*out|gateway"
    r"|connection|unreachable|temporar\w+|try(ing)? again|(did|does|do) not (answer|respond)"
    r"|not be reached|no answer)\b",
    re.IGNORECASE,
)
"""Words for what is over after a while."""


def untaken(evidence: Evidence) -> Iterator[Flaw]:
    """FL826: a step handles some errors of its component, and another one ends the run."""
    raised = frozenset(evidence.module.pipeline.errors or ())
    for world, case, run in evidence.runs():
        if len(case.plan.faults) != 1 or run.error is None or run.status != "failed":
            continue
        fault = case.plan.faults[0]
        spot = evidence.spot(fault.path)
        if spot is None or spot.role or run.error.name != fault.how or fault.how in raised:
            continue
        leaf = next((each for each in spot.leaves if fault.how in (each.target.errors or ())), None)
        if leaf and spot.step.catch and not _is_taken(spot, leaf, fault.how):
            others = sorted({n for h in spot.step.catch for n in h.errors or ()})
            message = f"{fault.how} of `{leaf.target.name}` ends the run: `{spot.path}` neither retries nor handles it, as it does {_listed(others)}"
            help_ = f"name {fault.how} in `retry.errors` or in a handler, or in the pipeline's `errors` if it is meant to leave it"
            yield Flaw("FL826", spot.place, message, help_, world, case)


def _is_taken(spot: Spot, leaf: Leaf, error: str) -> bool:
    """Whether a retry or a handler names an error, or takes any."""
    retry = leaf.policy.retry
    if retry and (retry.policy.errors is None or error in retry.policy.errors):
        return True
    return any(h.errors is None or error in h.errors for h in spot.step.catch)


def not_retried(evidence: Evidence) -> Iterator[Flaw]:
    """FL827: a retry leaves out the very error that the component's breaker counts."""
    for spot in evidence.spots.values():
        for leaf in spot.leaves:
            retry, breaker = leaf.policy.retry, leaf.breaker
            named = retry.policy.errors if retry else None
            counted = breaker.breaker.errors if breaker else None
            if named is None or counted is None:
                continue
            left_out = [
                each
                for each in counted
                if each in (leaf.target.errors or ()) and not _is_taken(spot, leaf, each)
            ]
            if left_out and not {*named} & {*counted}:
                message = f"`{spot.path}` retries {_listed(named)}, but not {_listed(left_out)}, which the breaker of `{leaf.target.name}` counts as an outage"
                yield Flaw(
                    "FL827", spot.place, message, f"name {_listed(left_out)} in `retry.errors`"
                )


def not_outlasted(evidence: Evidence) -> Iterator[Flaw]:
    """FL827: an error that sounds as if it passed, and that ends the run the first time."""
    for world, case, run in evidence.runs():
        if len(case.plan.faults) != 1 or run.error is None or run.status != "failed":
            continue
        fault = case.plan.faults[0]
        spot = evidence.spot(fault.path)
        if spot is None or spot.role or run.error.name != fault.how or _around(evidence, spot):
            continue
        leaf = next((each for each in spot.leaves if fault.how in (each.target.errors or ())), None)
        told = _meaning(evidence, spot, leaf, fault.how) if leaf else ""
        if leaf and not _is_taken(spot, leaf, fault.how) and _PASSES.search(told):
            message = (
                f"{fault.how} of `{leaf.target.name}` sounds as if it passed ({told}), "
                f"and `{spot.path}` gives up the first time"
            )
            help_ = f"give it a `retry` that names {fault.how}, or a handler"
            yield Flaw("FL827", spot.place, message, help_, world, case)


def _meaning(evidence: Evidence, spot: Spot, leaf: Leaf, error: str) -> str:
    """An error's name in words and what its component says that it means."""
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
            if not _is_taken(spot, leaf, "unexpected") and not _around(evidence, spot):
                message = (
                    f"`{target.name}` fails in {target.failure_rate:.1%} of its calls, "
                    f"and `{spot.path}` neither retries nor handles that"
                )
                help_ = "give it a `retry` or a `catch`, or correct `estimate.failure_rate`"
                yield Flaw("FL828", spot.place, message, help_)


def _around(evidence: Evidence, spot: Spot) -> bool:
    """Whether a step around one retries or handles something."""
    parts = spot.path.split("/")[:-1]
    for depth in range(len(parts)):
        outer = evidence.spots.get("/".join(parts[: depth + 1]))
        if outer and (outer.step.catch or any(call.policy.retry for call in outer.calls)):
            return True
    return False


def unreached(evidence: Evidence) -> Iterator[Flaw]:
    """FL830: a handler that no fault of the pipeline leads to."""
    if not evidence.is_complete:
        return
    caught: set[str] = set()
    ran: set[str] = set()
    for _, _, run in evidence.runs():
        for note in run.notes:
            path = without_indices(note.path)
            if note.what == "caught":
                caught.add(f"{path}!catch[{note.attempt}]")
            elif note.what in ("started", "settled"):
                ran.add(path)
    for path, spot in evidence.spots.items():
        if (
            spot.role.startswith("catch")
            and path not in caught
            and spot.path.partition("!")[0] in ran
        ):
            named = _listed(sorted(spot.handler.errors or ())) if spot.handler else ""
            message = f"no fault leads to this handler{f' of {named}' if named else ''}"
            help_ = "see which errors the step raises, and which its `retry` leaves over"
            yield Flaw("FL830", spot.place, message, help_)


def never_runs(evidence: Evidence) -> Iterator[Flaw]:
    """FL834: a step that ran in none of the worlds, whatever went wrong."""
    if not evidence.is_complete:
        return
    ran: set[str] = set()
    for _, _, run in evidence.runs():
        for note in run.notes:
            if note.what in ("started", "caught") or (
                note.what == "settled" and note.how != "cancelled"
            ):
                ran.add(without_indices(note.path))
    for path, spot in evidence.spots.items():
        around = path.rpartition("/")[0]
        if not spot.role and "!" not in path and path not in ran and (not around or around in ran):
            message = f"`{path}` runs in none of the runs, with whatever values and faults"
            yield Flaw("FL834", spot.place, message, "look at its `when` and at what it depends on")


def _listed(names: object) -> str:
    found = (
        [str(each) for each in names] if isinstance(names, (list, tuple, frozenset, set)) else []
    )
    return ", ".join(found)
