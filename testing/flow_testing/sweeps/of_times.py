"""Whether timeouts and waits suit what is known of how long calls take."""

from collections.abc import Iterator

from flow_core.durations import show_duration
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.spots import Spot

_SECOND = 1_000_000
_FAR = 50
"""So many times longer or shorter is out of proportion."""
_SHORTEST = 20_000
_ANY_CALL = 50_000
_UNIT = "see the unit of `delay`; wait about as long as a call takes"


def cut_when_late(evidence: Evidence) -> Iterator[Flaw]:
    """FL831: calls that take as long as one in twenty does are cut by a timeout."""
    for trial in evidence.trials:
        run = trial.late.run
        for note in run.notes if run else ():
            spot = evidence.spot(note.path)
            if spot and note.what == "ended" and note.how == "timeout":
                path = without_indices(note.path)
                message = f"the timeout cuts `{path}` when it takes as long as one call in twenty"
                help_ = "raise the `timeout` above the estimate's `p95`, or correct the estimate"
                yield Flaw("FL831", spot.place, message, help_, trial.world, trial.late)


def hardly_any_time(evidence: Evidence) -> Iterator[Flaw]:
    """FL831: a timeout in which hardly any call ends, where no estimate says how long it takes."""
    for spot in evidence.spots.values():
        for leaf in spot.leaves:
            timeout = leaf.policy.timeout
            known = leaf.target.p50 or leaf.target.p95
            if leaf.target.effect and timeout is not None and not known and timeout < _ANY_CALL:
                given = show_duration(timeout)
                message = f"`{spot.path}` has {given}: hardly any call ends in that"
                help_ = "see the unit of `timeout`, or tell by an `estimate` how long it takes"
                yield Flaw("FL831", spot.place, message, help_)


def waits_out_of_proportion(evidence: Evidence) -> Iterator[Flaw]:
    """FL832: a retry that waits next to nothing, or without measure, for what it calls."""
    for spot in evidence.spots.values():
        for leaf in spot.leaves:
            yield from _wait(spot, leaf)


def _wait(spot: Spot, leaf: Leaf) -> Iterator[Flaw]:
    delay = leaf.policy.retry.policy.delay if leaf.policy.retry else 0
    if not delay:
        return
    usual = leaf.target.p95 or leaf.target.p50 or 0
    known = max(usual, leaf.policy.timeout or 0)
    told = f"`{spot.path}` tries again after {show_duration(delay)}"
    if delay < min(max(usual // _FAR, _SHORTEST), _SECOND // 2):
        message = f"{told}: what was wrong is hardly over by then"
        yield Flaw("FL832", spot.place, message, _UNIT)
    elif known and delay > _FAR * max(known, _SECOND):
        message = f"{told}, {delay // known} times as long as the call may take"
        yield Flaw("FL832", spot.place, message, _UNIT)
